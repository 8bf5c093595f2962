// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile, readlink } from 'fs';

/** Seconds since boot with milliseconds (CLOCK_MONOTONIC): NTP cannot move it. */
export function now() {
	let t = clock(true);

	return (t[0] * 1000 + t[1] / 1000000) / 1000.0;
};

/** The pid of this process. */
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
