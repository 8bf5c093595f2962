// SPDX-License-Identifier: Apache-2.0
/** Images on their own kernel: which one the environment means, where it comes from, what is said when it cannot be tested. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileServer, installingLines, missingPackages, withFeed } from '../../testbed/image/feed.js';
import { getImage, imageIn } from '../../testbed/image/official.js';
import { RELEASES, type Release } from '../../testbed/image/release.js';
import { chooseTarget, smokeImages, unpinned } from '../../testbed/targets/index.js';
import { bareArguments } from '../../testbed/vm/bare.js';
import { BOARDS, SMOKE } from '../../testbed/vm/boards.js';

describe('the environment', () => {
	it.each([
		[{}, { kind: 'testbed' }],
		[{ OPENWRT: '', OPENWRT_ROOTFS: '', OPENWRT_IMAGE: '' }, { kind: 'testbed' }],
		[{ OPENWRT_ROOTFS: 'a.tar' }, { kind: 'rootfs', path: 'a.tar' }],
		[{ OPENWRT_ROOTFS: 'a.tar', OPENWRT_KERNEL: 'debian' }, { kind: 'rootfs', path: 'a.tar' }],
		[{ OPENWRT_IMAGE: 'dir' }, { kind: 'directory', path: 'dir' }],
		[{ OPENWRT: '24.10' }, { kind: 'image', version: '24.10' }],
		[{ OPENWRT: '24.10', OPENWRT_KERNEL: 'own' }, { kind: 'image', version: '24.10' }],
		[{ OPENWRT: '24.10', OPENWRT_KERNEL: 'debian' }, { kind: 'release', version: '24.10' }],
	])('%j chooses %j', (environment, choice) => {
		expect(chooseTarget(environment)).toEqual(choice);
	});

	it.each([
		[{ OPENWRT: '24.10', OPENWRT_KERNEL: 'Debian' }, '"own" or "debian", not "Debian"'],
		[{ OPENWRT: '24.10', OPENWRT_ROOTFS: 'a.tar' }, 'only one of'],
		[{ OPENWRT_IMAGE: 'dir', OPENWRT_ROOTFS: 'a.tar' }, 'only one of'],
		[{ OPENWRT_ROOTFS: 'a.tar', OPENWRT_KERNEL: 'own' }, 'has no kernel of its own'],
		[{ OPENWRT_IMAGE: 'dir', OPENWRT_KERNEL: 'debian' }, 'runs on its own kernel'],
	])('%j contradicts itself', (environment, words) => {
		expect(() => chooseTarget(environment)).toThrow(words);
	});
});

describe('other processors', () => {
	const pin = 'a'.repeat(64);

	it('are left out, by name, until somebody pins their lists', () => {
		const releases: Record<string, Release> = { '1.2.3': { sha256sums: pin }, '1.3.0': { sha256sums: pin, others: { 'armsr/armv8': pin } } };
		expect(unpinned({ kind: 'image', version: '1.2' }, releases)).toEqual([{ board: 'armsr/armv8', reason: 'armsr/armv8 of 1.2.3 is not pinned' }]);
		expect(unpinned({ kind: 'image', version: '1.3' }, releases)).toEqual([]);
	});

	it('are tested with an official image only', () => {
		expect(smokeImages({ kind: 'image', version: '24.10' }).map(({ board }) => board)).toEqual(SMOKE);
		for (const choice of [{ kind: 'testbed' }, { kind: 'rootfs', path: 'x' }, { kind: 'release', version: '24.10' }] as const) {
			expect(smokeImages(choice)).toEqual([]);
			expect(unpinned(choice)).toEqual([]);
		}
	});

	it('are pinned by a whole checksum each, if at all', () => {
		for (const { others = {} } of Object.values(RELEASES))
			for (const [board, sum] of Object.entries(others)) {
				expect(SMOKE).toContain(board);
				expect(sum).toMatch(/^[0-9a-f]{64}$/);
			}
	});
});

describe('a release\'s image', () => {
	const kernel = Buffer.from('a kernel'), disk = Buffer.from('a disk');
	/** With what a build system appends. */
	const archive = Buffer.concat([gzipSync(disk), Buffer.from('{ "metadata": 1 }')]);
	const sum = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
	const files: Record<string, Buffer> = {
		'armsr/armv8/openwrt-0.0.9-armsr-armv8-generic-kernel.bin': kernel,
		'armsr/armv8/openwrt-0.0.9-armsr-armv8-generic-ext4-rootfs.img.gz': archive,
	};
	const list = `${sum('x')} *openwrt-0.0.9-armsr-armv8-generic-squashfs-rootfs.img.gz\n${Object.entries(files).map(([path, data]) => `${sum(data)} *${path.split('/').pop()}\n`).join('')}`;
	let server: Server, base: string;

	beforeAll(async () => {
		server = createServer((request, response) => {
			const path = request.url!.replace('/0.0.9/targets/', '');
			const data = path === 'armsr/armv8/sha256sums' ? list : files[path];
			response.writeHead(data ? 200 : 404).end(data);
		});
		await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => { server.close(); });

	it('is its kernel and its unpacked disk, by the pinned list of its target', async () => {
		const image = await getImage('0.0', 'armsr/armv8', base, { '0.0.9': { sha256sums: sum('another list'), others: { 'armsr/armv8': sum(list) } } });
		expect(image).toMatchObject({ name: 'OpenWrt 0.0.9 for armsr/armv8', board: 'armsr/armv8' });
		expect(readFileSync(image.kernel)).toEqual(kernel);
		expect(readFileSync(image.disk)).toEqual(disk);
		rmSync(image.kernel);
		rmSync(image.disk);
	});

	it('of a target that is not pinned is refused', async () => {
		await expect(getImage('0.0', 'armsr/armv8', base, { '0.0.9': { sha256sums: sum(list) } })).rejects.toThrow('armsr/armv8 of 0.0.9 is not pinned');
	});
});

describe('an image in a directory', () => {
	it('needs a kernel and a disk', async () => {
		const room = mkdtempSync(join(tmpdir(), 'image-test-'));
		try {
			await expect(imageIn(room)).rejects.toThrow(`${room} holds no image`);
			for (const name of ['kernel', 'rootfs.img'])
				writeFileSync(join(room, name), name);
			expect(await imageIn(room)).toEqual({ name: `the image in ${room}`, board: 'x86/64', kernel: join(room, 'kernel'), disk: join(room, 'rootfs.img') });
			writeFileSync(join(room, 'initramfs'), '');
			expect(await imageIn(room)).toHaveProperty('initramfs');
		} finally {
			rmSync(room, { recursive: true });
		}
	});
});

describe('QEMU', () => {
	it.each(Object.keys(BOARDS) as (keyof typeof BOARDS)[])('gives %s three network cards, and listens on this machine only', (board) => {
		const args = bareArguments({ name: '', board, kernel: 'k', disk: 'd' }, { disk: 'd', directory: '/room', ports: [1, 2, 3, 4] }, 'tcg');
		const networks = args.filter((_arg, index) => args[index - 1] === '-netdev');
		expect(networks.map((text) => /id=(\w+)/.exec(text)?.[1])).toEqual(['lan', 'wan', 'mgmt']);
		const forwards = networks.join(',').match(/hostfwd=[^,]+/g);
		expect(forwards).toEqual([
			'hostfwd=tcp:127.0.0.1:2-192.168.1.1:5001', 'hostfwd=tcp:127.0.0.1:3-192.168.1.1:5002',
			'hostfwd=tcp:127.0.0.1:4-192.168.1.1:5003', 'hostfwd=udp:127.0.0.1:4-192.168.1.1:5003', 'hostfwd=tcp:127.0.0.1:1-:80',
		]);
		expect(args).toContain(`root=/dev/vda rootwait console=${BOARDS[board].console} panic=-1${board === 'x86/64' ? ' no_timer_check mitigations=off' : ''}`);
	});
});

describe('installing', () => {
	it('is what the documentation says', async () => {
		for (const manager of ['opkg', 'apk'] as const) {
			const lines = await installingLines(manager);
			expect(lines).toHaveLength(2);
			expect(lines[1]).toMatch(new RegExp(`^${manager} update && ${manager} \\w+ luci-app-nft-offload$`));
		}
	});

	it.each([
		['opkg', ` * pkg_hash_check_unresolved: cannot find dependency kmod-nft-offload for luci-app-nft-offload
 * pkg_hash_check_unresolved: cannot find dependency ucode-mod-fs for luci-app-nft-offload
 * pkg_hash_fetch_best_installation_candidate: Packages for luci-app-nft-offload found, but incompatible with the architectures configured
 * opkg_install_cmd: Cannot install package luci-app-nft-offload.`],
		['opkg, of a known package', ` * satisfy_dependencies_for: Cannot satisfy the following dependencies for luci-app-nft-offload:
 * \tkmod-nft-offload
 * \tucode-mod-fs
 * opkg_install_cmd: Cannot install package luci-app-nft-offload.`],
		['apk', `ERROR: unable to select packages:
  kmod-nft-offload (no such package):
    required by: luci-app-nft-offload-0.1.0-r1[kmod-nft-offload]
  ucode-mod-fs (no such package):
    required by: luci-app-nft-offload-0.1.0-r1[ucode-mod-fs]`],
	])('finds what is missing in the words of %s', (_manager, output) => {
		expect(missingPackages(output)).toEqual(['kmod-nft-offload', 'ucode-mod-fs']);
	});

	it('finds nothing missing in another failure', () => {
		expect(missingPackages('wget returned 4\nCollected errors:\n * opkg_download: Failed to download http://x/Packages.gz, wget returned 4.\n')).toEqual([]);
	});

	it('has a feed on this machine while it lasts', async () => {
		const get = async (port: number, path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}/${path}`)).status;
		const used = await withFeed(async (port) => {
			for (const path of ['Packages', 'Packages.gz', 'Packages.sig', 'packages.adb', 'nft-offload.pub', 'nft-offload.pem'])
				expect(await get(port, path), path).toBe(200);
			expect(await get(port, '../keys/usign.sec')).toBe(404);
			expect(await get(port, 'nothing')).toBe(404);
			return port;
		});
		await expect(get(used, 'Packages')).rejects.toThrow();
	}, 120_000);

	it('offers a file only while it is asked for', async () => {
		const server = await FileServer.start();
		const url = (name: string): string => `http://127.0.0.1:${server.port}/${name}`;
		const name = await server.offer(Buffer.from('bytes'), async (offered) => {
			expect(await (await fetch(url(offered))).text()).toBe('bytes');
			return offered;
		});
		expect((await fetch(url(name))).status).toBe(404);
		server.stop();
	});
});
