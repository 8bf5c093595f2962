// SPDX-License-Identifier: Apache-2.0
/** Puts the product where the OpenWrt package installs it; the list is install.json. */

import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hash, hashTree, REPOSITORY } from '../vm/cache.js';

/** What `make deploy`, the testbed and every rootfs target install. */
export interface InstallRule {
	/** Directory in the repository; its content goes to `to`. */
	from: string;
	/** Absolute path on the router. */
	to: string;
}

export const INSTALL = JSON.parse(readFileSync(join(REPOSITORY, 'install.json'), 'utf8')) as InstallRule[];

/** Changes with whatever would be installed. */
export async function productKey(): Promise<string> {
	return hash(JSON.stringify(INSTALL), ...await Promise.all(INSTALL.map(({ from }) => hashTree(join(REPOSITORY, from)))));
}

/** Copies the product into a router's file tree. */
export async function installProduct(tree: string): Promise<void> {
	for (const { from, to } of INSTALL) {
		const source = join(REPOSITORY, from);
		if (!existsSync(source))
			continue;
		const target = join(tree, to);
		await mkdir(target, { recursive: true });
		for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
			if (!entry.isFile() || entry.name === '.gitkeep')
				continue;
			const path = join(entry.parentPath, entry.name).slice(source.length + 1);
			await mkdir(join(target, path, '..'), { recursive: true });
			await cp(join(source, path), join(target, path));
			// whatever this machine's umask
			await chmod(join(target, path), (await stat(join(source, path))).mode & 0o100 ? 0o755 : 0o644);
		}
	}
}
