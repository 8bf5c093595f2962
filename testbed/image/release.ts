// SPDX-License-Identifier: Apache-2.0
/**
 * Official root filesystems. releases.json pins the checksum of each release's
 * own list of checksums; the archive is believed when that list names it.
 */

import { createWriteStream, readFileSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cached, hash } from '../vm/cache.js';
import { sha256 } from './rootfs.js';

export interface Release {
	/** SHA-256 of the release's `sha256sums` for x86/64, hex. */
	sha256sums: string;
}

/** Nobody answers: no network, or the server is down. Nothing is wrong with the release. */
export class UnreachableError extends Error {}

/** What arrived is not what was pinned. */
export class ChecksumError extends Error {}

export const RELEASES = JSON.parse(readFileSync(new URL('releases.json', import.meta.url), 'utf8')) as Record<string, Release>;

/** Where releases are: a directory each. */
export const SERVER = 'https://downloads.openwrt.org/releases';

/**
 * Downloads a file to `path`; on any failure nothing is left there.
 * @param expected SHA-256, hex
 * @throws UnreachableError, ChecksumError
 */
export async function download(url: string, expected: string, path: string): Promise<void> {
	const part = `${path}.part`;
	const unreachable = (error: Error): never => {
		throw new UnreachableError(`${url} cannot be fetched: ${(error.cause as Error | undefined)?.message ?? error.message}`);
	};
	try {
		const response = await fetch(url).catch(unreachable);
		if (!response.ok || !response.body)
			throw new UnreachableError(`${url} cannot be fetched: HTTP status ${response.status}`);
		await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(part)).catch(unreachable);
		const found = await sha256(part);
		if (found !== expected)
			throw new ChecksumError(`${url}: SHA-256 is ${found}, expected ${expected}`);
		await rename(part, path);
	} finally {
		await rm(part, { force: true });
	}
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
 * @param version a key of `releases`
 * @returns path of the archive of that release's root filesystem, x86/64
 */
export async function getRelease(version: string, server = SERVER, releases = RELEASES): Promise<string> {
	const release = releases[version];
	if (!release)
		throw new Error(`no checksum is pinned for OpenWrt ${version}; known: ${Object.keys(releases).join(', ')}`);
	const base = `${server}/${version}/targets/x86/64`;
	const file = `openwrt-${version}-x86-64-rootfs.tar.gz`;
	return cached('release', hash(base, release.sha256sums), async (path) => {
		const list = `${path}.sha256sums`;
		await download(`${base}/sha256sums`, release.sha256sums, list);
		const sum = checksumOf(await readFile(list, 'utf8'), file);
		if (!sum)
			throw new ChecksumError(`${base}/sha256sums does not list ${file}`);
		await download(`${base}/${file}`, sum, path);
	});
}
