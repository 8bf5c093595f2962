// SPDX-License-Identifier: Apache-2.0
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { lines } from './lines.mjs';
import { STATUS } from './status.mjs';

/**
 * ubusd: knows which connection provides which object, and carries calls and
 * replies. Its wire is not ubus's. As with ubusd, a call whose provider dies is
 * never answered: the caller runs into its own timeout.
 * @param {string} path of the unix socket
 * @returns {Promise<import('node:net').Server>}
 */
export function startUbusd(path) {
	/** @type {Map<string, { peer: object, methods: object, id: number }>} */
	const objects = new Map();
	/** @type {Map<number, { send: (message: any) => void, seq: number }>} */
	const calls = new Map();
	let serial = 0;

	function lookup(pattern) {
		const matches = name => pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

		return [...objects].filter(([name]) => pattern === '' || matches(name))
			.map(([name, { methods, id }]) => ({ path: name, methods, id }))
			.sort((a, b) => a.path < b.path ? -1 : 1);
	}

	const server = createServer(socket => {
		const send = lines(socket, message => {
			switch (message.type) {
			case 'add': {
				const taken = objects.has(message.path);

				if (!taken)
					objects.set(message.path, { peer: send, methods: message.methods, id: randomInt(1, 2 ** 32) });

				return send({ type: 'done', seq: message.seq, status: taken ? STATUS.INVALID_ARGUMENT : STATUS.OK });
			}

			case 'lookup':
				return send({ type: 'done', seq: message.seq, status: STATUS.OK, data: lookup(message.pattern) });

			case 'call': {
				const object = objects.get(message.path);

				if (!object)
					return send({ type: 'done', seq: message.seq, status: STATUS.NOT_FOUND });

				calls.set(++serial, { send, seq: message.seq });
				return object.peer({ type: 'call', seq: serial, path: message.path, method: message.method, args: message.args });
			}

			case 'reply': {
				const call = calls.get(message.seq);

				calls.delete(message.seq);
				return call?.send({ type: 'done', seq: call.seq, status: message.status, data: message.data });
			}
			}
		});

		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			for (const [name, object] of objects)
				if (object.peer === send)
					objects.delete(name);

			for (const [seq, call] of calls)
				if (call.send === send)
					calls.delete(seq);
		});
	});

	mkdirSync(dirname(path), { recursive: true });
	rmSync(path, { force: true });

	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => resolve(server));
	});
}
