// SPDX-License-Identifier: Apache-2.0
/** A package's files, as a tree on disk with the modes that an SDK gives them. */

import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { make } from './recipe.js';

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

/** The regular files of a tree that goes to `target`. A mode is 755 or 644, whatever the build host's umask. */
async function membersOf(tree: string, target: string): Promise<Member[]> {
	const entries = await readdir(tree, { recursive: true, withFileTypes: true });
	return Promise.all(entries.filter((entry) => !entry.isDirectory()).map(async (entry) => {
		const path = join(entry.parentPath, entry.name);
		if (!entry.isFile())
			throw new Error(`${path} is neither a file nor a directory`);
		return {
			path: join(target, relative(tree, path)),
			mode: (await stat(path)).mode & 0o100 ? 0o755 : 0o644,
			data: await readFile(path),
		};
	}));
}

/** Where luci.mk installs a folder of a package. */
export const PLACES = { root: '/', htdocs: '/www' };

/** A package's files, as its Makefile's own recipe prepares them. `scratch` is a directory that is made, used and removed. */
export async function preparedMembers(name: string, scratch: string): Promise<Member[]> {
	await make(name, 'prepare', `PKG_BUILD_DIR=${scratch}`);
	const folders = Object.entries(PLACES).map(([folder, place]) => ({ tree: join(scratch, folder), place })).filter(({ tree }) => existsSync(tree));
	const members = (await Promise.all(folders.map(({ tree, place }) => membersOf(tree, place)))).flat();
	await rm(scratch, { recursive: true });
	return members.sort(byPath);
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
