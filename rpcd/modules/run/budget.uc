// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now, cpu_seconds } from 'nft_offload.run.process';

// What a worker may use of a core, the programs it runs included
const SHARE = 0.02;

// From the begin of a pass to that of the next, s: at least, and from the first
// pass to the second, which together make the first rates
const SHORTEST = 2;
const FIRST_WINDOW = 4;

// The passes that somebody waits for need not be earned before they begin.
// While so many of them are not earned back, they have to wait too.
const LOANS = 8;

/**
 * A worker's allowance of CPU time, from now on. A pass is one reading of
 * conntrack; `passes` is how many there were since somebody began to wait for
 * their result: the first two are lent. Times are those of now(), in s.
 */
export function budget() {
	let began = now(), used_before = cpu_seconds(), loans = 0;

	// s until what was used so far is earned
	let debt = () => (cpu_seconds() - used_before) / SHARE - (now() - began);

	let lends = (passes) => passes < 2 && loans < LOANS;

	return {
		/** Whether a pass may begin. */
		allows: (passes) => debt() <= 0 || lends(passes),

		/** Counts that one begins now. */
		begin: () => {
			loans = debt() > 0 ? loans + 1 : 0;
		},

		/** When the next pass may begin, after one that began at `at` and made them `passes`. */
		next: (at, passes) => passes == 1 && lends(passes) ? at + FIRST_WINDOW
			: max(at + SHORTEST, now() + debt())
	};
};
