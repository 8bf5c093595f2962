// SPDX-License-Identifier: Apache-2.0
/** The root filesystem of an official release of OpenWrt, downloaded and checked, on this testbed's kernel. */

import { getRelease } from '../image/release.js';
import { getRootfsDisk } from '../image/rootfs.js';
import { Router, type StartOptions } from './router.js';

/**
 * Boots an official release with the product installed.
 * @param version as pinnedRelease() takes it
 * @throws UnreachableError without a network, ChecksumError when something else arrives
 */
export async function startRelease(version: string, options?: StartOptions): Promise<Router> {
	options?.progress?.(`fetching OpenWrt ${version}`);
	const archive = await getRelease(version);
	return Router.start('release', (kernel) => getRootfsDisk(archive, kernel), options);
}
