// SPDX-License-Identifier: Apache-2.0
/** Images with a kernel of their own: of an official release, or in a directory that somebody has. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '../vm/bare.js';
import { BOARDS, type BoardName } from '../vm/boards.js';
import { cached, hash } from '../../host/cache.js';
import { run } from '../../host/run.js';
import { getReleaseFile, pinnedRelease, RELEASES, type Release } from './release.js';
import { sha256 } from './rootfs.js';

/** Unpacks a disk; gzip warns, with code 2, of what a build system appends behind the archive. */
async function unpacked(archive: string): Promise<string> {
	return cached('official', hash('disk', await sha256(archive)), async (path) => {
		await run('sh', ['-c', 'gzip -dc <"$1" >"$2" || [ $? = 2 ]', 'sh', archive, path]);
	});
}

/**
 * The kernel and the ext4 root filesystem of an official release.
 * @param version as pinnedRelease() takes it
 * @throws UnreachableError, ChecksumError
 */
export async function getImage(version: string, board: BoardName, server?: string, releases: Record<string, Release> = RELEASES): Promise<Image> {
	const release = pinnedRelease(version, releases);
	const get = (kind: string, wanted: RegExp): Promise<string> => getReleaseFile(kind, version, (list) => {
		const names = [...list.matchAll(/^[0-9a-f]{64} [ *](\S+)$/gm)].map(([, name = '']) => name);
		const prefix = `openwrt-${release}-`;
		return names.find((name) => name.startsWith(prefix) && wanted.test(name.slice(prefix.length))) ?? null;
	}, server, releases, board);
	const { kernelFile, rootFile } = BOARDS[board];
	return {
		name: `OpenWrt ${release} for ${board}`, board,
		kernel: await get('own-kernel', kernelFile),
		disk: await unpacked(await get('own-rootfs', rootFile)),
	};
}

/**
 * An image for x86/64 in a directory: `kernel`, `rootfs.img` (ext4) or
 * `rootfs.img.gz`, and, for a kernel that needs one, `initramfs`.
 */
export async function imageIn(directory: string): Promise<Image> {
	const [kernel, disk, packed, initramfs] = ['kernel', 'rootfs.img', 'rootfs.img.gz', 'initramfs'].map((name) => join(directory, name)) as [string, string, string, string];
	if (!existsSync(kernel) || !existsSync(disk) && !existsSync(packed))
		throw new Error(`${directory} holds no image: it has no kernel, or neither rootfs.img nor rootfs.img.gz`);
	return {
		name: `the image in ${directory}`, board: 'x86/64', kernel,
		disk: existsSync(disk) ? disk : await unpacked(packed),
		...existsSync(initramfs) ? { initramfs } : {},
	};
}
