// SPDX-License-Identifier: Apache-2.0
/** What the charts draw, as columns of numbers. */
import { describe, expect, it } from 'vitest';
import type { Path } from '../../web/src/contract.ts';
import type { Sample } from '../../web/src/doctor/history.ts';
import { installGlobals } from './luci.ts';

installGlobals();
const { columnsOf, indexAt, middleOf, mostOf, stackOf, stackedColumns } = await import('../../web/src/view/chart-data.ts');

const sample = (from: number, to: number, hardware: number, software = 0, slow = 0): Sample =>
	({ from, to, bytes: { hardware, software, slow }, flows: { hardware: 1, software: 1, slow: 1 }, softirq: 0.2 });

const hardwareOf = ({ bytes }: Sample): number => bytes.hardware;
const NONE: ReadonlySet<Path> = new Set();

describe('columns', () => {
	it('have a step for each sample, in seconds before now', () => {
		expect(columnsOf({ samples: [sample(700, 850, 100), sample(850, 1000, 50)], now: 1000 }, [hardwareOf]))
			.toEqual([[-300, -150, -150, 0], [100, 100, 50, 50]]);
	});

	it('have a gap where none was', () => {
		expect(columnsOf({ samples: [sample(700, 800, 100), sample(900, 1000, 100)], now: 1000 }, [hardwareOf]))
			.toEqual([[-300, -200, -150, -100, 0], [100, 100, null, 100, 100]]);
	});

	it('never leave the five minutes', () => {
		const [moments] = columnsOf({ samples: [sample(0, 1200, 100)], now: 1000 }, [hardwareOf]);
		expect(moments).toEqual([-300, 0]);
		expect(middleOf(sample(0, 800, 1), 1000)).toBe(-300);
	});

	it('are empty without a sample', () => {
		expect(columnsOf({ samples: [], now: 1000 }, [hardwareOf])).toEqual([[], []]);
		expect(mostOf([[], []])).toBe(0);
	});
});

describe('a stack', () => {
	it('has the slow path at the bottom and the network chip on top', () => {
		expect(stackOf({ hardware: 5, software: 3, slow: 1 }, NONE)).toEqual({ slow: 1, software: 4, hardware: 9 });
	});

	it('closes up where a path is hidden', () => {
		expect(stackOf({ hardware: 5, software: 3, slow: 1 }, new Set<Path>(['software']))).toEqual({ slow: 1, software: null, hardware: 6 });
		const columns = stackedColumns({ samples: [sample(900, 1000, 5, 3, 1)], now: 1000 }, ({ bytes }) => bytes, new Set<Path>(['hardware', 'slow']));
		expect(columns).toEqual([[-100, 0], [null, null], [3, 3], [null, null]]);
		expect(mostOf(columns)).toBe(3);
	});
});

describe('the cursor', () => {
	const samples = [sample(700, 800, 1), sample(900, 1000, 2)];

	it('is in the sample that covers its moment, and in none where nothing was counted', () => {
		expect([-250, -100.1, -150, -50].map((seconds) => indexAt({ samples, now: 1000 }, seconds))).toEqual([0, null, null, 1]);
	});
});
