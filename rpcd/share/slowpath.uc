// SPDX-License-Identifier: Apache-2.0
'use strict';

import { run, excerpt } from 'nft_offload.shell';

const NFT = '/usr/sbin/nft';
const TABLE = 'inet nft_offload';

// IPS_OFFLOAD of <linux/netfilter/nf_conntrack_common.h>, set for hardware too
const IPS_OFFLOAD = '0x4000';

// `slow` comes after fw4's chain, so it sees what fw4 let through; `flagged`
// comes before it, so a flow's first packet, which fw4 is about to flag, does
// not count as flagged and slow.
const RULES = `
add table ${TABLE}
delete table ${TABLE}
table ${TABLE} {
	set slow { type ifname . ifname . inet_proto; size 1024; flags dynamic; counter; }
	set flagged { type ifname . ifname . inet_proto; size 1024; flags dynamic; counter; }
	chain before_fw4 {
		type filter hook forward priority -5; policy accept;
		ct status & ${IPS_OFFLOAD} == ${IPS_OFFLOAD} update @flagged { iifname . oifname . meta l4proto }
	}
	chain after_fw4 {
		type filter hook forward priority 500; policy accept;
		update @slow { iifname . oifname . meta l4proto }
	}
}
`;

/** Installs the counters, from zero. null, or nft's words when it refused. */
export function install() {
	let tried = run([ NFT, RULES ]);

	return tried.code ? excerpt(tried.output) : null;
};

export function remove() {
	run([ NFT, 'delete', 'table', 'inet', 'nft_offload' ]);
};

// The elements on one line of a set, each `"br-lan" . "wan" . tcp counter
// packets 5 bytes 300`. A device's name has no blank (dev_valid_name()), so
// blanks separate.
function elements_of(line) {
	let words = filter(split(line, ' '), (word) => length(word)),
	    found = [];

	for (let i = 5; i < length(words) - 4; i++) {
		if (words[i] != 'counter' || words[i + 1] != 'packets')
			continue;

		let protocol = words[i - 1];

		push(found, {
			iif: substr(words[i - 5], 1, -1),
			oif: substr(words[i - 3], 1, -1),
			protocol: protocol in [ 'tcp', '6' ] ? 'tcp' : protocol in [ 'udp', '17' ] ? 'udp' : 'other',
			packets: int(words[i + 2]),
			bytes: int(words[i + 4])
		});
	}

	return found;
}

/**
 * Parses what `nft list table inet nft_offload` prints into the contract's
 * SlowPair[]: the elements of set `slow`, with the counters of set `flagged`
 * beside them. Protocols that are neither TCP nor UDP are added up.
 */
export function parse(text) {
	let pairs = {}, prefix = '';

	for (let line in split(text, '\n')) {
		line = trim(line);

		if (substr(line, 0, 4) == 'set ')
			prefix = line == 'set flagged {' ? 'flagged_' : '';

		for (let element in elements_of(line)) {
			let key = join(' ', [ element.iif, element.oif, element.protocol ]),
			    pair = (pairs[key] ??= {
				iif: element.iif, oif: element.oif, protocol: element.protocol,
				packets: 0, bytes: 0, flagged_packets: 0, flagged_bytes: 0
			    });

			pair[prefix + 'packets'] += element.packets;
			pair[prefix + 'bytes'] += element.bytes;
		}
	}

	return values(pairs);
};

/** Reads the counters: { pairs, error }; error in nft's words when the table is not there. */
export function read() {
	let listed = run([ NFT, 'list', 'table', 'inet', 'nft_offload' ]);

	return listed.code ? { pairs: [], error: excerpt(listed.output) } : { pairs: parse(listed.output), error: null };
};
