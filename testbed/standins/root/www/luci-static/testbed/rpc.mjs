// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { interceptable } from './interceptors.mjs';
import { request, setBatchURL } from './request.mjs';

const STATUS_TEXT = [
	'Command OK', 'Invalid command', 'Invalid argument', 'Method not found', 'Resource not found', 'No data received',
	'Permission denied', 'Request timeout', 'Not supported', 'Unspecified error', 'Connection lost',
];

const interceptors = [];
let serial = 1;
let session = '0'.repeat(32);
let base = null;

setBatchURL(() => base);

function failure(text) {
	return Object.assign(new Error(text), { name: 'RPCError' });
}

/** @returns {Promise<any>} the JSON-RPC message */
async function exchange(call, message) {
	const reply = await request.post(base, message, { timeout: 20000, credentials: true, nobatch: call.nobatch });

	if (!reply.ok)
		throw failure(`RPC call to ${call.object}/${call.method} failed with HTTP error ${reply.status}: ${reply.statusText || '?'}`);

	const answer = reply.json();

	await Promise.all(interceptors.map(intercept => intercept(answer, call)));

	if (answer === null || typeof answer !== 'object' || answer.jsonrpc !== '2.0')
		throw failure(`RPC call to ${call.object}/${call.method} returned invalid message frame`);

	if (answer.error?.code && answer.error.message)
		throw failure(`RPC call to ${call.object}/${call.method} failed with error ${answer.error.code}: ${answer.error.message}`);

	return answer;
}

const kind = value => Object.prototype.toString.call(value);

/** LuCI's rpc class. */
export const rpc = Base.singleton({
	list(...objects) {
		const message = { jsonrpc: '2.0', id: serial++, method: 'list', params: objects.length ? objects : undefined };

		return exchange({}, message).then(({ result }) => result);
	},

	declare(options) {
		return async (...values) => {
			const named = options.params ?? [];
			let params = {}, rest;

			if (Array.isArray(named)) {
				named.forEach((name, index) => { params[name] = values[index]; });
				rest = values.slice(named.length);
			}
			else {
				params = Object.fromEntries(Object.keys(named).filter(name => name in (values[0] ?? {})).map(name => [name, values[0][name]]));
				rest = values.slice(1);
			}

			const answer = await exchange(options, {
				jsonrpc: '2.0', id: serial++, method: 'call', params: [session, options.object, options.method, params],
			});
			let result = null;

			if (Array.isArray(answer.result)) {
				const [status] = answer.result;

				if (options.reject && status !== 0)
					throw failure(`RPC call to ${options.object}/${options.method} failed with ubus code ${status}: ${this.getStatusText(status)}`);

				result = answer.result.length > 1 ? answer.result[1] : status;
			}

			const [key] = Object.keys(options.expect ?? {});

			if (key !== undefined) {
				if (result !== null && result !== undefined && key !== '')
					result = result[key];

				if (result === null || result === undefined || kind(result) !== kind(options.expect[key]))
					result = options.expect[key];
			}

			return typeof options.filter === 'function' ? options.filter.call(this, result, params, ...rest) : result;
		};
	},

	getSessionID: () => session,
	setSessionID(id) { session = id; },
	getBaseURL: () => base,
	setBaseURL(url) { base = url; },
	getStatusText: status => window._(STATUS_TEXT[status] ?? 'Unknown error code'),

	...interceptable(interceptors),
});
