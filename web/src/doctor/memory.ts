// SPDX-License-Identifier: Apache-2.0
import type { Status } from '../contract.ts';
import type { Settled, Symptom } from './symptoms.ts';
import { settle, symptomsOf } from './symptoms.ts';
import type { Reading, Window } from './traffic.ts';
import { readingOf, windowOf } from './traffic.ts';

/** What the doctor keeps from one status to the next. */
export interface Memory {
	/** Identity of the ruleset and of the boot that the evidence is about. */
	about: string;
	/** Where the next window starts; null until the sampler has counted. */
	reading: Reading | null;
	/** The last windows, newest first. */
	windows: Window[];
	symptoms: ReadonlyMap<Symptom, Settled>;
	/** `now` of the status before. */
	now: number;
}

/** Windows that the numbers on the page are a mean of. */
const WINDOWS = 3;

export const EMPTY: Memory = { about: '', reading: null, windows: [], symptoms: new Map(), now: 0 };

/**
 * Takes a status into the memory. Evidence ends where its subject does: when
 * another flowtable is loaded, when the router has restarted, and when the
 * sampler has started anew.
 */
export function remember(memory: Memory, status: Status): Memory {
	const about = JSON.stringify([status.loaded.table, status.loaded.rule, status.loaded.flowtable]);
	const reading = readingOf(status);
	const same = about === memory.about && status.now >= memory.now
		&& (!reading || !memory.reading || reading.since === memory.reading.since);
	if (!same)
		return { ...EMPTY, about, reading, now: status.now };

	const window = memory.reading && windowOf(memory.reading, status);
	if (!window)
		return { ...memory, reading: memory.reading ?? reading, now: status.now };
	return {
		about,
		reading,
		windows: [window, ...memory.windows].slice(0, WINDOWS),
		symptoms: settle(memory.symptoms, symptomsOf(window, status.loaded.flowtable?.offload === true)),
		now: status.now,
	};
}
