// SPDX-License-Identifier: Apache-2.0
/** Puts the product where its packages install it, without a package: for `make deploy`, the testbed and every rootfs target. */

import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { hash, hashTree } from '../../host/cache.js';
import { REPOSITORY } from '../../host/repository.js';
import { run } from '../../host/run.js';
import { PLACES } from './contents.js';
import { PACKAGES } from './recipe.js';

/** What LuCI's luci.mk installs by itself: a folder of a package, and its place on the router. */
const FOLDERS = PACKAGES.flatMap((name) => Object.entries(PLACES).map(([folder, place]) => ({ folder: join(name, folder), place })))
	.filter(({ folder }) => existsSync(join(REPOSITORY, folder)));

/** The backend, with the script that knows what goes where. */
const BACKEND = 'rpcd';

/** Changes with whatever would be installed. */
export async function productKey(): Promise<string> {
	const folders = [...FOLDERS.map(({ folder }) => folder), BACKEND];
	return hash(...await Promise.all(folders.map((folder) => hashTree(join(REPOSITORY, folder)))));
}

/** Copies the product into a router's file tree. */
export async function installProduct(tree: string): Promise<void> {
	for (const { folder, place } of FOLDERS) {
		const source = join(REPOSITORY, folder);
		const entries = await readdir(source, { recursive: true, withFileTypes: true });
		for (const entry of entries.filter((found) => found.isFile())) {
			const file = join(entry.parentPath, entry.name), target = join(tree, place, relative(source, file));
			await mkdir(dirname(target), { recursive: true });
			await cp(file, target);
			// whatever this machine's umask
			await chmod(target, (await stat(file)).mode & 0o100 ? 0o755 : 0o644);
		}
	}
	await run('sh', [join(REPOSITORY, BACKEND, 'install.sh'), tree]);
}
