// SPDX-License-Identifier: Apache-2.0
/**
 * Official releases. releases.json pins the checksum of each release's
 * own list of checksums; the archive is believed when that list names it.
 */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BoardName } from '../vm/boards.js';
import { cached, hash } from '../../host/cache.js';
import { ChecksumError, download } from './download.js';

export interface Release {
	/** SHA-256 of the release's `sha256sums` for x86/64, hex. */
	sha256sums: string;
	/** Those of other targets, as far as they are pinned. */
	others?: Partial<Record<BoardName, string>>;
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

/** The pinned checksum of a release's list for a target; null when nobody pinned it. */
export function pinOf(release: string, target: BoardName, releases = RELEASES): string | null {
	const { sha256sums, others = {} } = releases[release]!;
	return target === 'x86/64' ? sha256sums : others[target] ?? null;
}

/**
 * Downloads one file of a release, and keeps it.
 * @param kind what the cache calls it
 * @param version as pinnedRelease() takes it
 * @param choose finds the file's name in the release's list of checksums, given the release; null: it is not there
 * @returns path of the file
 * @throws UnreachableError, ChecksumError
 */
export async function getReleaseFile(
	kind: string, version: string, choose: (list: string, release: string) => string | null, server = SERVER, releases = RELEASES, target: BoardName = 'x86/64',
): Promise<string> {
	const release = pinnedRelease(version, releases);
	const pin = pinOf(release, target, releases);
	if (!pin)
		throw new Error(`${target} of ${release} is not pinned`);
	const base = `${server}/${release}/targets/${target}`;
	return cached(kind, hash(base, pin), async (path) => {
		const list = `${path}.sha256sums`;
		await download(`${base}/sha256sums`, pin, list);
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
