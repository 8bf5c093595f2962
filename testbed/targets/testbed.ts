// SPDX-License-Identifier: Apache-2.0
/** The testbed: Debian's kernel and nft, busybox, and stand-ins for OpenWrt's programs. */

import { getTestbedDisk } from '../image/testbed.js';
import { Router, type StartOptions } from './router.js';

/** Boots a testbed router with a fresh disk. */
export function startTestbed(options?: StartOptions): Promise<Router> {
	return Router.start('testbed', getTestbedDisk, options);
}
