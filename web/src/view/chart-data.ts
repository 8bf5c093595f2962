// SPDX-License-Identifier: Apache-2.0
/** What the charts draw, as uPlot takes it: columns of numbers, computed without a browser. */
import type { Path, Uptime } from '../contract.ts';
import type { History, Sample } from '../doctor/history.ts';
import { SPAN } from '../doctor/history.ts';
import { PATHS } from './words.ts';

/** Seconds between two windows that are drawn as one area. */
const TOGETHER = 0.5;

/** One column for uPlot: a number for each moment, null where nothing is drawn. */
export type Column = (number | null)[];

/** Moments in seconds before now (-300 to 0, the oldest first), and a column for each layer. */
export type Columns = [moments: number[], ...layers: Column[]];

/**
 * Two points for each sample, its begin and its end, so that a line through
 * them is a step for each; and one without a value where no sample was.
 * @param layers the value of each layer in a sample; null: not known, or hidden
 */
export function columnsOf({ samples, now }: Pick<History, 'samples' | 'now'>, layers: ((sample: Sample) => number | null)[]): Columns {
	const moments: number[] = [];
	const columns: Column[] = layers.map(() => []);
	const before = (at: Uptime): number => Math.min(0, Math.max(-SPAN, at - now));
	const point = (moment: number, sample: Sample | null): void => {
		moments.push(moment);
		columns.forEach((column, index) => column.push(sample && layers[index]!(sample)));
	};
	let last: Sample | null = null;
	for (const sample of samples) {
		const joined = last !== null && sample.from - last.to < TOGETHER;
		if (last !== null && !joined)
			point(before((last.to + sample.from) / 2), null);
		point(before(joined && last !== null ? last.to : sample.from), sample);
		point(before(sample.to), sample);
		last = sample;
	}
	return [moments, ...columns];
}

/** Adds up the paths that are shown, the slowest at the bottom: the upper edge of each; null for a hidden one. */
export function stackOf(values: Record<Path, number>, hidden: ReadonlySet<Path>): Record<Path, number | null> {
	const edges: Record<Path, number | null> = { hardware: null, software: null, slow: null };
	let edge = 0;
	for (const path of [...PATHS].reverse())
		if (!hidden.has(path)) {
			edge += values[path];
			edges[path] = edge;
		}
	return edges;
}

/** Columns of a stack, in the order of PATHS: each area is drawn over the one before, down to the bottom. */
export function stackedColumns(history: Pick<History, 'samples' | 'now'>, of: (sample: Sample) => Record<Path, number>, hidden: ReadonlySet<Path>): Columns {
	return columnsOf(history, PATHS.map((path) => (sample) => stackOf(of(sample), hidden)[path]));
}

/** The largest value of some columns; 0 without any. */
export const mostOf = ([, ...columns]: Columns): number => Math.max(0, ...columns.flat().map((value) => value ?? 0));

/** Which sample covers a moment, by its place in the list; null where none was. */
export function indexAt({ samples, now }: Pick<History, 'samples' | 'now'>, seconds: number): number | null {
	const moment = now + seconds;
	const index = samples.findIndex(({ from, to }) => from <= moment && moment <= to + TOGETHER);
	return index < 0 ? null : index;
}

/** The middle of a sample, in seconds before now, inside of the chart. */
export function middleOf({ from, to }: Sample, now: Uptime): number {
	return Math.max(-SPAN, (from + to) / 2 - now);
}
