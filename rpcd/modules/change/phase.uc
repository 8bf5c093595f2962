// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile } from 'fs';
import { now } from 'nft_offload.run.process';
import { running, start } from 'nft_offload.run.started';
import { cpu_times, cpu_shares } from 'nft_offload.facts.cpu';
import { decided } from 'nft_offload.change.decision';
import { lower_ports } from 'nft_offload.facts.links';
import { networks } from 'nft_offload.facts.networks';
import * as lease from 'nft_offload.watch.lease';
import * as slowpath from 'nft_offload.watch.slowpath';
import * as state from 'nft_offload.run.state';

// How long the counters may take to be there, s: the sampler has the lowest priority, and a
// router that forwards all it can leaves it little. 17 s were seen on a busy emulated one.
const READY = 120;

// How often a phase is begun: it begins again when the sampler that counts ended meanwhile
const ATTEMPTS = 3;

// How often the lease is renewed, s
const RENEW = 3;

// A phase that somebody ended sooner is too short to compare, s
const SHORTEST = 1;

const COUNTS = [ 'slow_packets', 'slow_bytes', 'packets', 'bytes' ];

// Where packets come in from outside and leave: the ports below netifd's
// `device`, because a fast path passes VLANs, bridges and PPPoE by, and their
// counters with them.
function outer_ports() {
	let ports = [];

	for (let net in networks())
		if (net.default_route || net.masq)
			push(ports, ...lower_ports(net.device ?? net.l3_device ?? ''));

	return uniq(ports);
}

// What is counted up to now: { at, cpu, install, error } and what COUNTS names, which only differences give a meaning
function take(ports) {
	let read = slowpath.read(),
	    seen = { at: now(), cpu: cpu_times(), install: read.install, error: read.error, slow_packets: 0, slow_bytes: 0, packets: 0, bytes: 0 };

	for (let pair in read.pairs) {
		seen.slow_packets += pair.packets;
		seen.slow_bytes += pair.bytes;
	}

	for (let port in ports)
		for (let unit in [ 'packets', 'bytes' ])
			for (let way in [ 'rx', 'tx' ])
				seen[unit] += int(readfile(`/sys/class/net/${port}/statistics/${way}_${unit}`) ?? '0');

	return seen;
}

// What the sampler saw of the slow path last, with nft's words when its counters were refused
function sampled() {
	return state.read('watch')?.slow;
}

// Has the sampler count, as long as attend() is called again and again
function sampler_keeper() {
	let renewed = null, tried = 0;

	return {
		// Renews the lease, and starts the sampler when it does not run; both when it is time to. Returns whether it was.
		attend: () => {
			if (renewed != null && now() - renewed < RENEW)
				return false;

			renewed = now();
			lease.renew();

			if (!running('sampler', sampled()?.at)) {
				tried = renewed;
				start('sampler', 'sampler', 'run');
			}

			return true;
		},

		// Whether the sampler that runs now has installed its counters: those of one that died do not count
		has_counters: () => (sampled()?.at ?? -1) >= tried
	};
}

// Whether somebody decided about comparison `tx`, which ends it; records it there
function ended_early(tx) {
	tx.decision = decided(tx.id);

	return tx.decision != null;
}

// Waits for the sampler's counters. Returns what take() counts up to then, { error } when there
// are none, null when somebody ended the comparison.
function first_count(tx, ports, keeper) {
	let until = now() + READY;

	while (true) {
		keeper.attend();

		let refused = sampled()?.error,
		    counted = keeper.has_counters() ? take(ports) : null;

		if (ended_early(tx))
			return null;

		if (counted && counted.error == null)
			return counted;

		if ((counted && refused != null) || now() >= until)
			return { error: refused ?? counted?.error ?? 'The sampler does not start.' };

		sleep(200);
	}
}

// Counts from `first` until the deadline, or until somebody ends the comparison, and returns what
// take() counts up to then. Its `error` says why the difference means nothing.
function last_count(tx, ports, first, keeper) {
	let installed_anew = false;

	while (!installed_anew && !ended_early(tx) && now() < tx.deadline) {
		installed_anew = keeper.attend() && slowpath.read().install != first.install;

		if (!installed_anew)
			sleep(int(1000 * min(0.2, max(0.01, tx.deadline - now()))));
	}

	let last = take(ports);

	if (last.install != first.install)
		last.error ??= 'The counters were started anew.';

	return last;
}

/**
 * Carries out phase `name` of comparison `tx`: waits for the sampler's
 * counters, calls `begin` when the phase begins, with `tx.deadline` set, and
 * counts until then or until somebody decides, which `tx.decision` tells.
 * Begins again when the sampler installed its counters anew meanwhile. Adds to
 * `tx.measurement.phases` the contract's `Phase`.
 *
 * Returns null, or why nothing could be counted, in nft's words where they are.
 */
export function phase(tx, name, begin) {
	let ports = outer_ports(), keeper = sampler_keeper(), first, last;

	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		first = first_count(tx, ports, keeper);

		if (!first || first.error)
			return first?.error;

		tx.deadline = first.at + tx.timeout;
		begin();
		last = last_count(tx, ports, first, keeper);

		if (last.error == null)
			break;
	}

	if (last.error != null)
		return last.error;

	let counted = { name, seconds: last.at - first.at, softirq: 0, busy: 0, ...(cpu_shares(first.cpu, last.cpu) ?? {}) };

	for (let count in COUNTS)
		counted[count] = max(0, last[count] - first[count]);

	if (counted.seconds >= SHORTEST)
		push(tx.measurement.phases, counted);

	return null;
};
