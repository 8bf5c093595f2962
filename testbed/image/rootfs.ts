// SPDX-License-Identifier: Apache-2.0
/** A real OpenWrt userland, given as a directory or a tar archive, on this testbed's kernel. The original is only read. */

import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cached, hash, hashTree } from '../../host/cache.js';
import { run } from '../../host/run.js';
import type { Kernel } from '../vm/kernel.js';
import { makeDisk } from '../vm/disk.js';
import { finishRouter, routerKey } from './router.js';

/** Free space on the router's disk, MiB. */
const FREE = 32;

/** SHA-256 of a file's bytes, in hex. */
export async function sha256(path: string): Promise<string> {
	const sum = createHash('sha256');
	for await (const data of createReadStream(path))
		sum.update(data as Buffer);
	return sum.digest('hex');
}

/** Copies or unpacks a userland. */
export async function copyRootfs(from: string, tree: string): Promise<void> {
	await mkdir(tree);
	if ((await stat(from)).isDirectory())
		await run('cp', ['-a', `${from}/.`, tree]);
	else
		await run('tar', ['-x', '--numeric-owner', '-p', '-f', from, '-C', tree]);
	for (const path of ['sbin/init', 'etc/config', 'usr/sbin/uhttpd'])
		await stat(join(tree, path)).catch(() => {
			throw new Error(`${from} is no root filesystem of OpenWrt with a web interface: it has no /${path}`);
		});
	/* what an init expects to mount on */
	for (const directory of ['dev', 'proc', 'sys', 'tmp'])
		await mkdir(join(tree, directory), { recursive: true });
}

/**
 * @param from directory, or archive of any kind that tar knows
 * @returns path of the image of a router that was never booted
 */
export async function getRootfsDisk(from: string, kernel: Kernel): Promise<string> {
	const content = (await stat(from)).isDirectory() ? await hashTree(from) : await sha256(from);
	const key = hash(await readFile(new URL(import.meta.url)), content, await routerKey(kernel));
	return cached('rootfs', key, async (image) => {
		const tree = `${image}.tree`;
		await copyRootfs(from, tree);
		await finishRouter(tree, kernel);
		await makeDisk(tree, image, { free: FREE });
	});
}
