// SPDX-License-Identifier: Apache-2.0
/** Puts the product where the OpenWrt package installs it. */

import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { hash, hashTree, REPOSITORY } from '../vm/cache.js';

/** Where the files of a directory go. */
export interface InstallRule {
	/** Directory in the repository; its content goes to `to`. */
	from: string;
	/** Absolute path on the router. */
	to: string;
	/** Permission bits of each file; null: 755 for what can be run here, 644 for the rest. */
	mode: number | null;
}

/** A file of the product. */
export interface InstalledFile {
	/** Absolute, here. */
	source: string;
	/** Absolute, on the router. */
	path: string;
	/** Permission bits on the router. */
	mode: number;
}

/** The backend's list, which the package's Makefile reads too. */
const LIST = 'rpcd/install.list';

function backend(): InstallRule[] {
	const lines = readFileSync(join(REPOSITORY, LIST), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
	return lines.map((line) => {
		const [here, there, mode] = line.split(/\s+/);
		if (!here || !there?.startsWith('/') || !/^0[0-7]{3}$/.test(mode ?? ''))
			throw new Error(`${LIST}: "${line}" is no directory, path and mode`);
		return { from: join('rpcd', here), to: there, mode: parseInt(mode!, 8) };
	});
}

/** What the package, `make deploy`, the testbed and every rootfs target install: LuCI's two folders as its luci.mk does, and the backend. */
export const INSTALL: InstallRule[] = [
	{ from: 'luci-app-nft-offload/htdocs', to: '/www', mode: null },
	{ from: 'luci-app-nft-offload/root', to: '/', mode: null },
	...backend(),
];

/** Changes with whatever would be installed. */
export async function productKey(): Promise<string> {
	return hash(JSON.stringify(INSTALL), ...await Promise.all(INSTALL.map(({ from }) => hashTree(join(REPOSITORY, from)))));
}

/**
 * Every file of the product, as INSTALL says.
 * @throws Error for what is neither a file nor a directory
 */
export async function productFiles(): Promise<InstalledFile[]> {
	const found: InstalledFile[] = [];
	for (const { from, to, mode } of INSTALL) {
		const directory = join(REPOSITORY, from);
		for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
			const source = join(entry.parentPath, entry.name);
			if (entry.isDirectory())
				continue;
			if (!entry.isFile())
				throw new Error(`${source} is neither a file nor a directory`);
			// whatever this machine's umask
			const usual = (await stat(source)).mode & 0o100 ? 0o755 : 0o644;
			found.push({ source, path: join(to, relative(directory, source)), mode: mode ?? usual });
		}
	}
	return found;
}

/** Copies the product into a router's file tree. */
export async function installProduct(tree: string): Promise<void> {
	for (const { source, path, mode } of await productFiles()) {
		const target = join(tree, path);
		await mkdir(dirname(target), { recursive: true });
		await cp(source, target);
		await chmod(target, mode);
	}
}
