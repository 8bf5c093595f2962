// SPDX-License-Identifier: Apache-2.0
/** The testbed's own userland: busybox as OpenWrt's, Debian's nft, and the stand-ins. */

import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, hash, hashTree } from '../../host/cache.js';
import { REPOSITORY } from '../../host/repository.js';
import { run } from '../../host/run.js';
import { acceleratorFor } from '../vm/accelerator.js';
import type { Kernel } from '../vm/kernel.js';
import { QEMU } from '../vm/qemu.js';
import { FROM_OTHER_PACKAGES, restrictApplets } from './busybox.js';
import { makeDisk } from '../vm/disk.js';
import { finishRouter, routerKey } from './router.js';
import { installBundle, RUNNER } from './bundle.js';
import { makeSnapshot } from './snapshot.js';

/** Free space on the router's disk, MiB: as on a small router, and quick to fill in a test. */
const FREE = 16;

const ROOT = fileURLToPath(new URL('root', import.meta.url));
const STANDINS = join(REPOSITORY, 'testbed/standins');
const UCODE = join(REPOSITORY, 'testbed/ucode');
const APPLETS = new URL('busybox-applets.txt', import.meta.url);

const NODE_MODULES = join(REPOSITORY, 'node_modules');

/** npm packages that the ucode runner imports in the guest. */
function packages(): string[] {
	const needs = join(UCODE, 'needs.json');
	return existsSync(needs) ? (JSON.parse(readFileSync(needs, 'utf8')) as { packages: string[] }).packages : [];
}

/** Where the tools' disk appears in the router. */
const TOOLS = '/usr/lib/testbed/tools';

/**
 * What is borrowed from the tools' disk: the loader, the libraries, nft, the
 * applets that OpenWrt has and Debian's busybox lacks, and, out of PATH, what
 * the stand-ins run on.
 */
const BORROWED: Record<string, string> = {
	'/lib64': '/lib64',
	'/lib/x86_64-linux-gnu': '/lib/x86_64-linux-gnu',
	'/bin/nice': '/usr/bin/nice',
	'/usr/bin/flock': '/usr/bin/flock',
	'/usr/bin/pgrep': '/usr/bin/pgrep',
	'/usr/lib/testbed/bin/nc': '/usr/bin/nc',
	'/usr/lib/testbed/bin/node': '/usr/bin/node',
	'/usr/lib/testbed/bin/openssl': '/usr/bin/openssl',
	'/usr/sbin/nft': '/usr/sbin/nft',
};

/** busybox's fsync(1); coreutils' sync does the same to the files it is given. */
const FSYNC = `#!/bin/sh\nexec ${TOOLS}/usr/bin/sync "$@"\n`;

async function installBusybox(tree: string): Promise<void> {
	const names = (await run('/bin/busybox', ['--list'])).toString().trim().split('\n');
	const paths = (await run('/bin/busybox', ['--list-full'])).toString().trim().split('\n');
	const wanted = new Set([...(await readFile(APPLETS, 'utf8')).trim().split('\n'), ...FROM_OTHER_PACKAGES]);
	const program = join(tree, 'bin/busybox');
	await writeFile(program, restrictApplets(await readFile('/bin/busybox'), names, wanted), { mode: 0o755 });
	for (const [index, name] of names.entries()) {
		if (!wanted.has(name) || name === 'busybox')
			continue;
		await mkdir(join(tree, dirname(paths[index]!)), { recursive: true });
		await symlink('/bin/busybox', join(tree, paths[index]!));
	}
}

async function makeTree(tree: string): Promise<void> {
	for (const directory of ['bin', 'dev', 'etc', 'lib', 'proc', 'root', 'sbin', 'sys', 'tmp', 'usr/bin', 'usr/sbin', 'usr/lib/testbed/bin', 'www', TOOLS])
		await mkdir(join(tree, directory), { recursive: true });
	await chmod(join(tree, 'root'), 0o700);
	await symlink('tmp', join(tree, 'var'));
	await installBusybox(tree);
	for (const [path, tool] of Object.entries(BORROWED))
		await symlink(TOOLS + tool, join(tree, path));
	await writeFile(join(tree, 'usr/bin/fsync'), FSYNC, { mode: 0o755 });
	await cp(ROOT, tree, { recursive: true });
	const standins = join(tree, 'usr/lib/testbed/standins');
	for (const [from, to] of [[STANDINS, standins], [UCODE, join(tree, 'usr/lib/testbed/ucode')], [join(STANDINS, 'root'), tree]] as const)
		if (existsSync(from))
			await cp(from, to, { recursive: true, verbatimSymlinks: true });
	await rm(join(standins, 'root'), { recursive: true, force: true });
	for (const name of packages())
		await cp(join(NODE_MODULES, name), join(tree, 'usr/lib/testbed/node_modules', name), { recursive: true });
}

/** @returns path of the image of a router that was never booted */
export async function getTestbedDisk(kernel: Kernel): Promise<string> {
	const key = hash(
		/* the snapshot holds for one kind of CPU */
		await acceleratorFor(QEMU, kernel.image),
		await readFile(new URL(import.meta.url)), await readFile(new URL('busybox.ts', import.meta.url)), await readFile(new URL('bundle.ts', import.meta.url)),
		await readFile(new URL('snapshot.ts', import.meta.url)), await hashTree(process.execPath),
		await readFile(APPLETS),
		await hashTree('/bin/busybox'), await hashTree(ROOT), await hashTree(STANDINS), await hashTree(UCODE), await routerKey(kernel),
		...await Promise.all(packages().map((name) => hashTree(join(NODE_MODULES, name, 'package.json')))));
	return cached('testbed', key, async (image) => {
		const tree = `${image}.tree`;
		await makeTree(tree);
		await finishRouter(tree, kernel);
		await installBundle(tree);
		await makeDisk(tree, image, { free: FREE });
		const snapshot = await makeSnapshot(kernel, image, await readFile(join(tree, RUNNER)));
		if (!snapshot)
			return;
		await writeFile(join(tree, RUNNER.replace('.cjs', '.snapshot')), snapshot);
		await rm(image);
		await makeDisk(tree, image, { free: FREE });
	});
}
