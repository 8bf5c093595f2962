// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checksumOf, ChecksumError, download, getRelease, RELEASES, UnreachableError } from '../../testbed/image/release.js';

const archive = Buffer.from('a root filesystem, for all this test knows');
const right = createHash('sha256').update(archive).digest('hex');

/** A release's list of checksums. */
const LIST = `${right} *openwrt-0.0.1-x86-64-rootfs.tar.gz\n`;

const sum = (data: string): string => createHash('sha256').update(data).digest('hex');

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
		} else if (/^\/0.0.[12]\/targets\/x86\/64\/sha256sums$/.test(request.url ?? '')) {
			response.end(LIST.replaceAll('0.0.1', request.url!.split('/')[1]!));
		} else if (request.url === '/0.0.1/targets/x86/64/openwrt-0.0.1-x86-64-rootfs.tar.gz') {
			response.end(archive);
		} else if (request.url === '/0.0.2/targets/x86/64/openwrt-0.0.2-x86-64-rootfs.tar.gz') {
			response.end('something else');
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

describe('downloading', () => {
	it('keeps what has the expected checksum', async () => {
		await download(`${base}/rootfs.tar.gz`, right, join(room, 'a'));
		expect(readFileSync(join(room, 'a'))).toEqual(archive);
	});

	it('keeps nothing of what has another', async () => {
		const wrong = right.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
		await expect(download(`${base}/rootfs.tar.gz`, wrong, join(room, 'a'))).rejects.toThrow(ChecksumError);
		expect(readdirSync(room)).toEqual([]);
	});

	it.each([
		['the server does not have it', '/other', 'HTTP status 404'],
		['the connection breaks', '/broken.tar.gz', 'broken.tar.gz cannot be fetched'],
	])('says so when %s', async (_case, path, words) => {
		const failure = download(base + path, right, join(room, 'a'));
		await expect(failure).rejects.toThrow(UnreachableError);
		await expect(failure).rejects.toThrow(words);
		expect(readdirSync(room)).toEqual([]);
	});

	it('says so when nobody listens', async () => {
		/* a port that nothing can listen on */
		await expect(download('http://127.0.0.1:1/x', right, join(room, 'a'))).rejects.toThrow(UnreachableError);
	});
});

describe('a list of checksums', () => {
	const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
	const list = `${a} *openwrt-1-x86-64-rootfs.tar.gz.asc\n${b} *openwrt-1-x86-64-rootfs.tar.gz\n${a}  packages/x\n`;

	it('gives that of the very file', () => {
		expect(checksumOf(list, 'openwrt-1-x86-64-rootfs.tar.gz')).toBe(b);
		expect(checksumOf(list, 'packages/x')).toBe(a);
		expect(checksumOf(list, 'rootfs.tar.gz')).toBeNull();
	});
});

describe('releases', () => {
	const version = '0.0.1';

	it('are pinned by a whole checksum each', () => {
		expect(Object.keys(RELEASES)).not.toEqual([]);
		for (const { sha256sums } of Object.values(RELEASES))
			expect(sha256sums).toMatch(/^[0-9a-f]{64}$/);
	});

	it('that are not pinned are refused by name', async () => {
		await expect(getRelease('1.2.3')).rejects.toThrow('no checksum is pinned for OpenWrt 1.2.3');
	});

	it('are fetched when the pinned list names the archive', async () => {
		const path = await getRelease(version, base, { [version]: { sha256sums: sum(LIST) } });
		expect(readFileSync(path)).toEqual(archive);
		rmSync(path);
	});

	it('are refused when the list is not the pinned one', async () => {
		await expect(getRelease(version, base, { [version]: { sha256sums: right } })).rejects.toThrow(ChecksumError);
	});

	it('are refused when the archive is not the listed one', async () => {
		await expect(getRelease('0.0.2', base, { '0.0.2': { sha256sums: sum(LIST.replaceAll(version, '0.0.2')) } })).rejects.toThrow(ChecksumError);
	});
});
