// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile, glob } from 'fs';
import { alive, now } from 'nft_offload.run.process';
import { DIRECTORY } from 'nft_offload.run.state';

const WORKERS = '/usr/libexec/nft-offload';

function pid_file(job) {
	return `${DIRECTORY}/${job}.pid`;
}

function guard_lives(file) {
	return alive(int(readfile(file) ?? '0'), `${WORKERS}/guard`);
}

/** Whether `job` has a guard, which runs from its worker's start until what it left behind is cleaned up. */
export function guarded(job) {
	return guard_lives(pid_file(job));
};

/** Waits until no worker is left, but at most so many seconds. */
export function wait_until_idle(seconds) {
	let until = now() + seconds;

	while (length(filter(glob(pid_file('*')), guard_lives)) > 0 && now() < until)
		sleep(200);
};

/** Whether `pid` is a living process of `worker` itself. */
export function working(worker, pid) {
	return alive(pid, `${WORKERS}/${worker}`);
};

/**
 * Starts `worker` with its words, under a guard and away from rpcd: one fork,
 * answers at once. `job` names what it does, one at a time: callers ask
 * guarded(job) first. False when it could not be started.
 */
export function start(job, worker, ...words) {
	return system([
		'start-stop-daemon', '-S', '-b', '-m', '-p', pid_file(job),
		'-x', `${WORKERS}/guard`, '--', worker, ...words
	]) == 0;
};
