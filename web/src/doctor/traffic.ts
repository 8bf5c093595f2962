// SPDX-License-Identifier: Apache-2.0
import type { FlowSums, Path, SlowPair, Rate, Status, Sum } from '../contract.ts';

/** One pair of devices over one window, per second. */
export interface PairRate {
	iif: string;
	oif: string;
	/** Everything that reached the forward hook. */
	packets: number;
	bytes: number;
	/** Of it, TCP and UDP: what a flowtable can take. */
	eligible: number;
	/** Of it, packets of connections that conntrack flags as offloaded. */
	flagged: number;
	flaggedBytes: number;
}

/** What went through the router between two passes of the sampler. */
export interface Window {
	seconds: number;
	flows: Record<Path, number>;
	/** conntrack's account of flagged flows, whichever way their packets took. */
	flagged: Record<'hardware' | 'software', Rate>;
	/** conntrack's account of unflagged flows over 32 KiB, the router's own included. */
	unflagged: Rate;
	pairs: PairRate[];
}

/** The counters at one moment; two of them make a window. */
export interface Reading {
	at: number;
	since: number;
	flowsAt: number;
	pairs: SlowPair[];
}

/** Connections by path, over families and protocols. */
export function countFlows(flows: FlowSums): Record<Path, number> {
	const count = (path: Path): number => Object.values(flows.paths[path])
		.flatMap((family): Sum[] => Object.values(family))
		.reduce((total, sum) => total + sum.flows, 0);
	return { hardware: count('hardware'), software: count('software'), slow: count('slow') };
}

/** The counters of a status; null while the sampler has not produced both. */
export function readingOf(status: Status): Reading | null {
	const { flows, slow } = status.watch ?? { flows: null, slow: null };
	if (!flows || !slow || slow.error !== null)
		return null;
	return { at: slow.at, since: slow.since, flowsAt: flows.at, pairs: slow.pairs };
}

const nameOf = (pair: SlowPair): string => `${pair.family} ${pair.protocol} ${pair.iif} ${pair.oif}`;

const STILL: Rate = { packets: 0, bytes: 0 };
const UNCOUNTED: Record<Path, Rate> = { hardware: STILL, software: STILL, slow: STILL };

/**
 * The window from an earlier reading to this status; null while either side
 * has not moved on. Counters that went backwards count from zero.
 */
export function windowOf(from: Reading, status: Status): Window | null {
	const to = readingOf(status);
	const flows = status.watch?.flows;
	/* Rates are also missing where nothing is counted; the forward hook's counters speak for themselves. */
	const rates = flows?.rates ?? (flows?.window ? UNCOUNTED : null);
	if (!to || !flows || !rates || to.since !== from.since || to.at <= from.at || to.flowsAt <= from.flowsAt)
		return null;

	const seconds = to.at - from.at;
	const before = new Map(from.pairs.map((pair) => [nameOf(pair), pair]));
	const pairs = new Map<string, PairRate>();
	for (const pair of to.pairs) {
		const old = before.get(nameOf(pair));
		const per = (field: 'packets' | 'bytes' | 'flagged_packets' | 'flagged_bytes'): number => {
			const moved = pair[field] - (old?.[field] ?? 0);
			return (moved < 0 ? pair[field] : moved) / seconds;
		};
		const key = `${pair.iif} ${pair.oif}`;
		const sum = pairs.get(key)
			?? { iif: pair.iif, oif: pair.oif, packets: 0, bytes: 0, eligible: 0, flagged: 0, flaggedBytes: 0 };
		sum.packets += per('packets');
		sum.bytes += per('bytes');
		sum.eligible += pair.protocol === 'other' ? 0 : per('packets');
		sum.flagged += per('flagged_packets');
		sum.flaggedBytes += per('flagged_bytes');
		pairs.set(key, sum);
	}
	return {
		seconds,
		flows: countFlows(flows),
		flagged: { hardware: rates.hardware, software: rates.software },
		unflagged: rates.slow,
		pairs: [...pairs.values()],
	};
}

/** Bytes per second by the way that packets really took. */
export type Throughput = Record<Path, number>;

/**
 * conntrack counts a flagged flow's packets on whatever way they went, so what
 * the forward hook saw of them is taken from the software path, and what is
 * left of it from the hardware path.
 */
export function throughputOf(window: Window): Throughput {
	const sum = (field: 'bytes' | 'flaggedBytes'): number =>
		window.pairs.reduce((total, pair) => total + pair[field], 0);
	const slow = sum('bytes');
	const stayed = sum('flaggedBytes');
	const software = window.flagged.software.bytes;
	const left = Math.max(0, stayed - software);
	return {
		hardware: Math.max(0, window.flagged.hardware.bytes - left),
		software: Math.max(0, software - stayed),
		slow,
	};
}

/** The mean of several windows, weighed by their length. */
export function meanThroughput(windows: Window[]): Throughput {
	const seconds = windows.reduce((total, window) => total + window.seconds, 0);
	const mean: Throughput = { hardware: 0, software: 0, slow: 0 };
	for (const window of windows) {
		const throughput = throughputOf(window);
		for (const path of ['hardware', 'software', 'slow'] as const)
			mean[path] += throughput[path] * window.seconds / seconds;
	}
	return mean;
}

/** Share of forwarded bytes that bypass the firewall, 0 to 1; null when nothing moved. */
export function shareOf(throughput: Throughput): number | null {
	const fast = throughput.hardware + throughput.software;
	return fast + throughput.slow > 0 ? fast / (fast + throughput.slow) : null;
}
