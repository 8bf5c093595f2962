// SPDX-License-Identifier: Apache-2.0
/**
 * Steady mixed traffic across the router, at a rate that an emulated CPU bears:
 *
 *	node traffic.mjs server [PLACES]	on the WAN server
 *	node traffic.mjs client [PLACES]	on the LAN client
 *
 * PLACES, in JSON, are where the client connects and the server listens, as
 * below; a family that has no address is left out.
 *
 * Long flows: TCP down and up and UDP both ways, over IPv4 and IPv6, until this
 * program ends. Short flows: a TCP request and a UDP question at a time, the
 * families in turn. A flow that breaks (the firewall was reloaded, the router
 * restarted) is opened again.
 */

import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const PLACES = process.argv[3] ? JSON.parse(process.argv[3]) : {
	4: '203.0.113.2',
	6: '2001:db8::2',
	/** Port. The server sends for as long as the client stays. */
	download: 5001,
	/** The client sends. */
	upload: 5002,
	/** One question, one answer, over TCP or UDP; UDP's long streams are echoed here too. */
	question: 5003,
};
const { download: DOWNLOAD, upload: UPLOAD, question: QUESTION } = PLACES;
const FAMILIES = [4, 6].filter((family) => PLACES[family]);
/** Every address, or, where the client knows but IPv4, its own only. */
const LISTEN = PLACES[6] ? { 4: '0.0.0.0', 6: '::', tcp: '::' } : { 4: PLACES[4], tcp: PLACES[4] };

/** ms; all long flows send at the same beat, because waking up costs more than sending. */
const BEAT = 250;
/** ms */
const SHORT_PERIOD = 1200;
const RETRY = 1000;

const CHUNK = Buffer.alloc(16 * 1024, 'd');
const DATAGRAM = Buffer.alloc(400, 'u');
const ANSWER = Buffer.alloc(24 * 1024, 'a');

/** What is called at every beat. */
const senders = new Set();
setInterval(() => {
	for (const send of senders)
		send();
}, BEAT);

/** Writes a chunk at every beat while the other side reads what it gets. */
function pour(socket) {
	const send = () => {
		if (!socket.writableNeedDrain)
			socket.write(CHUNK);
	};
	senders.add(send);
	socket.on('close', () => senders.delete(send));
}

function listen(port, serve) {
	createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.resume();
		serve(socket);
	}).listen(port, LISTEN.tcp);
}

function serve() {
	listen(DOWNLOAD, pour);
	listen(UPLOAD, () => undefined);
	listen(QUESTION, (socket) => socket.once('data', () => socket.end(ANSWER)));
	for (const family of FAMILIES) {
		const socket = createSocket({ type: `udp${family}`, ipv6Only: family === 6 });
		socket.on('message', (data, from) => socket.send(data, from.port, from.address));
		socket.on('error', () => undefined);
		socket.bind(QUESTION, LISTEN[family]);
	}
}

/** A long TCP flow; opened again when it ends or stands still. */
function longTcp(family, port) {
	const socket = connect({ host: PLACES[family], port });
	socket.setTimeout(20_000, () => socket.destroy());
	socket.on('connect', () => {
		if (port === UPLOAD)
			pour(socket);
	});
	socket.on('error', () => undefined);
	socket.on('close', () => setTimeout(longTcp, RETRY, family, port));
	socket.resume();
}

function longUdp(family) {
	const socket = createSocket(`udp${family}`);
	socket.on('error', () => undefined);
	senders.add(() => socket.send(DATAGRAM, QUESTION, PLACES[family], () => undefined));
}

function shortTcp(family) {
	const socket = connect({ host: PLACES[family], port: QUESTION }, () => socket.write('question'));
	socket.setTimeout(5000, () => socket.destroy());
	socket.on('error', () => undefined);
	socket.resume();
}

function shortUdp(family) {
	const socket = createSocket(`udp${family}`);
	const over = setTimeout(() => socket.close(), 2000);
	socket.on('error', () => undefined);
	socket.once('message', () => {
		clearTimeout(over);
		socket.close();
	});
	socket.send('question', QUESTION, PLACES[family], () => undefined);
}

function ask() {
	for (const family of FAMILIES) {
		longTcp(family, DOWNLOAD);
		longUdp(family);
		longTcp(family, UPLOAD);
	}
	let turn = FAMILIES.length - 1;
	setInterval(() => {
		shortTcp(FAMILIES[turn % FAMILIES.length]);
		shortUdp(FAMILIES[++turn % FAMILIES.length]);
	}, SHORT_PERIOD);
}

if (process.argv[2] === 'server')
	serve();
else
	ask();
