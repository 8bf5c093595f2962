// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readfile } from 'fs';
import { now, cpu_times, cpu_shares } from 'nft_offload.run.process';
import { guarded, start } from 'nft_offload.run.workers';
import { lower_ports } from 'nft_offload.facts.links';
import { networks } from 'nft_offload.facts.networks';
import * as slowpath from 'nft_offload.watch.slowpath';
import * as state from 'nft_offload.run.state';
import * as watch from 'nft_offload.watch.sampler';

// How long the counters may take to be there, s: the sampler has the lowest priority, and a
// router that forwards all it can leaves it little. 17 s were seen on a busy emulated one.
const READY = 120;

// How often a phase begins when its counters do not stay, as those of a sampler that ends do not
const ATTEMPTS = 3;

// How often the lease is renewed, s
const RENEW = 3;

// A phase that was ended sooner says nothing, s
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

// { at, cpu, install, error } with what COUNTS names, all since some moment
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

/**
 * Carries out phase `name` of comparison `tx`: waits for the sampler's
 * counters, calls `begin` when the phase begins, with `tx.deadline` set, and
 * counts until then or until somebody decides, which `tx.decision` tells.
 * Begins again when the counters are others meanwhile. Keeps the lease, so that
 * the sampler keeps its table; the table goes with the sampler. Adds to
 * `tx.measurement.phases` the contract's Phase.
 *
 * Returns null, or why nothing could be counted, in nft's words where they are.
 */
export function phase(tx, name, begin) {
	let ports = outer_ports(), renewed = -RENEW, started = 0;

	// true when it was time to
	let attend = () => {
		if (now() - renewed < RENEW)
			return false;

		renewed = now();
		watch.renew();

		if (!guarded('sampler')) {
			started = renewed;
			start('sampler', 'sampler', 'run');
		}

		return true;
	};

	let decided = () => tx.decision = state.decided(tx.id);

	// what `take` sees when the counters are there, null when somebody decides; `error` is why not
	let ready = () => {
		let until = now() + READY;

		while (true) {
			attend();

			// a table of a sampler that died is not the one that will be there
			let slow = state.read('watch')?.slow,
			    seen = (slow?.at ?? -1) >= started ? take(ports) : null;

			if (decided())
				return null;

			if (seen && seen.error == null)
				return seen;

			if (seen && slow.error != null || now() >= until)
				return { error: slow?.error ?? seen?.error ?? 'The sampler does not start.' };

			sleep(200);
		}
	};

	let first, to;

	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		first = ready();

		if (!first || first.error)
			return first?.error;

		tx.deadline = first.at + tx.timeout;
		begin();

		while (!decided() && now() < tx.deadline && !(attend() && slowpath.read().install != first.install))
			sleep(int(1000 * min(0.2, max(0.01, tx.deadline - now()))));

		to = take(ports);

		if (to.error == null && to.install == first.install)
			break;
	}

	if (to.error != null || to.install != first.install)
		return to.error ?? 'The counters were started anew.';

	let counted = { name, seconds: to.at - first.at, softirq: 0, busy: 0, ...(cpu_shares(first.cpu, to.cpu) ?? {}) };

	for (let count in COUNTS)
		counted[count] = max(0, to[count] - first[count]);

	if (counted.seconds >= SHORTEST)
		push(tx.measurement.phases, counted);

	return null;
};
