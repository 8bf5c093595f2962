// SPDX-License-Identifier: Apache-2.0
'use strict';

import { budget } from 'nft_offload.run.budget';
import { now, cpu_seconds } from 'nft_offload.run.process';
import { asked, clean, wanted, SLOTS } from 'nft_offload.explore.questions';
import { hosts } from 'nft_offload.facts.leases';
import { stamped } from 'nft_offload.conntrack.table';
import * as flows from 'nft_offload.conntrack.flows';
import * as groups from 'nft_offload.conntrack.groups';
import * as kernel from 'nft_offload.facts.kernel';
import * as networks from 'nft_offload.facts.networks';
import * as state from 'nft_offload.run.state';

// How long to sleep when no question is due, ms: at first, and after a while,
// because looking for questions costs as well
const NAP = 250;
const LONG_NAP = 1000;

// Networks and their addresses change seldom, s
const FRESH = 10;

const NO_FLOWS = { source: 'proc', entries: 0, matched: 0, rows: [], more: false, hosts: {} };
const NO_GROUPS = { entries: 0, clients: [], networks: [], protocols: [] };

// Returns a function that gives the networks with their addresses, at most FRESH seconds old
function remembered_networks() {
	let found = null, found_at = null;

	return () => {
		if (found_at == null || now() - found_at >= FRESH) {
			let interfaces = networks.interfaces();

			found = networks.addressed(networks.zones(interfaces), interfaces);
			found_at = now();
		}

		return found;
	};
}

// The questions by the names of their answers' state files: { name, at, query }, `query` null for groups
function questions_asked() {
	let questions = asked(), found = [];

	for (let i = 0; i < min(SLOTS, length(questions.flows)); i++)
		push(found, { name: `flows.${i}`, at: questions.flows[i].at, query: questions.flows[i].query });

	if (questions.groups >= 0)
		push(found, { name: 'groups', at: questions.groups, query: null });

	return found;
}

/**
 * The worker's life: answers what is asked for, the question that waits
 * longest first, until nobody asks any more. An answer is looked for again only
 * when it was asked for again since.
 */
export function answer() {
	let allowance = budget(), nap = NAP, networks_now = remembered_networks(),
	    // by state file what was answered there: { text, passes, at, due, memory }
	    answers = {};

	// What was answered to this question; another query in the same state file is a new question
	let answered = (question) => {
		let text = sprintf('%J', question.query), known = answers[question.name];

		if (known?.text != text)
			answers[question.name] = known = { text, passes: 0, at: null, due: null, memory: null };

		return known;
	};

	// Since when the question waits for a pass, null when it need not be answered
	let waits_since = (question) => {
		let known = answered(question);

		if (known.at == null)
			return question.at;

		return question.at < known.at ? null : max(question.at, known.due);
	};

	let find_facts = (query, known, at) => {
		if (!query)
			return groups.pass(networks_now(), hosts()) ?? NO_GROUPS;

		let found = flows.pass(query, known.memory, at, networks_now(), hosts(), stamped());

		known.memory = found?.memory;

		return found?.facts ?? { query, ...NO_FLOWS };
	};

	let serve = (question) => {
		let known = answered(question), at = now(), used = cpu_seconds(),
		    // before the table is read: what is loaded meanwhile shows in the next answer
		    ruleset = kernel.ruleset();

		allowance.begin();

		let facts = find_facts(question.query, known, at);

		known.at = at;
		known.due = allowance.next(at, ++known.passes);
		state.write(question.name, { at, ruleset, ...facts, cost: (cpu_seconds() - used) * 1000, every: known.due - at });
	};

	while (wanted()) {
		let next = null, next_since = null;

		for (let question in questions_asked()) {
			let since = waits_since(question);

			if (since == null || since > now() || (next && since >= next_since))
				continue;

			if (allowance.allows(answered(question).passes)) {
				next = question;
				next_since = since;
			}
		}

		if (next) {
			nap = NAP;
			serve(next);
		}
		else {
			sleep(nap);
			nap = min(2 * nap, LONG_NAP);
		}
	}

	clean();
};
