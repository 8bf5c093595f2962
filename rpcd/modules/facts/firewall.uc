// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, glob } from 'fs';

/** Whether firewall4 is installed. */
export function present() {
	return !!access('/sbin/fw4', 'x');
};

/** Whether nftables is installed. */
export function nft_present() {
	return !!access('/usr/sbin/nft', 'x');
};

/** Whether the firewall starts at boot. */
export function enabled() {
	return length(glob('/etc/rc.d/S[0-9]*firewall')) > 0;
};
