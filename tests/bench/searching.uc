// SPDX-License-Identifier: Apache-2.0
// A search, or groups when there is no query: the second pass, which has the first's memory
'use strict';

import { readfile } from 'fs';
import { used, peak } from 'bench.cost';
import * as flows from 'nft_offload.conntrack.flows';
import * as groups from 'nft_offload.conntrack.groups';

let asked = json(ARGV[1]), networks = asked.networks, hosts = asked.hosts, found, memory = null, before, cost;

for (let pass = 0; pass < 2; pass++) {
	before = used();
	found = asked.query ? flows.pass(asked.query, memory, 100.0 + 10 * pass, networks, hosts, asked.by_age, ARGV[0])
		: groups.pass(networks, hosts, ARGV[0]);
	cost = used() - before;
	memory = found.memory;
}

let facts = asked.query ? found.facts : found;

printf('%J\n', { cost, entries: facts.entries, peak: peak(), rows: length(facts.rows ?? facts.clients), reply: sprintf('%J', facts) });
