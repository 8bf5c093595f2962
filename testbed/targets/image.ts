// SPDX-License-Identifier: Apache-2.0
/** The root filesystem of an official release of OpenWrt, downloaded and checked, on this testbed's kernel. */

import { UnreachableError } from '../image/download.js';
import { getRelease } from '../image/release.js';
import { getRootfsDisk } from '../image/rootfs.js';
import { Router, type StartOptions } from './router.js';

/**
 * Boots an official release with the product installed.
 * @param version as pinnedRelease() takes it
 * @throws UnreachableError without a network, ChecksumError when something else arrives
 */
export async function startImage(version: string, options?: StartOptions): Promise<Router> {
	options?.progress?.(`fetching OpenWrt ${version}`);
	const archive = await getRelease(version);
	return Router.start('image', (kernel) => getRootfsDisk(archive, kernel), options);
}

/**
 * Fetches a release, so that it is here when it is booted.
 * @param strict whether a server that cannot be reached is an error
 * @returns why it cannot be had, in one line; null when it is here
 * @throws ChecksumError and whatever else is not the network's fault
 */
export async function missingImage(version: string, strict: boolean): Promise<string | null> {
	try {
		await getRelease(version);
		return null;
	} catch (error) {
		if (strict || !(error instanceof UnreachableError))
			throw error;
		return `OpenWrt ${version} is not here: ${error.message}`;
	}
}
