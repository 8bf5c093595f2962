// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChecksumError, download, getRelease, RELEASES, UnreachableError } from '../../testbed/image/release.js';

const archive = Buffer.from('a root filesystem, for all this test knows');
const right = createHash('sha256').update(archive).digest('hex');

let server: Server;
let base: string;
let room: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url === '/rootfs.tar.gz') {
			response.end(archive);
		} else if (request.url === '/broken.tar.gz') {
			response.writeHead(200, { 'content-length': archive.length });
			response.write(archive.subarray(0, 5));
			setTimeout(() => response.destroy(), 20);
		} else {
			response.writeHead(404).end('nothing here');
		}
	});
	await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => { server.close(); });

beforeEach(() => {
	room = mkdtempSync(join(tmpdir(), 'release-test-'));
	return () => rmSync(room, { recursive: true });
});

describe('downloading a release', () => {
	it('keeps what has the pinned checksum', async () => {
		await download({ url: `${base}/rootfs.tar.gz`, sha256: right }, join(room, 'a'));
		expect(readFileSync(join(room, 'a'))).toEqual(archive);
	});

	it('keeps nothing of what has another', async () => {
		const wrong = right.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
		await expect(download({ url: `${base}/rootfs.tar.gz`, sha256: wrong }, join(room, 'a'))).rejects.toThrow(ChecksumError);
		expect(readdirSync(room)).toEqual([]);
	});

	it.each([
		['the server does not have it', '/other', 'HTTP status 404'],
		['the connection breaks', '/broken.tar.gz', 'broken.tar.gz: '],
	])('says so when %s', async (_case, path, words) => {
		const failure = download({ url: base + path, sha256: right }, join(room, 'a'));
		await expect(failure).rejects.toThrow(UnreachableError);
		await expect(failure).rejects.toThrow(words);
		expect(readdirSync(room)).toEqual([]);
	});

	it('says so when nobody listens', async () => {
		/* a port that nothing can listen on */
		await expect(download({ url: 'http://127.0.0.1:1/x', sha256: right }, join(room, 'a'))).rejects.toThrow(UnreachableError);
	});
});

describe('pinned releases', () => {
	it('have a checksum and an address over TLS each', () => {
		for (const { url, sha256 } of Object.values(RELEASES)) {
			expect(sha256).toMatch(/^[0-9a-f]{64}$/);
			expect(url).toMatch(/^https:\/\/downloads\.openwrt\.org\/releases\/.*-rootfs\.tar\.gz$/);
		}
	});

	it('are the only ones', async () => {
		await expect(getRelease('1.2.3')).rejects.toThrow('no checksum is pinned for OpenWrt 1.2.3');
	});
});
