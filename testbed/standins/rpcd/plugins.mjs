// SPDX-License-Identifier: Apache-2.0
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, load } from '../../ucode/embed.mjs';
import { Exit } from '../../ucode/values.mjs';
import { typeOf } from '../lib/blob.mjs';
import { at } from '../lib/paths.mjs';
import { STATUS } from '../lib/status.mjs';

const DIRECTORY = at('/usr/share/rpcd/ucode');

/** The type an example value stands for (rpc_ucode_method_register). */
function declaredType(example) {
	const type = typeOf(example);

	if (type === 'Integer' && example === 8)
		return 'Boolean';

	if (type === 'Integer' && example === 64)
		return 'Integer64';

	return type;
}

/**
 * rpcd's check of a ucode method's arguments: none may be unknown, none of
 * another type; all may be missing.
 * @param {Record<string, string>} policy
 * @param {any} args
 * @returns {boolean}
 */
export function argumentsValid(policy, args) {
	return Object.entries(args).every(([name, value]) => Object.hasOwn(policy, name)
		? typeOf(value) === policy[name]
		: name === 'ubus_rpc_session' && typeof value === 'string');
}

function method(vm, path, name, { args, call }) {
	const policy = Object.fromEntries(Object.entries(args).map(([arg, example]) => [arg, declaredType(example)]));

	return {
		args: policy,
		call: message => {
			if (!argumentsValid(policy, message))
				return { status: STATUS.INVALID_ARGUMENT };

			try {
				const data = call({
					args: message,
					info: { acl: { user: 'root', group: 'root', object: path }, object: { id: 0, name: path, path }, method: name },
				});

				return typeOf(data) === 'Table' ? { status: STATUS.OK, data } : { status: STATUS.NO_DATA };
			}
			catch (error) {
				if (error instanceof Exit)
					return { status: error.code >= 0 && error.code < 14 ? error.code : STATUS.UNKNOWN_ERROR };

				process.stderr.write(`Unhandled ucode exception in '${name}' method!\n${describe(error, vm).text}`);
				return { status: STATUS.UNKNOWN_ERROR };
			}
		},
	};
}

/**
 * rpcd-mod-ucode: the objects of every plugin; a plugin that does not load is left out.
 * @returns {[path: string, methods: Record<string, import('../lib/bus.mjs').Method>][]}
 */
export function pluginObjects() {
	/** @type {ReturnType<typeof pluginObjects>} */
	const result = [];

	for (const file of readdirSync(DIRECTORY).sort()) {
		const path = join(DIRECTORY, file);
		const stat = statSync(path);

		if (!stat.isFile())
			continue;

		if (stat.mode & 0o002) {
			process.stderr.write(`Ignoring ucode script ${path} because it is world writable\n`);
			continue;
		}

		try {
			const { vm, objects } = load(path);

			for (const [name, methods] of Object.entries(objects))
				result.push([name, Object.fromEntries(Object.entries(methods).map(([key, value]) => [key, method(vm, name, key, value)]))]);
		}
		catch (error) {
			process.stderr.write(`Unable to load ucode script ${path}: ${describe(error, null).text}`);
		}
	}

	return result;
}
