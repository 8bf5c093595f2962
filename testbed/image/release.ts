// SPDX-License-Identifier: Apache-2.0
/**
 * Official root filesystems. releases.json pins the checksum of each release's
 * own list of checksums; the archive is believed when that list names it.
 */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cached, hash } from '../vm/cache.js';
import { ChecksumError, download } from './download.js';

export interface Release {
	/** SHA-256 of the release's `sha256sums` for x86/64, hex. */
	sha256sums: string;
}

export const RELEASES = JSON.parse(readFileSync(new URL('releases.json', import.meta.url), 'utf8')) as Record<string, Release>;

/** Where releases are, a directory each; what comes from a mirror has to pass the same checksums. */
const SERVER = process.env.OPENWRT_MIRROR || 'https://downloads.openwrt.org/releases';

/**
 * The newest release whose checksums are pinned and that `version` names, itself or by its start: `24.10`.
 * @throws Error with the releases that are known
 */
export function pinnedRelease(version: string, releases = RELEASES): string {
	const known = Object.keys(releases).filter((name) => name === version || name.startsWith(`${version}.`))
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
	if (!known[0])
		throw new Error(`no checksum is pinned for OpenWrt ${version}; known: ${Object.keys(releases).join(', ')}`);
	return known[0];
}

/** The checksum that a list in the format of sha256sum(1) has for a file; null when it is not in it. */
export function checksumOf(list: string, file: string): string | null {
	for (const line of list.split('\n')) {
		const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
		if (sum && name === file)
			return sum;
	}
	return null;
}

/**
 * Downloads one file of a release for x86/64, and keeps it.
 * @param kind what the cache calls it
 * @param version as pinnedRelease() takes it
 * @param choose finds the file's name in the release's list of checksums, given the release; null: it is not there
 * @returns path of the file
 * @throws UnreachableError, ChecksumError
 */
export async function getReleaseFile(
	kind: string, version: string, choose: (list: string, release: string) => string | null, server = SERVER, releases = RELEASES,
): Promise<string> {
	const release = pinnedRelease(version, releases);
	const { sha256sums } = releases[release]!;
	const base = `${server}/${release}/targets/x86/64`;
	return cached(kind, hash(base, sha256sums), async (path) => {
		const list = `${path}.sha256sums`;
		await download(`${base}/sha256sums`, sha256sums, list);
		const text = await readFile(list, 'utf8');
		const file = choose(text, release), sum = file && checksumOf(text, file);
		if (!sum)
			throw new ChecksumError(`${base}/sha256sums does not list the ${kind}`);
		await download(`${base}/${file}`, sum, path);
	});
}

/**
 * @param version as pinnedRelease() takes it
 * @returns path of the archive of that release's root filesystem, x86/64
 * @throws UnreachableError, ChecksumError
 */
export function getRelease(version: string, server?: string, releases?: Record<string, Release>): Promise<string> {
	return getReleaseFile('release', version, (_list, release) => `openwrt-${release}-x86-64-rootfs.tar.gz`, server, releases);
}
