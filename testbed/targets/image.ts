// SPDX-License-Identifier: Apache-2.0
/** An official root filesystem of OpenWrt, downloaded and checked. */

import { getRelease } from '../image/release.js';
import { getRootfsDisk } from '../image/rootfs.js';
import { Router, type StartOptions } from './router.js';

/**
 * Boots an official release with the product installed.
 * @param version one of those pinned in image/releases.json
 */
export function startImage(version: string, options?: StartOptions): Promise<Router> {
	return Router.start('image', async (kernel) => {
		options?.progress?.(`fetching OpenWrt ${version}`);
		return getRootfsDisk(await getRelease(version), kernel);
	}, options);
}
