// SPDX-License-Identifier: Apache-2.0
/** Official root filesystems: pinned versions, downloaded once, believed only when their checksum is right. */

import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CACHE, cached, hash } from '../vm/cache.js';
import { sha256 } from './rootfs.js';

export interface Release {
	url: string;
	/** Of the archive, hex. */
	sha256: string;
}

/** Nobody answers: no network, or the server is down. Nothing is wrong with the release. */
export class UnreachableError extends Error {}

/** What arrived is not what was pinned. */
export class ChecksumError extends Error {}

export const RELEASES = JSON.parse(readFileSync(new URL('releases.json', import.meta.url), 'utf8')) as Record<string, Release>;

/**
 * Downloads a file to `path`; on any failure nothing is left there.
 * @throws UnreachableError, ChecksumError
 */
export async function download({ url, sha256: expected }: Release, path: string): Promise<void> {
	const part = `${path}.part`;
	try {
		const response = await fetch(url).catch((error: Error) => {
			throw new UnreachableError(`${url}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
		});
		if (!response.ok || !response.body)
			throw new UnreachableError(`${url}: HTTP status ${response.status}`);
		await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(part)).catch((error: Error) => {
			throw new UnreachableError(`${url}: ${error.message}`);
		});
		const found = await sha256(part);
		if (found !== expected)
			throw new ChecksumError(`${url}: SHA-256 is ${found}, expected ${expected}`);
		await rename(part, path);
	} finally {
		await rm(part, { force: true });
	}
}

/** @returns path of the archive of a pinned release */
export async function getRelease(version: string): Promise<string> {
	const release = RELEASES[version];
	if (!release)
		throw new Error(`no checksum is pinned for OpenWrt ${version}; known: ${Object.keys(RELEASES).join(', ')}`);
	await mkdir(CACHE, { recursive: true });
	return cached('release', hash(release.sha256), (path) => download(release, path));
}
