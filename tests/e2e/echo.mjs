// SPDX-License-Identifier: Apache-2.0
/**
 * UDP there and back, at a pace that an emulated CPU bears:
 *
 *	server PORT ADDRESS …		answers whatever comes
 *	client PORT COUNT FROM,TO …	sends COUNT datagrams from each address to each, the
 *					next one when the last was answered; prints how many
 *					answers each got, as JSON
 */
import { createSocket } from 'node:dgram';

/** ms */
const PATIENCE = 1000;
const MOST_LOST = 10;

const typeOf = (address) => (address.includes(':') ? 'udp6' : 'udp4');

function serve(port, addresses) {
	// one socket an address: an answer comes from where the question went
	for (const address of addresses) {
		const socket = createSocket(typeOf(address));
		socket.on('message', (data, from) => socket.send(data, from.port, from.address));
		socket.on('error', (error) => console.error(address, error.message));
		socket.bind(Number(port), address);
	}
}

function ask(port, count, [from, to]) {
	return new Promise((resolve) => {
		const socket = createSocket(typeOf(from));
		let answers = 0, lost = 0, timer;
		const send = () => {
			if (answers === Number(count) || lost > MOST_LOST) {
				socket.close();
				resolve(answers);
				return;
			}
			timer = setTimeout(() => { lost++; send(); }, PATIENCE);
			socket.send('echo', Number(port), to);
		};
		socket.on('message', () => { clearTimeout(timer); answers++; send(); });
		socket.on('error', () => undefined);
		socket.bind(0, from, send);
	});
}

const [role, port, ...words] = process.argv.slice(1);
if (role === 'server') {
	serve(port, words);
} else {
	const [count, ...pairs] = words;
	console.log(JSON.stringify(await Promise.all(pairs.map((pair) => ask(port, count, pair.split(','))))));
}
