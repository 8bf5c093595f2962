// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:net';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {object} Invocation
 * @property {string} cwd
 * @property {Record<string, string>} environment of the client, as far as it sends it
 * @property {string[]} args without the program's name
 * @property {string|null} stdin null when the client did not read it
 */

/** @typedef {(invocation: Invocation) => Promise<import('../fw4/main.mjs').Result> | import('../fw4/main.mjs').Result} Tool */

const shellQuoted = text => `'${text.replaceAll('\'', '\'\\\'\'')}'`;

/** The reply is a shell script that prints what the program would and exits as it would. */
function script({ code, stdout, stderr }) {
	return [
		stdout ? `printf %s ${shellQuoted(stdout)}` : '',
		stderr ? `printf %s ${shellQuoted(stderr)} >&2` : '',
		`exit ${code}\n`,
	].filter(Boolean).join('\n');
}

/** Fields end with NUL; the first says how many follow: tool, cwd, stdin (`-` or `+text`), environment, arguments. */
function decode(fields) {
	const [tool, cwd, stdin, environment, ...args] = fields;

	return {
		tool,
		invocation: {
			cwd, args,
			stdin: stdin.startsWith('+') ? stdin.slice(1) : null,
			environment: Object.fromEntries(environment.split('\n').filter(Boolean).map(line => {
				const at = line.indexOf('=');

				return [line.slice(0, at), line.slice(at + 1)];
			})),
		},
	};
}

/**
 * Runs programs for the thin clients (standins/client): each call sees the
 * files as they are then, nothing is kept from one to the next.
 * @param {string} path of the unix socket
 * @param {Record<string, Tool>} tools
 * @returns {Promise<import('node:net').Server>}
 */
export function startTools(path, tools) {
	const server = createServer({ allowHalfOpen: true }, socket => {
		/** @type {Buffer[]} */
		const chunks = [];
		let served = false;

		socket.on('error', () => socket.destroy());
		socket.on('data', async chunk => {
			chunks.push(chunk);

			/* a field list is whole when its count is reached; the client may half-close later */
			const fields = Buffer.concat(chunks).toString().split('\0');

			if (served || fields.length < 2 || fields.length - 2 < Number(fields[0]))
				return;

			served = true;

			const { tool, invocation } = decode(fields.slice(1, -1));
			const run = tools[tool];
			let result;

			try { result = run ? await run(invocation) : { code: 127, stdout: '', stderr: `${tool}: not found\n` }; }
			catch (error) { result = { code: 255, stdout: '', stderr: `testbed: ${tool}: ${error.stack}\n` }; }

			socket.end(script(result));
		});
	});

	mkdirSync(dirname(path), { recursive: true });
	rmSync(path, { force: true });

	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => resolve(server));
	});
}
