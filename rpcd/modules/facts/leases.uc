// SPDX-License-Identifier: Apache-2.0
'use strict';

import { open, glob } from 'fs';
import { short } from 'nft_offload.conntrack.address';

// Addresses with a name that are kept: each costs 150 bytes of memory
const MOST = 2048;

// Calls `visit` with the words of each line
function each_line(file, visit) {
	let fd = open(file, 'r');

	if (!fd)
		return;

	for (let line = fd.read('line'); length(line); line = fd.read('line'))
		visit(split(rtrim(line, '\r\n'), /[ \t]+/));

	fd.close();
}

/**
 * Names by address, from the leases of dnsmasq (`expiry mac address name id`,
 * also DHCPv6's) and odhcpd (`# device duid iaid name expiry id length address/length …`
 * in its lease file, else lines as in /etc/hosts). IPv6 addresses are shortened.
 * A name is what the device calls itself: text that may mean harm.
 */
export function hosts() {
	let found = {}, count = 0;

	let add = (address, name) => {
		if (!length(name) || name in [ '*', '-' ] || !length(iptoarr(address ?? '')) || count >= MOST)
			return;

		let key = short(address);

		// the first file that names an address counts
		if (!found[key]) {
			found[key] = name;
			count++;
		}
	};

	each_line('/tmp/dhcp.leases', (words) => add(words[2], words[3]));

	for (let file in glob('/tmp/hosts/odhcpd*', '/tmp/odhcpd.leases'))
		each_line(file, (words) => {
			if (words[0] != '#')
				return add(words[0], words[2] ?? words[1]);

			for (let address in slice(words, 8))
				add(split(address, '/')[0], words[4]);
		});

	return found;
};
