// SPDX-License-Identifier: Apache-2.0
/** The way through an SDK, with one that only writes down what it was asked for. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChecksumError, UnreachableError } from '../../testbed/image/download';
import { pinnedRelease } from '../../testbed/image/release';
import { hash } from '../../host/cache';
import { CACHE, REPOSITORY } from '../../host/repository';
import { buildWithSdk, getSdk } from '../../tools/package/sdk';

const scratch = mkdtempSync(join(tmpdir(), 'nft-offload-sdk-'));
const sum = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
let sdk: string;

function put(path: string, text: string, mode = 0o644): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
	chmodSync(path, mode);
}

/** An SDK whose compile makes `made`, and whose feeds script ends with `status`. */
function makeSdk(made: string[], status = 0): string {
	const directory = mkdtempSync(join(scratch, 'sdk-'));
	put(join(directory, 'rules.mk'), '');
	put(join(directory, 'feeds.conf.default'), 'src-git luci https://luci.example/\n');
	put(join(directory, 'scripts/feeds'), `#!/bin/sh\necho "feeds $*" >> log\nexit ${status}\n`, 0o755);
	put(join(directory, 'Makefile'), ['%:', '\t@echo "make $@ V=$(V)" >> log', 'package/%/compile:', '\t@echo "make $@ V=$(V)" >> log',
		...made.map((path) => `\t@mkdir -p bin/${dirname(path)} && echo ${basename(path)} > bin/${path}`), ''].join('\n'));
	return directory;
}

beforeEach(() => { vi.spyOn(console, 'log').mockImplementation(() => {}); });

describe('an SDK', () => {
	it('gets this repository as a feed, and gives its packages', async () => {
		sdk = makeSdk(['packages/x86_64/nft_offload/luci-app-nft-offload_1-r1_all.ipk', 'packages/x86_64/nft_offload/luci-lib-uplot_2-r1_all.ipk', 'packages/x86_64/nft_offload/luci-i18n-nft-offload-de_1-r1_all.ipk', 'packages/x86_64/luci/luci-base_1_all.ipk']);
		const output = join(scratch, 'output');
		put(join(output, 'old.ipk'), '');
		expect((await buildWithSdk(sdk, output)).map((path) => basename(path)))
			.toEqual(['luci-app-nft-offload_1-r1_all.ipk', 'luci-i18n-nft-offload-de_1-r1_all.ipk', 'luci-lib-uplot_2-r1_all.ipk']);
		expect(existsSync(join(output, 'old.ipk'))).toBe(false);
		expect(readFileSync(join(sdk, 'feeds.conf'), 'utf8')).toBe(`src-git luci https://luci.example/\nsrc-link nft_offload ${REPOSITORY}\n`);
		expect(readFileSync(join(sdk, 'log'), 'utf8').trimEnd().split('\n')).toEqual([
			'feeds update -a', 'feeds install -p nft_offload luci-app-nft-offload luci-lib-uplot', 'make defconfig V=',
			'make package/luci-app-nft-offload/compile V=s', 'make package/luci-lib-uplot/compile V=s',
		]);
	});

	it('that builds nothing, or fails, is an error', async () => {
		await expect(buildWithSdk(makeSdk([]), join(scratch, 'none'))).rejects.toThrow(/no package|ENOENT/);
		await expect(buildWithSdk(makeSdk([], 3), join(scratch, 'failed'))).rejects.toThrow('exit 3');
	});
});

describe('a release\'s SDK', () => {
	let server: Server, base: string, archive: Buffer, list: string;

	beforeAll(async () => {
		const top = mkdtempSync(join(scratch, 'pack-'));
		put(join(top, 'openwrt-sdk-0.0.2/rules.mk'), '# of 0.0.2\n');
		archive = execFileSync('tar', ['-C', top, '-cJf', '-', 'openwrt-sdk-0.0.2']);
		const file = 'openwrt-sdk-0.0.2-x86-64_gcc-13.3.0_musl.Linux-x86_64.tar.xz';
		list = `${sum('x')} *openwrt-0.0.2-x86-64-rootfs.tar.gz\n${sum(archive)} *${file}\n`;
		server = createServer((request, response) => {
			const [, release, rest] = /^\/([\d.]+)\/targets\/x86\/64\/(.*)$/.exec(request.url ?? '') ?? [];
			if (rest === 'sha256sums')
				response.end(release === '0.0.3' ? `${sum('x')} *other\n` : list);
			else if (rest === file)
				response.end(release === '0.0.2' ? archive : 'something else');
			else
				response.writeHead(404).end();
		});
		await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterAll(() => {
		server.close();
		rmSync(scratch, { recursive: true });
		rmSync(join(CACHE, `sdk-${hash(`${base}/0.0.2/targets/x86/64`, sum(list)).slice(0, 16)}`), { force: true });
	});

	it('is the newest that is pinned', () => {
		const releases = Object.fromEntries(['24.10.2', '24.10.10', '24.1.1', '23.05.6'].map((name) => [name, { sha256sums: '' }]));
		expect(pinnedRelease('24.10', releases)).toBe('24.10.10');
		expect(pinnedRelease('24.10.2', releases)).toBe('24.10.2');
		expect(() => pinnedRelease('22.03', releases)).toThrow('known: 24.10.2');
		for (const version of ['23.05', '24.10', '25.12'])
			expect(pinnedRelease(version)).toMatch(new RegExp(`^${version}\\.`));
	});

	it('is downloaded, checked and unpacked', async () => {
		const directory = await getSdk('0.0.2', join(scratch, 'unpacked'), base, { '0.0.2': { sha256sums: sum(list) } });
		expect(readFileSync(join(directory, 'rules.mk'), 'utf8')).toBe('# of 0.0.2\n');
		// kept for the next time: no server is asked
		put(join(directory, 'leftover'), '');
		await getSdk('0.0.2', directory, base, { '0.0.2': { sha256sums: sum(list) } });
		expect(existsSync(join(directory, 'leftover'))).toBe(false);
	});

	it('that is not what was pinned is refused', async () => {
		const directory = join(scratch, 'refused');
		await expect(getSdk('0.0.2', directory, base, { '0.0.2': { sha256sums: sum('another list') } })).rejects.toThrow(ChecksumError);
		await expect(getSdk('0.0.4', directory, base, { '0.0.4': { sha256sums: sum(list) } })).rejects.toThrow(ChecksumError);
		await expect(getSdk('0.0.3', directory, base, { '0.0.3': { sha256sums: sum(`${sum('x')} *other\n`) } })).rejects.toThrow('does not list the sdk');
		await expect(getSdk('0.0.2', directory, 'http://127.0.0.1:9', { '0.0.2': { sha256sums: sum(list) } })).rejects.toThrow(UnreachableError);
		expect(existsSync(directory)).toBe(false);
	});
});
