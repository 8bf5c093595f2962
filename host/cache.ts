// SPDX-License-Identifier: Apache-2.0
/** Artefacts (kernels, images, programs, what was tried): made once, found again by the hash of what they are made from. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat, lstat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from './repository.js';

/** How many artefacts of one kind are kept. */
const KEEP = 6;

/** SHA-256 over `parts`, in hex; unambiguous about where one part ends. */
export function hash(...parts: (string | Buffer)[]): string {
	const sum = createHash('sha256');
	for (const part of parts) {
		const data = Buffer.from(part);
		sum.update(`${data.length}:`).update(data);
	}
	return sum.digest('hex');
}

/**
 * Hash of a file, or of a directory's whole content: names, types, permission
 * bits, link targets and bytes. A path that does not exist has a hash too.
 */
export async function hashTree(path: string): Promise<string> {
	const seen = await lstat(path).catch(() => null);
	if (!seen)
		return hash('absent');
	if (seen.isSymbolicLink())
		return hash('link', await readlink(path));
	if (seen.isDirectory()) {
		const parts = [];
		for (const name of (await readdir(path)).sort())
			parts.push(name, await hashTree(join(path, name)));
		return hash('directory', ...parts);
	}
	return hash('file', String(seen.mode), seen.isFile() ? await readFile(path) : String(seen.rdev));
}

/** Removes the artefacts of `kind` that were not used for longest, and leftovers of builds that were killed and of downloads that nobody went on with. */
async function prune(kind: string): Promise<void> {
	const found = [];
	for (const name of await readdir(CACHE)) {
		const seen = await stat(join(CACHE, name)).catch(() => null);
		if (seen && name.startsWith(`${kind}-`))
			found.push({ name, used: seen.mtimeMs });
		const age = seen ? Date.now() - seen.mtimeMs : 0;
		if ((name.startsWith('building-') && age > 3_600_000) || (name.startsWith('part-') && age > 7 * 86_400_000))
			found.push({ name, used: 0 });
	}
	found.sort((a, b) => b.used - a.used);
	for (const { name, used } of found.slice(KEEP).concat(found.slice(0, KEEP).filter((entry) => entry.used === 0)))
		if (used < Date.now() - 60_000)
			await rm(join(CACHE, name), { recursive: true, force: true });
}

/**
 * The artefact `kind` made from what `key` (a hash) stands for.
 * @param build makes it at the path it is given (file or directory)
 * @returns its path
 */
export async function cached(kind: string, key: string, build: (path: string) => Promise<void>): Promise<string> {
	const path = join(CACHE, `${kind}-${key.slice(0, 16)}`);
	if (!existsSync(path)) {
		await mkdir(CACHE, { recursive: true });
		const room = await mkdtemp(join(CACHE, 'building-'));
		try {
			await build(join(room, 'artefact'));
			await rename(join(room, 'artefact'), path).catch((error: unknown) => {
				/* another process was faster: its artefact is as good */
				if (!existsSync(path))
					throw error;
			});
		} finally {
			await rm(room, { recursive: true, force: true });
		}
		await prune(kind);
	}
	await utimes(path, new Date(), new Date());
	return path;
}
