// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile, readlink } from 'fs';

/** Seconds since boot with milliseconds (CLOCK_MONOTONIC): NTP cannot move it. */
export function now() {
	let t = clock(true);

	return (t[0] * 1000 + t[1] / 1000000) / 1000.0;
};

export function self() {
	return int(readlink('/proc/self'));
};

/**
 * Whether process `pid` lives and is one of ours: its command line names
 * `program`, a path, so that a reused pid does not count.
 */
export function alive(pid, program) {
	if (type(pid) != 'int' || pid < 2)
		return false;

	return index(readfile(`/proc/${pid}/cmdline`) ?? '', program) >= 0;
};

/**
 * CPU seconds that this process and the children it waited for have used, user
 * and system (proc_pid_stat(5), fields 14 to 17, in ticks of 10 ms).
 */
export function cpu_seconds() {
	let stat = readfile('/proc/self/stat'),
	    fields = split(substr(stat, rindex(stat, ')') + 2), ' ');

	return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / 100.0;
};

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
