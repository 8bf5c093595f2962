// SPDX-License-Identifier: Apache-2.0
import type { Window } from './traffic.ts';

/** Something a window shows: one of the fixed names, or `slow IIF OIF` for a direction. */
export type Symptom = string;

export const HARDWARE_IDLE = 'hardware idle';
export const NOTHING_OFFLOADED = 'nothing offloaded';
export const MOSTLY_SLOW = 'mostly slow';
export const QUIET = 'quiet';

/** A direction counts as slow from this many flagged packets in a window … */
const FLAGGED_PACKETS = 20;
/** … and from this share of what flagged flows moved. */
const FLAGGED_SHARE = 0.1;
/** Packets per second from which traffic is worth a judgement. */
const RATE = 20;
/** Packets in a window below which it says nothing. */
const QUIET_PACKETS = 20;

export const slowSymptom = (iif: string, oif: string): Symptom => `slow ${iif} ${oif}`;

/**
 * What one window shows, under a flowtable that is loaded. `hardware`: it has
 * `flags offload`.
 */
export function symptomsOf(window: Window, hardware: boolean): Set<Symptom> {
	const symptoms = new Set<Symptom>();
	const { flagged, flows, unflagged, pairs, seconds } = window;
	const flaggedRate = flagged.hardware.packets + flagged.software.packets;
	const sum = (field: 'packets' | 'bytes' | 'eligible' | 'flagged' | 'flaggedBytes'): number =>
		pairs.reduce((total, pair) => total + pair[field], 0);

	if ((flaggedRate + sum('packets') - sum('flagged')) * seconds < QUIET_PACKETS && sum('flagged') * seconds < QUIET_PACKETS) {
		symptoms.add(QUIET);
		return symptoms;
	}

	for (const pair of pairs)
		if (pair.flagged * seconds >= FLAGGED_PACKETS && pair.flagged >= FLAGGED_SHARE * flaggedRate)
			symptoms.add(slowSymptom(pair.iif, pair.oif));

	if (hardware && flows.hardware === 0 && flows.software > 0 && flagged.software.packets * seconds >= QUIET_PACKETS)
		symptoms.add(HARDWARE_IDLE);

	/* Many short connections look busy in the forward hook, so large ones have to move as well. */
	const busy = Math.min(sum('eligible') - sum('flagged'), unflagged.packets) >= RATE;
	if (busy && flows.hardware + flows.software === 0)
		symptoms.add(NOTHING_OFFLOADED);

	const fastBytes = Math.max(0, flagged.hardware.bytes + flagged.software.bytes - sum('flaggedBytes'));
	if (busy && fastBytes < sum('bytes'))
		symptoms.add(MOSTLY_SLOW);
	return symptoms;
}

export interface Settled {
	/** Seconds that showed it, less those that did not, 0 to BELIEVE or STALE. */
	evidence: number;
	on: boolean;
}

/** Seconds of evidence that it takes to believe a symptom, and as many to stop: two windows, or one of a router that measures rarely. */
const BELIEVE = 3.5;
/** Quiet seconds after which earlier evidence is stale. */
const STALE = 9;

/**
 * Weighs a window of some seconds against what was believed so far, so that
 * what the page says does not flicker. A quiet window is no evidence for or
 * against anything else, and a row of them ends what was believed.
 */
export function settle(states: ReadonlyMap<Symptom, Settled>, seen: ReadonlySet<Symptom>, seconds: number): Map<Symptom, Settled> {
	if (seen.has(QUIET)) {
		const evidence = Math.min(STALE, (states.get(QUIET)?.evidence ?? 0) + seconds);
		const quiet = { evidence, on: evidence === STALE };
		return new Map(quiet.on ? [[QUIET, quiet]] : [...states, [QUIET, quiet]]);
	}

	const settled = new Map<Symptom, Settled>();
	for (const symptom of new Set([...states.keys(), ...seen])) {
		if (symptom === QUIET)
			continue;
		const before = states.get(symptom) ?? { evidence: 0, on: false };
		const evidence = seen.has(symptom) ? Math.min(BELIEVE, before.evidence + seconds) : before.evidence - seconds;
		if (evidence > 0)
			settled.set(symptom, { evidence, on: evidence === BELIEVE || before.on });
	}
	return settled;
}
