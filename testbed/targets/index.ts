// SPDX-License-Identifier: Apache-2.0
/** Which router is tested: the environment decides. */

import { startImage } from './image.js';
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
