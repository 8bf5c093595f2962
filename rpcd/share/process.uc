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
