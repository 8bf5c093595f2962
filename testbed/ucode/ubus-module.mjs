// SPDX-License-Identifier: Apache-2.0
/**
 * ucode's module `ubus` (lib/ubus.c): connect(), call() and list(). Objects
 * are JavaScript, given by setProviders(); without them there is no bus.
 */
import { Obj, Resource, isInteger, isObject, refuse, toBytes, fromBytes, toPlain, toUcode, truthy } from './values.mjs';

/** ubus_strerror() */
const STATUS = [ 'Success', 'Invalid command', 'Invalid argument', 'Method not found', 'Not found', 'No response',
	'Permission denied', 'Request timed out', 'Operation not supported', 'Unknown error', 'Connection failed',
	'Out of memory', 'Parse error', 'System error' ];

const CONSTANTS = [ 'OK', 'INVALID_COMMAND', 'INVALID_ARGUMENT', 'METHOD_NOT_FOUND', 'NOT_FOUND', 'NO_DATA',
	'PERMISSION_DENIED', 'TIMEOUT', 'NOT_SUPPORTED', 'UNKNOWN_ERROR', 'CONNECTION_FAILED', 'NO_MEMORY',
	'PARSE_ERROR', 'SYSTEM_ERROR' ];

const REFUSED = [ 'defer', 'publish', 'remove', 'listener', 'subscriber', 'event' ];

/** A provider's answer that is a ubus status and no data. */
export class UbusStatus extends Error {
	/** @param {number} code ubus status, e.g. 4: not found */
	constructor(code) {
		super(STATUS[code] ?? STATUS[9]);
		this.code = code;
	}
}

/** @type {Record<string, Record<string, (args: object) => object | null>> | null} */
let providers = null;

/**
 * The objects of the bus, for every virtual machine of this process: methods
 * take and return plain JSON, synchronously, and throw UbusStatus.
 * @param {Record<string, Record<string, (args: object) => object | null>> | null} objects
 */
export function setProviders(objects) {
	providers = objects;
}

/** @param {import('./vm.mjs').Vm} _vm */
export function ubusModule(_vm) {
	let last = null;

	const fail = (code, words) => {
		last = { code, text: code === 9 ? words : `${STATUS[code]}: ${words}` };

		return null;
	};

	const error = (numeric) => {
		const found = last;

		last = null;

		return found && (truthy(numeric ?? null) ? found.code : toBytes(found.text));
	};

	const methods = {
		__proto__: null, error,
		...Object.fromEntries(REFUSED.map((name) => [ name, () => refuse(`ubus.${name}()`) ])),

		call(object, method, data) {
			if (!this.open)
				return fail(10, 'Connection is closed');
			if (typeof object !== 'string')
				return isInteger(object) ? refuse('ubus.call() by object number') : fail(2, 'Argument object is not string or integer');
			if (typeof method !== 'string')
				return fail(2, method == null ? 'Argument method is required' : 'Argument method is not string');
			if (data != null && !isObject(data))
				return fail(2, 'Argument data is not object');

			const methodsOf = providers[fromBytes(object)];

			if (!methodsOf)
				return fail(4, `Failed to resolve object name '${object}'`);

			const words = `Failed to invoke function '${method}' on object '${object}'`;

			if (typeof methodsOf[fromBytes(method)] !== 'function')
				return fail(3, words);

			try {
				const reply = methodsOf[fromBytes(method)](toPlain(data ?? new Obj()));

				last = null;

				return toUcode(reply ?? null);
			}
			catch (e) {
				if (!(e instanceof UbusStatus))
					throw e;

				return fail(e.code, words);
			}
		},

		list(name) {
			if (name != null)
				refuse('ubus.list() with a name');

			last = null;

			return Object.keys(providers).map(toBytes);
		},

		disconnect() {
			this.open = false;

			return true;
		}
	};

	return {
		error,
		connect(socket, timeout) {
			if (socket != null && typeof socket !== 'string')
				return fail(2, 'Argument socket is not string');
			if (timeout != null && !isInteger(timeout))
				return fail(2, 'Argument timeout is not integer');
			if (!providers)
				return fail(9, 'Unable to connect to ubus socket');

			last = null;

			return Object.assign(new Resource('ubus.connection'), { methods, open: true });
		},
		...Object.fromEntries(CONSTANTS.map((name, code) => [ `STATUS_${name}`, code ])),
		open_channel: () => refuse('ubus.open_channel()'),
		guard: () => refuse('ubus.guard()')
	};
}
