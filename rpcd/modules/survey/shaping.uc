// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access } from 'fs';
import { cursor } from 'uci';
import { run } from 'nft_offload.run.program';
import { bool } from 'nft_offload.facts.uci_values';
import { short_text } from 'nft_offload.survey.short_text';

// Kinds that limit or queue, which offloaded packets pass by
const SHAPERS = [ 'cake', 'cake_mq', 'htb', 'hfsc', 'tbf', 'drr', 'qfq' ];

// What a reply names of each sort
const MOST = 64;

/** The queues that sqm-scripts are configured for, as the contract has them. */
export function sqm() {
	let found = [];

	cursor().foreach('sqm', 'queue', (queue) => push(found, {
		interface: short_text(queue.interface), enabled: bool(queue.enabled), qdisc: short_text(queue.qdisc)
	}));

	return slice(found, 0, MOST);
};

/**
 * The queueing disciplines that shape, the first of each kind on a device, as the
 * contract has them; null without tc. It prints a line each,
 * `qdisc cake 8001: dev eth1 root …` (tc/tc_qdisc.c, print_qdisc()).
 */
export function qdiscs() {
	let listed = access('/sbin/tc') || access('/usr/sbin/tc') ? run([ 'tc', 'qdisc' ]) : null,
	    found = {};

	if (listed?.code != 0)
		return null;

	for (let line in split(listed.output, '\n')) {
		let words = split(line, ' ');

		if (words[0] == 'qdisc' && words[3] == 'dev' && words[1] in SHAPERS)
			found[`${words[4]} ${words[1]}`] = { device: short_text(words[4]), kind: words[1] };
	}

	return slice(values(found), 0, MOST);
};
