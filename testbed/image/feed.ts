// SPDX-License-Identifier: Apache-2.0
/** Our feed, served to a guest, and what an administrator types to install from it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from '../../tools/package/build.js';
import { writeFeed } from '../../tools/package/feed.js';
import { REPOSITORY } from '../../host/repository.js';

/** Serves files on 127.0.0.1: those of a feed, and those that are offered. */
export class FileServer {
	readonly #server: Server;
	readonly #offered = new Map<string, Buffer>();
	#offers = 0;

	private constructor(directory: string | null) {
		this.#server = createServer((request, response) => {
			const name = basename(request.url ?? '');
			const file = this.#offered.get(name) ?? (directory && name ? readFile(join(directory, name)) : null);
			void Promise.resolve(file).then((data) => data ? response.end(data) : response.writeHead(404).end(), () => response.writeHead(404).end());
		});
	}

	/** @param directory a feed's; null: nothing but what is offered */
	static async start(directory: string | null = null): Promise<FileServer> {
		const server = new FileServer(directory);
		await new Promise<void>((resolve) => { server.#server.listen(0, '127.0.0.1', resolve); });
		server.#server.unref();
		return server;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** Serves `data` while `use` runs, which is given the file's name. */
	async offer<T>(data: Buffer, use: (name: string) => Promise<T>): Promise<T> {
		const name = `offer-${++this.#offers}`;
		this.#offered.set(name, data);
		try {
			return await use(name);
		} finally {
			this.#offered.delete(name);
		}
	}

	stop(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}

/** Builds the feed, signed by keys that nobody else trusts, and serves it while `use` runs. */
export async function withFeed<T>(use: (port: number) => Promise<T>): Promise<T> {
	const room = mkdtempSync(join(tmpdir(), 'nft-offload-feed-'));
	try {
		await writeFeed(join(room, 'feed'), join(room, 'keys'), await build());
		const server = await FileServer.start(join(room, 'feed'));
		try {
			return await use(server.port);
		} finally {
			server.stop();
		}
	} finally {
		rmSync(room, { recursive: true });
	}
}

/** The lines of docs/installing.md that add the feed and install from it. */
export async function installingLines(manager: 'opkg' | 'apk'): Promise<string[]> {
	const text = await readFile(join(REPOSITORY, 'docs/installing.md'), 'utf8');
	const [, block] = new RegExp(`^With ${manager}:\\n\\n\`\`\`sh\\n(.*?)\`\`\`$`, 'ms').exec(text) ?? [];
	if (!block)
		throw new Error(`docs/installing.md does not say how to install with ${manager}`);
	return block.trim().split('\n');
}

/** Packages that a router lacks and that ours depends on, by what opkg or apk says when it gives up. */
export function missingPackages(output: string): string[] {
	const found = [
		...output.matchAll(/cannot find dependency (\S+) for/g),
		...output.matchAll(/^ \* \t(\S+)/gm),
		...output.matchAll(/^\s+(\S+) \(no such package\):/gm),
	];
	return [...new Set(found.map(([, name = '']) => name))].sort();
}
