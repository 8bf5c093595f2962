// SPDX-License-Identifier: Apache-2.0
/** The charts' axes, words and keys. What is drawn is looked at in tests/page/chart.spec.ts. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Path } from '../../web/src/contract.ts';
import { record, NO_HISTORY } from '../../web/src/doctor/history.ts';
import type { History, Sample } from '../../web/src/doctor/history.ts';
import { EMPTY, remember } from '../../web/src/doctor/memory.ts';
import { connectionsAxis, linesUpTo, loadAxis, throughputAxis, timeLabel, timeLines } from '../../web/src/view/chart-axes.ts';
import { afterKey } from '../../web/src/view/chart-cursor.ts';
import { linesOf } from '../../web/src/view/chart-table.tsx';
import { sampleWords, summaryOf } from '../../web/src/view/chart-words.ts';
import { installGlobals } from './luci.ts';
import { END, FIVE_MINUTES, GAP, HARDWARE_FROM } from './fixtures/minutes.ts';

beforeAll(() => {
	installGlobals();
	Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });
});

const labels = ({ lines, label }: ReturnType<typeof throughputAxis>): string[] => lines.map(label);

describe('the axes', () => {
	it.each<[number, number, number, number[]]>([
		[0, 4, 1, [0, 1]],
		[7, 4, 1, [0, 2, 4, 6, 8]],
		[8, 4, 1, [0, 2, 4, 6, 8]],
		[855, 4, 1, [0, 500, 1000]],
		[30, 2, 1, [0, 20, 40]],
		[0.3, 2, 1, [0, 1]],
	])('up to %d in about %d steps of at least %d', (most, count, least, expected) => {
		expect(linesUpTo(most, count, least)).toEqual(expected);
	});

	it('have their units, with the prefix that fits', () => {
		expect(labels(throughputAxis(0))).toEqual(['0', '1.0 kbit/s']);
		expect(labels(throughputAxis(3.1e6))).toEqual(['0', '1.0 Mbit/s', '2.0 Mbit/s', '3.0 Mbit/s', '4.0 Mbit/s']);
		expect(labels(throughputAxis(1.9e9))).toEqual(['0', '500 Mbit/s', '1.0 Gbit/s', '1.5 Gbit/s', '2.0 Gbit/s']);
		expect(labels(connectionsAxis(2600))).toEqual(['0', '2,000', '4,000']);
		expect(labels(loadAxis)).toEqual(['0 %', '50 %', '100 %']);
	});

	it('go back in minutes from now', () => {
		expect(timeLines.map(timeLabel).map((label) => label.replace('\u200e', ''))).toEqual(['−4 min', '−3 min', '−2 min', '−1 min', 'now']);
	});
});

describe('a key', () => {
	it.each<[string, number | null, number | null | undefined]>([
		['ArrowLeft', null, 4], ['ArrowLeft', 3, 2], ['ArrowLeft', 0, 0],
		['ArrowRight', null, 4], ['ArrowRight', 3, 4], ['ArrowRight', 4, 4],
		['Home', 3, 0], ['End', null, 4], ['Escape', 2, null], ['Tab', 2, undefined], ['a', null, undefined],
	])('%s at %s of five samples', (key, index, expected) => {
		expect(afterKey(key, index, 5)).toBe(expected);
	});
});

function told(): History {
	let memory = EMPTY, history = NO_HISTORY;
	for (const status of FIVE_MINUTES) {
		memory = remember(memory, status);
		history = record(history, status, memory);
	}
	return history;
}

describe('in words', () => {
	const sample: Sample = { from: 990, to: 992, bytes: { hardware: 1e6, software: 1e5, slow: 125 }, flows: { hardware: 10, software: 5, slow: 1 }, softirq: null };

	it('a sample has its moment, and what is shown of it', () => {
		expect(sampleWords(sample, 1000, new Set())).toBe('8 seconds ago; Network chip 8.0 Mbit/s · 10; Flowtable 800 kbit/s · 5; Firewall 1.0 kbit/s · 1; CPU –');
		expect(sampleWords(sample, 993, new Set<Path>(['hardware', 'slow']))).toBe('1 second ago; Flowtable 800 kbit/s · 5; CPU –');
	});

	it('the summary and the table name the change of mode, where it was', () => {
		const history = told();
		const since = `Hardware since ${END - 1000 - HARDWARE_FROM} seconds.`;
		expect(summaryOf(history)).toContain(since);
		const firsts = linesOf(history).map(({ cells }) => cells[0] as string);
		expect(firsts.filter((first) => first.includes(since))).toEqual([`\u200e−120 s · ${since}`]);
	});

	it('the table leaves out each half minute in which nothing was counted', () => {
		const halfMinutes = (seconds: number): number => (END - 1000 - seconds) / 30;
		const all = Array.from({ length: 10 }, (_nothing, index) => index);
		const silent = all.filter((index) => index >= halfMinutes(GAP.to) && index + 1 <= halfMinutes(GAP.from));
		expect(silent).toEqual([5, 6]);
		expect(linesOf(told()).map(({ key }) => Number(key))).toEqual(all.filter((index) => !silent.includes(index)));
	});
});
