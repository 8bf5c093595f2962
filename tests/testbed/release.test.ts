// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChecksumError } from '../../testbed/image/download.js';
import { checksumOf, getRelease, pinnedRelease, RELEASES } from '../../testbed/image/release.js';

const archive = Buffer.from('a root filesystem, for all this test knows');
const right = createHash('sha256').update(archive).digest('hex');

/** A release's list of checksums. */
const LIST = `${right} *openwrt-0.0.1-x86-64-rootfs.tar.gz\n`;

const sum = (data: string): string => createHash('sha256').update(data).digest('hex');

let server: Server;
let base: string;
/** Requests so far. */
let asked = 0;

beforeAll(async () => {
	server = createServer((request, response) => {
		asked++;
		if (/^\/0.0.[12]\/targets\/x86\/64\/sha256sums$/.test(request.url ?? '')) {
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
		expect(() => pinnedRelease('24.1')).toThrow('no checksum is pinned for OpenWrt 24.1');
	});

	it.each(['0.0.1', '0.0'])('are fetched when the pinned list names the archive, asked for as %s', async (asked) => {
		const path = await getRelease(asked, base, { [version]: { sha256sums: sum(LIST) } });
		expect(readFileSync(path)).toEqual(archive);
		rmSync(path);
	});

	it('are kept: no server is asked again', async () => {
		const pins = { [version]: { sha256sums: sum(LIST) } };
		const path = await getRelease(version, base, pins), before = asked;
		expect(await getRelease(version, base, pins)).toBe(path);
		expect(before).toBeGreaterThan(0);
		expect(asked).toBe(before);
		rmSync(path);
	});

	it('are refused when the list is not the pinned one', async () => {
		await expect(getRelease(version, base, { [version]: { sha256sums: right } })).rejects.toThrow(ChecksumError);
	});

	it('are refused when the archive is not the listed one', async () => {
		await expect(getRelease('0.0.2', base, { '0.0.2': { sha256sums: sum(LIST.replaceAll(version, '0.0.2')) } })).rejects.toThrow(ChecksumError);
	});
});
