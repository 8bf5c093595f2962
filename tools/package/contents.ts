// SPDX-License-Identifier: Apache-2.0
/** A package's files, as a tree on disk with the modes that an SDK gives them. */

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { productFiles } from '../../testbed/image/product.js';

/** A regular file of a package. */
export interface Member {
	/** Absolute, on the router. */
	path: string;
	/** Permission bits. */
	mode: number;
	data: Buffer;
}

function byPath(a: { path: string }, b: { path: string }): number {
	return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

/** The app's files, where and as the list of the product says. */
export async function appMembers(): Promise<Member[]> {
	const members = (await productFiles()).map(async ({ source, path, mode }) => ({ path, mode, data: await readFile(source) }));
	return (await Promise.all(members)).sort(byPath);
}

/** The directories above `members`, without the root: absolute, sorted. */
export function directoriesOf(members: Member[]): string[] {
	const found = new Set<string>();
	for (const { path } of members)
		for (let directory = dirname(path); directory !== '/'; directory = dirname(directory))
			found.add(directory);
	return [...found].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Writes `members` below `tree`, which is made; every directory gets 755. */
export async function writeTree(tree: string, members: Member[]): Promise<void> {
	for (const directory of ['', ...directoriesOf(members)]) {
		await mkdir(join(tree, directory), { recursive: true });
		await chmod(join(tree, directory), 0o755);
	}
	for (const { path, mode, data } of members) {
		await writeFile(join(tree, path), data);
		await chmod(join(tree, path), mode);
	}
}
