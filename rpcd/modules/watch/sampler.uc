// SPDX-License-Identifier: Apache-2.0
'use strict';

import { budget } from 'nft_offload.run.budget';
import { now } from 'nft_offload.run.process';
import { pass } from 'nft_offload.conntrack.sums';
import { wait_until_idle } from 'nft_offload.run.workers';
import { cpu_times, cpu_shares } from 'nft_offload.facts.cpu';
import { end, wanted } from 'nft_offload.watch.lease';
import * as slowpath from 'nft_offload.watch.slowpath';
import * as state from 'nft_offload.run.state';

// How long a round may take to its end when the package goes, s
const PATIENCE = 60;

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

/** Removes the counters and the numbers, also those of a sampler that died. */
export function clean() {
	slowpath.remove();
	state.remove('watch');
};

// Reads the counters of `inet nft_offload`; puts them back when somebody flushed them away
function read_slow(slow) {
	// the time before nft looks, so that all that came until then is counted
	let at = now(), read = slow.error ? { error: slow.error } : slowpath.read();

	if (read.error)
		return { at: now(), since: now(), pairs: [], options: [], error: slowpath.install() };

	return { at, since: slow.since, pairs: read.pairs, options: read.options, error: null };
}

// The trial that waits for an answer now, null when there is none
function trial() {
	let tx = state.read('transaction');

	return tx?.step == 'waiting' && !tx.measurement ? tx.id : null;
}

/**
 * The sampler's life: installs the counters, reads nft and conntrack in turn
 * while somebody watches, and leaves what it saw in the state file `watch`.
 */
export function sample() {
	let allowance = budget(), passes = 0,
	    slow = { since: now(), error: slowpath.install() },
	    sums = null, sums_at = null, times = null, on_trial = trial(),
	    watch = { flows: null, slow: null, cpu: null, every: 0, cost: { conntrack: 0, nft: 0 } };

	while (wanted()) {
		let began = now(), times_before = times;

		allowance.begin();
		times = cpu_times();
		watch.cpu = cpu_shares(times_before, times);
		watch.slow = slow = read_slow(slow);
		watch.cost.nft = (now() - began) * 1000;

		let at = now(), before = sums;

		sums = pass(before);

		if (sums)
			watch.flows = flow_sums(at, sums, before ? sums_at : null);

		sums_at = at;
		watch.cost.conntrack = (now() - at) * 1000;

		let due = allowance.next(began, ++passes);

		watch.every = due - began;
		state.write('watch', watch);

		while (now() < due && wanted()) {
			// a second at most at a time, to notice soon that nobody watches
			sleep(int(1000 * min(1, max(0.05, due - now()))));

			let current = trial();

			// on a slow router the next numbers would come too late for the answer that the trial waits for
			if (current && current != on_trial && allowance.allows(0)) {
				passes = 0;
				due = now();
			}

			on_trial = current;
		}
	}

	clean();
};

/** Ends the sampler, because the package is removed, and waits for every other worker that still runs. */
export function stop() {
	end();
	wait_until_idle(PATIENCE);
	clean();
};
