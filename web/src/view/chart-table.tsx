// SPDX-License-Identifier: Apache-2.0
import type { History } from '../doctor/history.ts';
import { meanOf, SPAN } from '../doctor/history.ts';
import { changeWords, pathReading, softirqWords } from './chart-words.ts';
import type { Line } from './table.tsx';
import { Table } from './table.tsx';
import { PATHS, pathName } from './words.ts';

/** Seconds of a line of the table. */
const SLICE = 30;

/** Half minutes with a sample or a change of mode, the latest first. */
export function linesOf({ samples, changes, now }: History): Line[] {
	return Array.from({ length: SPAN / SLICE }, (_nothing, index) => {
		const within = (at: number): boolean => Math.floor((now - at) / SLICE) === index;
		const mean = meanOf(samples.filter(({ to }) => within(to)));
		const changed = changes.filter(({ at }) => within(at));
		if (!mean && !changed.length)
			return null;
		const when = `\u200e−${_('%d s').format((index + 1) * SLICE)}`;
		return {
			key: String(index),
			cells: [
				[when, ...changed.map((change) => ` · ${changeWords(change, now)}`)].join(''),
				...PATHS.map((path) => (mean ? pathReading(mean, path) : '–')),
				softirqWords(mean?.softirq ?? null),
			],
		};
	}).filter((line) => line !== null);
}

/** The charts as numbers, for everybody who would rather read them. */
export function HistoryTable({ label, history }: { label: string; history: History }) {
	return (
		<details>
			<summary>{_('In numbers')}</summary>
			<Table label={label} heads={[_('Half minute'), ...PATHS.map(pathName), _('CPU')]} lines={linesOf(history)} />
		</details>
	);
}
