// SPDX-License-Identifier: Apache-2.0
'use strict';

import { glob, open } from 'fs';
import { TABLE } from 'nft_offload.conntrack.sums';

const DEBUGFS = '/sys/kernel/debug';

// What a reply names of each sort
const MOST = 16;

// Tables that are read
const TABLES = 8;

/**
 * Calls `visit(tuple, reply)` for each flow of a table that is bound, both
 * `src:port->dst:port`: the packets that it takes, and those of the other
 * direction. A line is, with IPv6 written out in full,
 *
 *   00421 BND IPv4 5T orig=A:p->B:q new=C:r->D:s eth=… etype=… vlan=… ib1=… ib2=… packets=… bytes=…
 *   01a07 BND IPv6 5T orig=A:p->B:q eth=…
 *
 * `orig` is the packet as it comes, `new` as it goes (mtk_ppe_debugfs.c,
 * mtk_ppe_debugfs_foe_show(); airoha_ppe_debugfs.c,
 * airoha_ppe_debugfs_foe_show()). Only `5T` has both addresses and ports:
 * `visit(null)` for other types (3T, DS-LITE, 6RD, L2B).
 */
function each(path, visit) {
	let fd = open(path, 'r'), line;

	if (!fd)
		return;

	while ((line = fd.read('line'))) {
		let parts = split(line, ' orig=', 2),
		    words = split(parts[1] ?? '', ' ', 3),
		    tuple = words[0],
		    ends = split(substr(words[1] ?? '', 0, 4) == 'new=' ? substr(words[1], 4) : tuple, '->', 2);

		if (index(parts[0], ' BND ') >= 0)
			visit(length(ends) == 2 && index(parts[0], ' 5T') > 0 ? tuple : null, `${ends[1]}->${ends[0]}`);
	}

	fd.close();
}

// 'A dst=B sport=p dport=q …', the part of a conntrack line behind `src=`
function tuple_of(part) {
	let words = split(part ?? '', ' ', 5);

	return `${words[0]}:${substr(words[2] ?? '', 6)}->${substr(words[1] ?? '', 4)}:${substr(words[3] ?? '', 6)}`;
}

/** Takes out of `tuples` whatever conntrack knows, in either direction: one pass. */
function known(tuples) {
	let fd = open(TABLE, 'r'), line;

	// without conntrack there is no telling which flows it does not know
	if (!fd)
		return {};

	while (length(tuples) && (line = fd.read('line'))) {
		let parts = split(line, 'src=', 3);

		delete tuples[tuple_of(parts[1])];
		delete tuples[tuple_of(parts[2])];
	}

	fd.close();

	return tuples;
}

function display(tuple) {
	return replace(tuple, '->', '>');
}

/**
 * The tables of offloaded flows that NICs' drivers show in debugfs, as the
 * contract's `Bound[]`. The two directions of a flow may be in different
 * tables, so each is looked for in all of them. A flow is bound and unknown to
 * conntrack when it is still there after conntrack was read.
 */
export function tables() {
	let paths = slice(sort(glob(`${DEBUGFS}/*ppe*/bind`)), 0, TABLES),
	    all = {}, found = [], unknown = {};

	for (let path in paths)
		each(path, (tuple) => {
			if (tuple)
				all[tuple] = true;
		});

	for (let path in paths) {
		let table = { source: substr(path, length(DEBUGFS) + 1), bound: 0, half: [], half_count: 0, orphans: [], orphan_count: 0 };

		each(path, (tuple, reply) => {
			table.bound++;

			// a flow that was bound since the first reading may be bound in both directions in a moment
			if (!tuple || !all[tuple] || all[reply])
				return;

			table.half_count++;

			if (length(table.half) < MOST)
				push(table.half, display(tuple));
		});

		push(found, table);
	}

	unknown = known(all);

	for (let i = 0; length(unknown) && i < length(paths); i++)
		each(paths[i], (tuple) => {
			if (!tuple || !unknown[tuple])
				return;

			found[i].orphan_count++;

			if (length(found[i].orphans) < MOST)
				push(found[i].orphans, display(tuple));
		});

	return found;
};
