// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { format, parse, typeOf } from '../lib/blob.mjs';
import { STATUS, STATUS_TEXT } from '../lib/status.mjs';

const USAGE = `Usage: ubus [<options>] <command> [arguments...]
Options:
 -t <timeout>:		Set the timeout (in seconds) for a command to complete
 -S:			Use simplified output (for scripts)
 -v:			More verbose output

Commands:
 - list [<path>]			List objects
 - call <path> <method> [<message>]	Call an object method
 - wait_for <object> [<object>...]	Wait for multiple objects to appear on ubus

`;
const PARSE_FAILED = 12;

const failed = (status, what = '') => ({
	code: what ? 256 - status : status,
	stdout: '',
	stderr: `Command failed: ${what ? `${what} (${STATUS_TEXT[status]})` : STATUS_TEXT[status]}\n${status === STATUS.INVALID_ARGUMENT ? USAGE : ''}`,
});
const printed = stdout => ({ code: 0, stdout, stderr: '' });

function signature({ path, methods, id }) {
	return `'${path}' @${id.toString(16).padStart(8, '0')}\n${Object.entries(methods).map(([name, args]) => `\t"${name}":${format(args)}\n`).join('')}`;
}

async function call(bus, [path, method, message = '{}'], what, timeout, simple) {
	if (!(await bus.lookup(path)).length)
		return failed(STATUS.NOT_FOUND);

	let args;

	try { args = parse(message); }
	catch { /* below */ }

	if (typeOf(args) !== 'Table')
		return failed(PARSE_FAILED, what);

	const { status, data } = await bus.call(path, method, args, timeout);

	return status ? failed(status, what) : printed(data ? `${format(data, !simple)}\n` : '');
}

/**
 * The `ubus` command: list, call, wait_for; -t, -S, -v.
 * @param {import('../lib/bus.mjs').Bus} bus
 * @returns {import('./server.mjs').Tool}
 */
export function ubusCommand(bus) {
	return async ({ args }) => {
		const rest = [...args];
		let timeout = 30000, simple = false, verbose = false;

		while (/^-./.test(rest[0] ?? '')) {
			const option = rest.shift();

			switch (option) {
			case '-S': simple = true; break;
			case '-v': verbose = true; break;
			case '-t': timeout = Number(rest.shift()) * 1000; break;
			default: return { code: 1, stdout: '', stderr: `Unrecognized option: ${option}\n${USAGE}` };
			}
		}

		const [command, ...parameters] = rest;
		const what = `ubus ${rest.join(' ')}`;

		switch (command) {
		case undefined:
			return { code: 1, stdout: '', stderr: USAGE };

		case 'list': {
			const objects = await bus.lookup(parameters[0] ?? '');

			if (!objects.length && parameters.length)
				return failed(STATUS.NOT_FOUND);

			return printed(objects.map(object => verbose ? signature(object) : `${object.path}\n`).join(''));
		}

		case 'call':
			return parameters.length < 2 || parameters.length > 3
				? { code: 254, stdout: '', stderr: USAGE }
				: call(bus, parameters, what, timeout, simple);

		case 'wait_for':
			for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
				const found = await Promise.all(parameters.map(path => bus.lookup(path)));

				if (found.every(objects => objects.length))
					return printed('');
			}

			return failed(STATUS.TIMEOUT);

		default:
			return { code: 254, stdout: '', stderr: USAGE };
		}
	};
}
