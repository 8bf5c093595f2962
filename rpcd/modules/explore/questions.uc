// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import * as state from 'nft_offload.run.state';

/** Seconds after the last question at which nobody asks any more. */
export const LEASE = 60;

/** Queries of flows that are answered at a time: each has a state file `flows.N`; `groups` is one more. */
export const SLOTS = 4;

// A question that is asked again and again need not be written down each time, s
const RENEW = 5;

const SEARCH = 64;
const ZONE = 64;

/** What an argument of `flows` may be; the first is what it is when it is not given. */
const CHOICES = {
	path: [ '', 'hardware', 'software', 'slow' ],
	protocol: [ '', 'tcp', 'udp', 'other' ],
	family: [ '', 'ipv4', 'ipv6' ],
	sort: [ 'bytes', 'rate', 'age' ]
};

/**
 * The contract's query from the arguments of a call: { query }, or { argument,
 * expected } of the first that cannot be. '' is like not given.
 */
export function normal(args) {
	let query = {};

	for (let name in [ 'search', 'path', 'protocol', 'family', 'zone', 'sort' ]) {
		let value = args?.[name] ?? '', choices = CHOICES[name];

		if (choices && value === '')
			value = choices[0];

		if (type(value) != 'string' || (choices && !(value in choices)))
			return { argument: name, expected: choices ? join(', ', filter(choices, (choice) => length(choice))) : 'text' };

		if (length(value) > (name == 'search' ? SEARCH : ZONE))
			return { argument: name, expected: `at most ${SEARCH} characters` };

		query[name] = value;
	}

	return { query };
};

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

/** Leaves nothing behind, whoever asked. */
export function clean() {
	for (let i = 0; i < SLOTS; i++)
		state.remove(`flows.${i}`);

	state.remove('groups');
	state.remove('asked');
};

/**
 * Flows by path of the rows found last whose counters have stood still for
 * `seconds` and more, as the contract's ConflictFacts.still; null when nobody searched.
 */
export function still(seconds) {
	let found = null;

	for (let i = 0; i < SLOTS; i++) {
		let facts = state.read(`flows.${i}`);

		if (!facts || now() - facts.at > 2 * LEASE)
			continue;

		found ??= { hardware: {}, software: {}, slow: {} };

		// searches may find the same flow
		for (let row in facts.rows)
			if (row[16] >= seconds)
				found[[ 'hardware', 'software', 'slow' ][row[0]]][join(' ', [ row[1], ...slice(row, 5, 9) ])] = true;
	}

	if (found)
		for (let path in keys(found))
			found[path] = length(found[path]);

	return found;
};
