// SPDX-License-Identifier: Apache-2.0
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { Bus } from '../lib/bus.mjs';
import { LuciHandler } from './luci.mjs';
import { UbusHandler } from './ubus.mjs';

const TYPES = {
	'.css': 'text/css', '.html': 'text/html', '.js': 'application/javascript', '.json': 'application/json',
	'.mjs': 'application/javascript', '.png': 'image/png', '.svg': 'image/svg+xml',
};

/** A file below one of the document roots; the first that has it wins. */
function sendFile(roots, path, response) {
	const name = normalize(path);

	for (const root of roots) {
		const file = join(root, name);
		const stat = statSync(file, { throwIfNoEntry: false });

		if (!stat?.isFile())
			continue;

		response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Length': stat.size });
		createReadStream(file).pipe(response);
		return;
	}

	response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not Found\n');
}

/**
 * uhttpd with mod-ubus and LuCI behind /cgi-bin/luci.
 * @param {object} options
 * @param {string} options.socket of the bus
 * @param {string[]} options.roots document roots
 * @param {number} options.port 0: any
 * @param {string} [options.host] all addresses by default
 * @returns {Promise<import('node:http').Server>}
 */
export async function startUhttpd({ socket, roots, port, host }) {
	/** @type {Promise<Bus>|null} */
	let connection = null;

	/* the bus may be restarted under a running uhttpd */
	const bus = () => {
		connection ??= Bus.open(socket).then(opened => {
			opened.socket.once('close', () => { connection = null; });
			return opened;
		}, error => {
			connection = null;
			throw error;
		});

		return connection;
	};

	const handlers = [new UbusHandler(bus), new LuciHandler(bus)];
	const server = createServer((request, response) => {
		let path;

		try { path = decodeURIComponent((request.url ?? '/').split('?')[0]); }
		catch {
			response.writeHead(400).end();
			return;
		}

		const handler = handlers.find(candidate => candidate.matches(path));

		if (path === '/')
			response.writeHead(302, { Location: '/cgi-bin/luci/' }).end();
		else if (!handler)
			sendFile(roots, path, response);
		else
			handler.handle(request, response, path).catch(error => {
				process.stderr.write(`uhttpd: ${error.stack}\n`);

				if (!response.headersSent)
					response.writeHead(500);

				response.end();
			});
	});

	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve(undefined));
	});

	return server;
}
