// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile } from 'fs';

/**
 * What all CPUs together have spent since boot, in ticks: { all, softirq, idle }
 * (/proc/stat, the line `cpu`: user, nice, system, idle, iowait, irq, softirq,
 * steal; guests are in user). null when it cannot be read.
 */
export function cpu_times() {
	let words = filter(split(split(readfile('/proc/stat') ?? '', '\n', 2)[0], ' '), (word) => length(word));

	if (words[0] != 'cpu')
		return null;

	let ticks = map(slice(words, 1, 9), (word) => int(word)), all = 0;

	for (let n in ticks)
		all += n;

	return { all, softirq: ticks[6], idle: ticks[3] + ticks[4] };
};

/** The contract's Cpu between two cpu_times(); null when either could not be read or no time passed. */
export function cpu_shares(before, to) {
	let all = (to?.all ?? 0) - (before?.all ?? 0),
	    share = (ticks) => min(1, max(0, ticks / (all + 0.0)));

	if (!before || !to || all <= 0)
		return null;

	return { softirq: share(to.softirq - before.softirq), busy: share(all - to.idle + before.idle) };
};
