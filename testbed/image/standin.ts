// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the directory that OPENWRT_IMAGE takes from any root filesystem of
 * OpenWrt, for whoever has no official image at hand:
 *
 *	npx tsx testbed/image/standin.ts ROOTFS DIRECTORY
 *
 * The kernel is Debian's, with an initramfs that loads modules and switches
 * root; everything else goes as with an official image: no agent, no product,
 * no configuration of ours.
 */

import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../host/run.js';
import { cpio, type Entry } from '../vm/initramfs.js';
import { getKernel, type Kernel } from '../vm/kernel.js';
import { makeDisk } from '../vm/disk.js';
import { copyRootfs } from './rootfs.js';
import { installModules } from './router.js';

/** As the 100 MiB of an official one leave. */
const FREE = 64;

const INIT = `#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
while read -r module; do /bin/busybox insmod /modules/$module.ko; done </modules/order
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t ext4 -o noatime /dev/vda /router
/bin/busybox mount -o move /dev /router/dev
/bin/busybox umount /proc
exec /bin/busybox switch_root /router /sbin/init
`;

async function initramfs(kernel: Kernel): Promise<Buffer> {
	const directory = (path: string): Entry => ({ path, mode: 0o040755, data: Buffer.alloc(0) });
	const file = (path: string, data: Buffer, mode = 0o100755): Entry => ({ path, mode, data });
	return cpio([
		...['bin', 'dev', 'modules', 'proc', 'router'].map(directory),
		file('init', Buffer.from(INIT)),
		file('bin/busybox', await readFile('/bin/busybox')),
		file('modules/order', Buffer.from(`${kernel.boot.join('\n')}\n`)),
		...await Promise.all(kernel.boot.map(async (name) => file(`modules/${name}.ko`, await readFile(join(kernel.modules, `${name}.ko`))))),
	]);
}

const [, , rootfs, directory] = process.argv;
if (!rootfs || !directory) {
	console.error('usage: standin.ts ROOTFS DIRECTORY');
	process.exit(2);
}
const kernel = await getKernel();
await mkdir(directory, { recursive: true });
await copyFile(kernel.image, join(directory, 'kernel'));
await writeFile(join(directory, 'initramfs'), await initramfs(kernel));
const room = await mkdtemp(join(tmpdir(), 'nft-offload-standin-'));
try {
	const tree = join(room, 'tree');
	await copyRootfs(rootfs, tree);
	await installModules(tree, kernel);
	/* every OpenWrt has one; a root filesystem that was made for another purpose need not */
	if (!['bin/wget', 'usr/bin/wget', 'bin/uclient-fetch'].some((path) => existsSync(join(tree, path))))
		await cp('/bin/busybox', join(tree, 'usr/bin/wget'));
	await rm(join(directory, 'rootfs.img'), { force: true });
	await makeDisk(tree, join(room, 'rootfs.img'), { free: FREE });
	await run('cp', ['--sparse=always', join(room, 'rootfs.img'), join(directory, 'rootfs.img')]);
} finally {
	await rm(room, { recursive: true });
}
console.log(directory);
