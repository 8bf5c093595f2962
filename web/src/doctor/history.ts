// SPDX-License-Identifier: Apache-2.0
import type { Mode, Path, Status, Uptime } from '../contract.ts';
import type { Memory } from './memory.ts';
import { modeOfFlowtable } from './options.ts';
import type { Throughput, Window } from './traffic.ts';
import { throughputOf } from './traffic.ts';

/** Seconds that the history goes back. */
export const SPAN = 300;

/** What went on in one window. */
export interface Sample {
	from: Uptime;
	to: Uptime;
	/** Bytes per second by the way that packets really took. */
	bytes: Throughput;
	flows: Record<Path, number>;
	/** Share of all CPUs' time, 0 to 1; null where it was not read. */
	softirq: number | null;
}

/** A moment at which another mode was loaded. */
export interface Change {
	at: Uptime;
	mode: Mode;
}

export interface History {
	samples: Sample[];
	changes: Change[];
	/** What was loaded when somebody looked last; null where it was not seen. */
	mode: Mode | null;
	/** The window that was taken in last. */
	window: Window | null;
	now: Uptime;
}

export const NO_HISTORY: History = { samples: [], changes: [], mode: null, window: null, now: 0 };

/** Takes a status into the history, with the memory that it left. A restart of the router begins another. */
export function record(before: History, { now, loaded, watch }: Status, memory: Memory): History {
	const { samples, changes, mode: last, window: seen } = now < before.now ? NO_HISTORY : before;
	const mode = loaded.error === null && loaded.table ? modeOfFlowtable(loaded.flowtable) : last;
	const window = memory.windows[0] ?? null;
	const to = memory.reading?.at ?? now;
	const fresh = window && window !== seen
		? [{ from: to - window.seconds, to, bytes: throughputOf(window), flows: window.flows, softirq: watch?.cpu?.softirq ?? null }] : [];
	const recent = <T>(list: T[], at: (one: T) => Uptime): T[] => list.filter((one) => at(one) > now - SPAN);
	return {
		samples: recent([...samples, ...fresh], (sample) => sample.to),
		changes: recent([...changes, ...last !== null && mode !== null && mode !== last ? [{ at: now, mode }] : []], (change) => change.at),
		mode,
		window: window ?? seen,
		now,
	};
}

/** Means over some of the samples, weighed by their length; null without one. */
export function meanOf(samples: Sample[]): Omit<Sample, 'from' | 'to'> | null {
	const seconds = samples.reduce((total, { from, to }) => total + to - from, 0);
	if (!seconds)
		return null;
	const mean = (value: (sample: Sample) => number): number =>
		samples.reduce((total, sample) => total + value(sample) * (sample.to - sample.from), 0) / seconds;
	const byPath = (of: (sample: Sample) => Record<Path, number>): Record<Path, number> => ({
		hardware: mean((sample) => of(sample).hardware), software: mean((sample) => of(sample).software), slow: mean((sample) => of(sample).slow),
	});
	return {
		bytes: byPath(({ bytes }) => bytes),
		flows: byPath(({ flows }) => flows),
		softirq: samples.some(({ softirq }) => softirq === null) ? null : mean(({ softirq }) => softirq ?? 0),
	};
}
