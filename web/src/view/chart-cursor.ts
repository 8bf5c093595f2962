// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import type { Uptime } from '../contract.ts';
import type { History, Sample } from '../doctor/history.ts';
import { indexAt, middleOf } from './chart-data.ts';

/** A pointer stays where it is while the time goes on; the keyboard holds on to a sample, named by its end. */
type Held = { by: 'pointer'; seconds: number } | { by: 'keyboard'; to: Uptime };

/** Which of `count` samples the cursor is on after a key; null: on none; undefined: the key means nothing here. */
export function afterKey(key: string, index: number | null, count: number): number | null | undefined {
	const last = count - 1;
	switch (key) {
	case 'ArrowLeft': return index === null ? last : Math.max(0, index - 1);
	case 'ArrowRight': return index === null ? last : Math.min(last, index + 1);
	case 'Home': return 0;
	case 'End': return last;
	case 'Escape': return null;
	default: return undefined;
	}
}

/** Where what is held is now, in seconds before now. A sample that has left the history is followed by the oldest. */
function secondsOf(held: Held | null, { samples, now }: History): number | null {
	if (held?.by !== 'keyboard')
		return held?.seconds ?? null;
	const sample = samples.find(({ to }) => to >= held.to);
	return sample ? middleOf(sample, now) : null;
}

export interface Cursor {
	/** Seconds before now; null: there is no cursor. */
	seconds: number | null;
	/** What was measured at that moment; null: nothing, or there is no cursor. */
	sample: Sample | null;
	point: (seconds: number | null) => void;
	onKeyDown: (event: KeyboardEvent) => void;
	onBlur: () => void;
}

/**
 * The moment that is looked at, in all charts at once.
 * @param onMove a key has moved the cursor to another sample, or away
 */
export function useCursor(history: History, onMove: (sample: Sample | null) => void): Cursor {
	const [held, hold] = useState<Held | null>(null);
	const { samples } = history;
	const seconds = secondsOf(held, history);
	const index = seconds === null ? null : indexAt(history, seconds);
	const moveTo = (sample: Sample | null): void => {
		hold(sample && { by: 'keyboard', to: sample.to });
		onMove(sample);
	};
	return {
		seconds,
		sample: index === null ? null : samples[index] ?? null,
		point: (pointed) => hold(pointed === null ? null : { by: 'pointer', seconds: pointed }),
		onKeyDown: (event) => {
			const next = event.altKey || event.ctrlKey || event.metaKey ? undefined : afterKey(event.key, index, samples.length);
			if (next === undefined)
				return;
			event.preventDefault();
			moveTo(next === null ? null : samples[next] ?? null);
		},
		onBlur: () => moveTo(null),
	};
}
