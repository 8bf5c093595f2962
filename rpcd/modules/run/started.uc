// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { guarded, start as start_worker } from 'nft_offload.run.workers';

// From the start of a worker to its guard's pid file, s, on a slow router that is busy
const MOMENT = 5;

// When this process started which job last
let times = {};

/** Whether `at`, a time of now(), is so recent that a worker started then may have no guard yet. */
export function a_moment_ago(at) {
	return at != null && now() - at < MOMENT;
};

/** When this process started `job` last, null when it did not. */
export function started_at(job) {
	return times[job];
};

/** Starts a worker as run/workers.uc does, and remembers when. False when it could not be started. */
export function start(job, worker, ...words) {
	if (!start_worker(job, worker, ...words))
		return false;

	times[job] = now();

	return true;
};

/**
 * Whether `job` runs: it has a guard, or this process started it a moment ago
 * and it has not answered since. `answered`: the time of its last answer, null
 * when it has none.
 */
export function running(job, answered) {
	return guarded(job) || (a_moment_ago(times[job]) && times[job] > (answered ?? -1));
};
