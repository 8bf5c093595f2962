// SPDX-License-Identifier: Apache-2.0
/** An official root filesystem of OpenWrt, downloaded and checked. */

import { getRelease } from '../image/release.js';
import { getRootfsDisk } from '../image/rootfs.js';
import { Router, type StartOptions } from './router.js';

/**
 * Boots an official release with the product installed.
 * @param version one of those pinned in image/releases.json
 * @throws UnreachableError without a network, ChecksumError when something else arrives
 */
export async function startImage(version: string, options?: StartOptions): Promise<Router> {
	options?.progress?.(`fetching OpenWrt ${version}`);
	const archive = await getRelease(version);
	return Router.start('image', (kernel) => getRootfsDisk(archive, kernel), options);
}
