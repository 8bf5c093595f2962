// SPDX-License-Identifier: Apache-2.0
'use strict';

import { open } from 'fs';

export const TABLE = '/proc/net/nf_conntrack';

// Flows above this many bytes are followed from pass to pass, to know what a
// path moves now; at most TRACK of them: a pass that meets more leaves the
// next a higher threshold.
const THRESHOLD = 32768;
const TRACK = 1024;

const PATHS = [ 'hardware', 'software', 'slow' ];

const UNDERSCORE = ord('_');

function no_sums() {
	let paths = {};

	for (let path in PATHS) {
		paths[path] = {};

		for (let family in [ 'ipv4', 'ipv6' ]) {
			paths[path][family] = {};

			for (let protocol in [ 'tcp', 'udp', 'other' ])
				paths[path][family][protocol] = { flows: 0, packets: 0, bytes: 0 };
		}
	}

	return paths;
}

// A line begins "ipv4     2 tcp      6 …" or "ipv6     10 udp      17 …"; its
// first 15 characters tell family and protocol, so one look-up finds the sums.
function row_of(paths, prefix) {
	let family = substr(prefix, 0, 4),
	    name = split(substr(prefix, family == 'ipv4' ? 11 : 12), ' ')[0],
	    protocol = name in [ 'tcp', 'udp' ] ? name : 'other',
	    row = [];

	for (let path in PATHS)
		push(row, paths[path][family][protocol]);

	return row;
}

// ICMP has one field more before its counters than TCP, GRE and others differ
// again: index of the field that starts with the original direction's packets,
// or null when the line has no counters (nf_conntrack_acct off).
function counters_at(fields) {
	for (let i = 0; i < length(fields) - 1; i++)
		if (substr(fields[i], -8) == ' packets')
			return i + 1;

	return null;
}

/**
 * One pass over conntrack's table. A line splits at its '=' into fields that
 * begin with their value and end with the next name:
 *   ipv4 2 tcp 6 [timeout state] src|A dst|A sport|P dport|P packets|N bytes|N src|…|P packets|N bytes|N [flags] mark|…
 * so the sums take one split and four int(), which stop at the first letter;
 * a regular expression per line would cost thirty times as much.
 *
 * before: what the pass before returned, or null on the first.
 * Returns { entries, paths, moved, tracked, threshold, counted }: `paths` as in
 * the contract; `moved` packets and bytes by path since `before`; null where
 * there is no conntrack.
 */
export function pass(before, table) {
	let fd = open(table ?? TABLE, 'r');

	if (!fd)
		return null;

	let paths = no_sums(), rows = {},
	    entries = 0, counted = false,
	    moved = [ 0, 0, 0, 0, 0, 0 ],
	    known = before?.tracked ?? {}, tracked = {}, following = 0,
	    threshold = before?.threshold ?? THRESHOLD;

	for (let line = fd.read('line'); length(line); line = fd.read('line')) {
		let fields = split(line, '='),
		    prefix = substr(line, 0, 15),
		    row = (rows[prefix] ??= row_of(paths, prefix)),
		    at = 5;

		entries++;

		if (substr(fields[4], -8) != ' packets')
			at = counters_at(fields);

		if (at == null) {
			let mark = index(line, 'OFFLOAD]');

			row[mark < 0 ? 2 : ord(line, mark - 1) == UNDERSCORE ? 0 : 1].flows++;
			continue;
		}

		let wide = at * 2 + 2,
		    last = fields[wide],
		    mark = index(last, 'OFFLOAD]'),
		    path = mark < 0 ? 2 : ord(last, mark - 1) == UNDERSCORE ? 0 : 1,
		    bytes = int(fields[at + 1]) + int(last),
		    packets = int(fields[at]) + int(fields[wide - 1]),
		    sum = row[path];

		sum.flows++;
		sum.packets += packets;
		sum.bytes += bytes;
		counted = true;

		if (bytes > threshold && following < TRACK) {
			let key = substr(line, 0, 4) + fields[1] + fields[2] + fields[3] + fields[4],
			    was = known[key];

			tracked[key] = [ packets, bytes ];
			following++;
			moved[path] += packets - (was?.[0] ?? 0);
			moved[path + 3] += bytes - (was?.[1] ?? 0);
		}
	}

	fd.close();

	return { entries, paths, moved, tracked, counted, threshold: following < TRACK ? threshold : threshold * 4 };
};
