// SPDX-License-Identifier: Apache-2.0
/** A root filesystem of OpenWrt that somebody has: its own init, procd, netifd, rpcd, firewall4 and LuCI. */

import { resolve } from 'node:path';
import { getRootfsDisk } from '../image/rootfs.js';
import { Router, type StartOptions } from './router.js';

/**
 * Boots a copy of a root filesystem with the product installed.
 * @param from directory or tar archive
 */
export function startRootfs(from: string, options?: StartOptions): Promise<Router> {
	return Router.start('rootfs', (kernel) => getRootfsDisk(resolve(from), kernel), options);
}
