// SPDX-License-Identifier: Apache-2.0
/** Which router is tested: the environment decides. */

import { missingImage, startImage } from './image.js';
import { startRootfs } from './rootfs.js';
import type { Router, StartOptions } from './router.js';
import { startTestbed } from './testbed.js';

/**
 * Boots the target that the environment names:
 * OPENWRT_ROOTFS=<directory or tar>, OPENWRT=<version>, or else the testbed.
 */
export function startTarget(options?: StartOptions): Promise<Router> {
	const { OPENWRT_ROOTFS: rootfs, OPENWRT: version } = process.env;
	if (rootfs)
		return startRootfs(rootfs, options);
	if (version)
		return startImage(version, options);
	return startTestbed(options);
}

/**
 * Why startTarget() cannot give what the environment names, in one line; null
 * when it can. Only a release that no server gives is a reason; with STRICT=1
 * it is an error like any other.
 */
export async function missingTarget(): Promise<string | null> {
	const { OPENWRT_ROOTFS: rootfs, OPENWRT: version, STRICT: strict = '' } = process.env;
	return version && !rootfs ? missingImage(version, !['', '0'].includes(strict)) : null;
}
