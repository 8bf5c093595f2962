// SPDX-License-Identifier: Apache-2.0
'use strict';

import { run, excerpt } from 'nft_offload.run.program';

const NFT = '/usr/sbin/nft';
const TABLE = 'inet nft_offload';

// IPS_OFFLOAD of <linux/netfilter/nf_conntrack_common.h>, set for hardware too
const IPS_OFFLOAD = '0x4000';

const KEY = 'type ifname . ifname . nf_proto . inet_proto; size 1024; flags dynamic; counter;';
const OF_PACKET = '{ iifname . oifname . meta nfproto . meta l4proto }';

// Set `slow` is filled after fw4's chain, with what fw4 let through. Set `flagged`
// is filled before it: the packet at which fw4 offloads a flow is not flagged yet,
// and is slow for a good reason. Entries of `options` expire after a minute, so
// that one host that sends many cannot keep others out of it for long.
const RULES = `
add table ${TABLE}
delete table ${TABLE}
table ${TABLE} {
	set slow { ${KEY} }
	set flagged { ${KEY} }
	set options { type ipv4_addr . ipv4_addr; size 64; flags dynamic, timeout; timeout 1m; }
	chain before_fw4 {
		type filter hook forward priority -5; policy accept;
		ct status & ${IPS_OFFLOAD} == ${IPS_OFFLOAD} update @flagged ${OF_PACKET}
	}
	chain after_fw4 {
		type filter hook forward priority 500; policy accept;
		update @slow ${OF_PACKET}
		ip hdrlength > 5 update @options { ip saddr . ip daddr }
	}
}
`;

/** Installs the counters, from zero. null, or nft's words when it refused. */
export function install() {
	let tried = run([ NFT, RULES ]);

	return tried.code ? excerpt(tried.output) : null;
};

/** Removes the counters. */
export function remove() {
	run([ NFT, 'delete', 'table', 'inet', 'nft_offload' ]);
};

// The elements on one line of a set, each `"br-lan" . "wan" . ipv4 . tcp counter
// packets 5 bytes 300`. A device's name has no blank (dev_valid_name()), so
// blanks separate.
function elements_of(words) {
	let found = [];

	for (let i = 7; i < length(words) - 4; i++) {
		if (words[i] != 'counter' || words[i + 1] != 'packets')
			continue;

		let protocol = words[i - 1];

		push(found, {
			iif: substr(words[i - 7], 1, -1),
			oif: substr(words[i - 5], 1, -1),
			family: words[i - 3] in [ 'ipv6', '10' ] ? 'ipv6' : 'ipv4',
			protocol: protocol in [ 'tcp', '6' ] ? 'tcp' : protocol in [ 'udp', '17' ] ? 'udp' : 'other',
			packets: int(words[i + 2]),
			bytes: int(words[i + 4])
		});
	}

	return found;
}

// The pairs on one line of set `options`, each `192.0.2.1 . 192.0.2.2 expires 59s`
function addresses_of(words) {
	let found = [];

	// the set's own `type ipv4_addr . ipv4_addr`
	if (words[0] == 'type')
		return found;

	for (let i = 1; i < length(words) - 1; i++)
		if (words[i] == '.')
			push(found, [ words[i - 1], rtrim(words[i + 1], ',') ]);

	return found;
}

/**
 * Parses what `nft list table inet nft_offload` prints into the contract's
 * SlowPair[], the elements of set `slow` with the counters of set `flagged`
 * beside them, and into SlowPath.options: { pairs, options }. Protocols that
 * are neither TCP nor UDP are added up.
 */
export function parse(text) {
	let pairs = {}, options = [], set = null;

	for (let line in split(text, '\n')) {
		let words = filter(split(trim(line), ' '), (word) => length(word));

		if (words[0] in [ 'set', 'chain' ] && words[2] == '{')
			set = words[1];

		if (set == 'options') {
			push(options, ...addresses_of(words));
			continue;
		}

		let prefix = set == 'flagged' ? 'flagged_' : '';

		for (let element in elements_of(words)) {
			let key = join(' ', [ element.iif, element.oif, element.family, element.protocol ]),
			    pair = (pairs[key] ??= {
				iif: element.iif, oif: element.oif, family: element.family, protocol: element.protocol,
				packets: 0, bytes: 0, flagged_packets: 0, flagged_bytes: 0
			    });

			pair[prefix + 'packets'] += element.packets;
			pair[prefix + 'bytes'] += element.bytes;
		}
	}

	return { pairs: values(pairs), options };
};

/**
 * Reads the counters: { pairs, options, install, error }. install: the table's
 * handle, another one after each install(). error: nft's words when the table
 * is not there.
 */
export function read() {
	let listed = run([ NFT, '-a', 'list', 'table', 'inet', 'nft_offload' ]);

	if (listed.code)
		return { pairs: [], options: [], install: null, error: excerpt(listed.output) };

	return { ...parse(listed.output), install: int(split(listed.output, '# handle ', 3)[1] ?? '0'), error: null };
};
