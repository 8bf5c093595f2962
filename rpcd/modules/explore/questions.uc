// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import * as state from 'nft_offload.run.state';

/** Seconds after the last question at which nobody asks any more. */
export const LEASE = 60;

/** Queries of flows that are answered at a time: each has a state file `flows.N`; `groups` is one more. */
export const SLOTS = 4;

// A question that is repeated is written down once in so many seconds
const RENEW = 5;

function same(a, b) {
	return a != null && sprintf('%J', a) == sprintf('%J', b);
}

/** Who asked: { flows: [ { query, at } … ], groups }, `at` and `groups` the time of the last question. */
export function asked() {
	let found = state.read('asked');

	return { flows: found?.flows ?? [], groups: found?.groups ?? -LEASE };
};

/**
 * Writes down that `query` is asked, or groups when it is null: in its slot,
 * or the one that was asked longest ago. Returns the state file of the answer,
 * null when /tmp is full.
 */
export function ask(query) {
	let questions = asked(), at = now(), slot = -1, oldest = 0;

	if (!query) {
		if (at - questions.groups >= RENEW && !state.write('asked', { ...questions, groups: at }))
			return null;

		return 'groups';
	}

	for (let i = 0; i < length(questions.flows); i++) {
		if (same(questions.flows[i].query, query))
			slot = i;

		if (questions.flows[i].at < questions.flows[oldest].at)
			oldest = i;
	}

	let renewed = slot >= 0 && at - questions.flows[slot].at < RENEW;

	if (slot < 0)
		slot = length(questions.flows) < SLOTS ? length(questions.flows) : oldest;

	if (!renewed) {
		questions.flows[slot] = { query, at };

		if (!state.write('asked', questions))
			return null;
	}

	return `flows.${slot}`;
};

/** The answer in state file `name`, null when it answers another query. */
export function answer(name, query) {
	let facts = state.read(name);

	return facts && (!query || same(facts.query, query)) ? facts : null;
};

/** Whether anybody asks. */
export function wanted() {
	let questions = asked(), since = now() - LEASE;

	return questions.groups > since || length(filter(questions.flows, (one) => one.at > since)) > 0;
};

/** Removes all questions and answers. */
export function clean() {
	for (let i = 0; i < SLOTS; i++)
		state.remove(`flows.${i}`);

	state.remove('groups');
	state.remove('asked');
};
