// SPDX-License-Identifier: Apache-2.0
import { StringDecoder } from 'node:string_decoder';
import { parse, serialize } from './blob.mjs';

/**
 * Typed JSON, one message a line, over a stream.
 * @param {import('node:net').Socket} socket
 * @param {(message: any) => void} receive
 * @returns {(message: any) => void} sends a message
 */
export function lines(socket, receive) {
	const decoder = new StringDecoder();
	let rest = '';

	socket.on('data', chunk => {
		const parts = (rest + decoder.write(chunk)).split('\n');
		rest = parts.pop() ?? '';

		for (const part of parts)
			receive(parse(part));
	});

	return message => {
		if (socket.writable)
			socket.write(`${serialize(message)}\n`);
	};
}
