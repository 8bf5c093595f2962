// SPDX-License-Identifier: Apache-2.0
import type { Status, Uptime } from '../contract.ts';
import type { Settled, Symptom } from './symptoms.ts';
import { settle, symptomsOf } from './symptoms.ts';
import type { Reading, Window } from './traffic.ts';
import { readingOf, windowOf } from './traffic.ts';
import { reloadedAt } from './transaction.ts';

/** What the doctor keeps from one status to the next. */
export interface Memory {
	/** Identity of the ruleset that the evidence is about. */
	about: string;
	/** When that ruleset was loaded, or first seen; counters read earlier prove nothing about it. */
	since: Uptime;
	/** Where the next window starts; null until the sampler has counted. */
	reading: Reading | null;
	/** The last windows, newest first. */
	windows: Window[];
	symptoms: ReadonlyMap<Symptom, Settled>;
	/** Connections in hardware were seen under that ruleset. */
	hardware: boolean;
	/** `now` of the status before. */
	now: Uptime;
}

/** Windows that the numbers on the page are a mean of. */
const WINDOWS = 3;

export const EMPTY: Memory = { about: '', since: 0, reading: null, windows: [], symptoms: new Map(), hardware: false, now: 0 };

/**
 * Takes a status into the memory. Evidence ends where its subject does: when
 * another flowtable is loaded, when the router has restarted, and when the
 * sampler has started anew.
 */
export function remember(memory: Memory, status: Status): Memory {
	const { now, loaded, transaction } = status;
	const about = JSON.stringify([loaded.ruleset, loaded.table, loaded.rule, loaded.flowtable]);
	const reloaded = transaction && reloadedAt(transaction);
	const other = about !== memory.about || (reloaded !== null && reloaded > memory.since && reloaded > memory.now);
	const restarted = now < memory.now;
	/* Without a transaction that tells when, what is seen for the first time may have been loaded just now. */
	const since = !other && !restarted ? memory.since
		: reloaded !== null && reloaded > memory.now && reloaded <= now ? reloaded
			: memory.about === '' || restarted ? 0 : now;

	const read = readingOf(status);
	const reading = read && Math.min(read.at, read.flowsAt) >= since ? read : null;
	const fresh = other || restarted || (reading && memory.reading && reading.since !== memory.reading.since);
	if (fresh)
		return { ...EMPTY, about, since, reading, now };

	const window = memory.reading && windowOf(memory.reading, status);
	if (!window)
		return { ...memory, reading: memory.reading ?? reading, now };
	return {
		about,
		since,
		reading,
		windows: [window, ...memory.windows].slice(0, WINDOWS),
		symptoms: settle(memory.symptoms, symptomsOf(window, loaded.flowtable?.offload === true), window.seconds),
		hardware: memory.hardware || window.flows.hardware > 0,
		now,
	};
}
