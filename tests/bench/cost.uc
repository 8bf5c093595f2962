// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile } from 'fs';

/** Nanoseconds of CPU that this process has used; of the clock where the kernel does not say (CONFIG_SCHED_INFO). */
export function used() {
	let statistics = readfile('/proc/self/schedstat');

	if (statistics)
		return int(statistics);

	let now = clock(true);

	return now[0] * 1000000000 + now[1];
};

/** The most memory this process has had, kB. */
export function peak() {
	return int(match(readfile('/proc/self/status') ?? '', /VmHWM:[ \t]*([0-9]+)/)?.[1]);
};
