// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now, cpu_seconds } from 'nft_offload.run.process';
import { asked, clean, wanted, SLOTS } from 'nft_offload.explore.questions';
import { hosts } from 'nft_offload.facts.leases';
import { stamped } from 'nft_offload.conntrack.table';
import * as flows from 'nft_offload.conntrack.flows';
import * as groups from 'nft_offload.conntrack.groups';
import * as networks from 'nft_offload.facts.networks';
import * as state from 'nft_offload.run.state';

// The worker may use this share of a core, programs it runs included. The first
// two passes of a question are lent, because somebody waits; when LENT of them
// are not earned back yet, they have to wait too.
const SHARE = 0.02;
const SHORTEST = 2;
const FIRST_WINDOW = 4;
const LENT = 8;

// How long a question waits to be seen, ms: at first, and when none came for a
// while, because looking costs as well
const NAP = 250;
const LONG_NAP = 1000;

// Networks and their addresses change seldom, s
const FRESH = 10;

/**
 * The worker's life: answers what is asked for, the question that waits
 * longest first, until nobody asks any more. An answer is looked for again only
 * when it was asked for again since.
 */
export function answer() {
	let started = now(), used_before = cpu_seconds(), borrowed = 0, nap = NAP,
	    served = {}, nets = null, nets_at = null;

	// s until what was used is earned
	let debt = () => (cpu_seconds() - used_before) / SHARE - (now() - started);

	// when the question may be answered, null when it need not be
	let due = (name, at, query) => {
		let last = served[name], text = sprintf('%J', query);

		if (last?.text != text)
			served[name] = last = { text, query, passes: 0, at: null, memory: null };

		return last.at == null ? at : at < last.at ? null : max(at, last.at + (last.passes == 1 ? FIRST_WINDOW : SHORTEST));
	};

	let serve = (name, one) => {
		let at = now(), used = cpu_seconds(), facts;

		if (nets_at == null || at - nets_at >= FRESH) {
			let interfaces = networks.interfaces();

			nets = networks.addressed(networks.zones(interfaces), interfaces);
			nets_at = at;
		}

		if (one.query) {
			let found = flows.pass(one.query, one.memory, at, nets, hosts(), stamped());

			one.memory = found?.memory;
			facts = found?.facts ?? { query: one.query, source: 'proc', entries: 0, matched: 0, rows: [], more: false, hosts: {} };
		}
		else {
			facts = groups.pass(nets, hosts()) ?? { entries: 0, clients: [], networks: [], protocols: [] };
		}

		one.at = at;
		one.passes++;

		state.write(name, {
			at, ...facts, cost: (cpu_seconds() - used) * 1000,
			every: one.passes == 1 && borrowed < LENT ? FIRST_WINDOW : max(SHORTEST, debt())
		});
	};

	while (wanted()) {
		let questions = asked(), owed = debt(), next = null, next_due = null;

		if (owed <= 0)
			borrowed = 0;

		let consider = (name, at, query) => {
			let when = due(name, at, query);

			if (when != null && when <= now() && (next == null || when < next_due) &&
			    (owed <= 0 || (served[name].passes < 2 && borrowed < LENT))) {
				next = name;
				next_due = when;
			}
		};

		for (let i = 0; i < min(SLOTS, length(questions.flows)); i++)
			consider(`flows.${i}`, questions.flows[i].at, questions.flows[i].query);

		if (questions.groups >= 0)
			consider('groups', questions.groups, null);

		if (next == null) {
			sleep(nap);
			nap = min(2 * nap, LONG_NAP);
			continue;
		}

		nap = NAP;

		if (owed > 0)
			borrowed++;

		serve(next, served[next]);
	}

	clean();
};
