// SPDX-License-Identifier: Apache-2.0
/**
 * A signed feed for opkg and apk: a directory that any web server can serve.
 *
 *	npx tsx tools/package/feed.ts DIRECTORY KEYS
 *
 * KEYS is a directory with the secret keys; they are made there once.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apkIndex } from './apk.js';
import { build, writePackages, type Built } from './build.js';
import { writeIpkIndex } from './ipk.js';
import { keysIn } from './keys.js';

/** The public keys' names in the feed. */
export const PUBLIC = { usign: 'nft-offload.pub', apk: 'nft-offload.pem' } as const;

/**
 * Writes the feed into `directory`, which then holds nothing else.
 * @returns the paths of keys that were made
 */
export async function writeFeed(directory: string, keys: string, built: Built[]): Promise<string[]> {
	const { usign, apk, made } = keysIn(keys);

	await writePackages(directory, built);
	const index = await writeIpkIndex(directory, built.map((each) => each.ipk));
	await writeFile(join(directory, 'Packages.sig'), usign.signature(index));
	await writeFile(join(directory, 'packages.adb'), await apkIndex(built.map((each) => each.apk), apk));
	await writeFile(join(directory, PUBLIC.usign), usign.public);
	await writeFile(join(directory, PUBLIC.apk), apk.public);
	return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [, , directory, keys] = process.argv;
	if (!directory || !keys) {
		console.error('usage: feed.ts DIRECTORY KEYS');
		process.exit(2);
	}
	for (const path of await writeFeed(directory, keys, await build()))
		console.log(`made ${path}: keep it, routers trust its public half`);
	console.log(directory);
}
