// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, open, popen, readfile } from 'fs';
import { TABLE } from 'nft_offload.conntrack.sums';

const CONNTRACK = '/usr/sbin/conntrack';

// /proc is read in steps that each walk a bucket's chain again: with so many
// entries a bucket netlink is the cheaper way
const CHAIN = 2;

function sysctl(name) {
	return int(readfile(`/proc/sys/net/netfilter/nf_conntrack_${name}`) ?? '0');
}

/** Whether entries tell their age (`delta-time=`, s). */
export function stamped() {
	return sysctl('timestamp') == 1;
};

// Each family for itself: `conntrack` of old takes IPv4 when it is not told.
// IPS_OFFLOAD is set for hardware too, and the kernel sees to it.
function by_netlink(offloaded, family) {
	return popen(join('; ', map(family ? [ family ] : [ 'ipv4', 'ipv6' ],
		(name) => `${CONNTRACK} -L -o extended ${offloaded ? '-u OFFLOAD ' : ''}-f ${name} 2>/dev/null`)), 'r');
}

/**
 * Has `pass` read conntrack's table: pass(fd, source) reads lines to the end
 * and returns its result, this one too; null where there is no table.
 *
 * source: `conntrack` where it is installed and cheaper, for `path` hardware
 * and software, of which the kernel then shows no others, and when the table's
 * chains are long; else `proc`, or the file given.
 */
export function read_table(path, family, file, pass) {
	let offloaded = path in [ 'hardware', 'software' ], buckets = sysctl('buckets');

	if (!file && access(CONNTRACK, 'x') && (offloaded || (buckets && sysctl('count') > CHAIN * buckets))) {
		let fd = by_netlink(offloaded, family),
		    found = fd ? pass(fd, 'conntrack') : null;

		// without kmod-nf-conntrack-netlink it fails
		if (fd?.close() == 0)
			return found;
	}

	let fd = open(file ?? TABLE, 'r'), found = fd ? pass(fd, 'proc') : null;

	if (fd)
		fd.close();

	return found;
};
