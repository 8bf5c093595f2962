// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.process';
import { pass } from 'nft_offload.conntrack';
import * as kernel from 'nft_offload.kernel';
import * as slowpath from 'nft_offload.slowpath';
import * as state from 'nft_offload.state';

/** Seconds after the last `status { watch: true }` at which nobody watches any more. */
export const LEASE = 15;

// Each of the two jobs may use 1 % of the time: it rests a hundred times as
// long as it took. Wall clock, so on a busy router it rests longer.
const REST = 100;
const SHORTEST = 2;

/** Renews the lease. False when /tmp is full. */
export function renew() {
	return state.write('lease', { at: now() });
};

/** Whether somebody watches. */
export function wanted() {
	let lease = state.read('lease');

	return lease != null && now() - lease.at < LEASE;
};

function rest(took) {
	return max(SHORTEST, took * REST);
}

// { at, entries, paths, rates, window } of the contract, from two passes
function flow_sums(at, sums, before_at) {
	let window = before_at == null ? 0 : at - before_at,
	    rates = null;

	if (before_at != null && sums.counted) {
		let rate = (path) => ({
			packets: max(0, sums.moved[path]) / window,
			bytes: max(0, sums.moved[path + 3]) / window
		});

		rates = { hardware: rate(0), software: rate(1), slow: rate(2) };
	}

	return { at, entries: sums.entries, paths: sums.paths, rates, window };
}

/** Leaves nothing behind, whoever made it. */
export function clean() {
	slowpath.remove();
	state.remove('watch');
};

/**
 * The sampler's life: installs the counters, reads nft and conntrack in turn
 * while somebody watches, and leaves what it saw in the state file `watch`.
 */
export function sample() {
	let error = slowpath.install(),
	    since = now(),
	    sums = null, sums_at = null,
	    flows_due = 0, nft_due = 0,
	    watch = { flows: null, slow: null, every: SHORTEST, cost: { conntrack: 0, nft: 0 } };

	while (wanted()) {
		let began = now();

		if (began >= nft_due) {
			kernel.look();

			let slow = error ? { pairs: [], error } : slowpath.read();

			// somebody flushed the ruleset, ours with it
			if (slow.error) {
				error = slowpath.install();
				since = now();
				slow = { pairs: [], error };
			}

			watch.slow = { at: now(), since, pairs: slow.pairs, error: slow.error };

			let took = now() - began;

			watch.cost.nft = took * 1000;
			nft_due = now() + rest(took);
		}

		began = now();

		if (began >= flows_due) {
			let before = sums, before_at = sums_at;

			sums = pass(before);
			sums_at = began;

			let took = now() - began;

			if (sums)
				watch.flows = flow_sums(began, sums, before ? before_at : null);

			watch.cost.conntrack = took * 1000;
			watch.every = rest(took);
			flows_due = now() + watch.every;
		}

		state.write('watch', watch);

		// a second at most, to notice soon that nobody watches
		sleep(int(1000 * min(1, max(0.1, min(nft_due, flows_due) - now()))));
	}

	clean();
};
