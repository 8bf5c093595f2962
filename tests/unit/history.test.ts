// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import type { Mode, Phase, Status } from '../../web/src/contract.ts';
import type { History, Sample } from '../../web/src/doctor/history.ts';
import { meanOf, NO_HISTORY, record, SPAN } from '../../web/src/doctor/history.ts';
import { EMPTY, remember } from '../../web/src/doctor/memory.ts';
import { installGlobals } from './luci.ts';
import { FLOWTABLE, series } from './fixtures/status.ts';

beforeAll(() => installGlobals());

const MOTION = { flows: { hardware: 10, software: 5, slow: 1 }, rates: { hardware: { packets: 1000, bytes: 1e6 }, slow: { packets: 10, bytes: 1e3 } }, pairs: [] };

function told(statuses: Status[]): History {
	let memory = EMPTY, history = NO_HISTORY;
	for (const status of statuses) {
		memory = remember(memory, status);
		history = record(history, status, memory);
	}
	return history;
}

const at = (status: Status, mode: Mode): Status => ({ ...status, loaded: { ...status.loaded, flowtable: FLOWTABLE[mode] } });

describe('the history', () => {
	it('has a sample for each window, one after the other', () => {
		const { samples, changes } = told(series(6, 'hardware', MOTION));
		expect(samples.length).toBeGreaterThanOrEqual(4);
		for (const [index, { from, to }] of samples.entries()) {
			expect(to).toBeGreaterThan(from);
			expect(from).toBeGreaterThanOrEqual(samples[index - 1]?.to ?? 0);
		}
		expect(changes).toEqual([]);
	});

	it('takes the same status once', () => {
		const statuses = series(4, 'hardware', MOTION);
		expect(told(statuses.flatMap((status) => [status, status])).samples).toEqual(told(statuses).samples);
	});

	it('forgets what is older than five minutes', () => {
		const { samples, now } = told(series(200, 'hardware', MOTION));
		expect(samples.every(({ to }) => to > now - SPAN)).toBe(true);
		expect(samples.length).toBeLessThan(SPAN);
		expect(samples.length).toBeGreaterThan(SPAN / 4);
	});

	it('marks the moment of another mode, and nothing when it could not be seen', () => {
		const statuses = series(6, 'hardware', MOTION).map((status, index) => (index < 3 ? status : at(status, 'software')));
		expect(told(statuses).changes).toEqual([{ at: statuses[3]!.now, mode: 'software' }]);
		const unseen = series(6, 'hardware', MOTION).map((status, index) => (index !== 3 ? status : { ...status, loaded: { ...status.loaded, flowtable: null, error: 'no answer' } }));
		expect(told(unseen).changes).toEqual([]);
	});

	it('begins anew when the router has restarted', () => {
		const statuses = series(6, 'hardware', MOTION);
		expect(told([...statuses.slice(0, 5), statuses[0]!]).samples).toEqual([]);
	});
});

const sample = (from: number, to: number, bytes: number, softirq: number | null = 0.5): Sample =>
	({ from, to, bytes: { hardware: bytes, software: 0, slow: 0 }, flows: { hardware: 1, software: 2, slow: 3 }, softirq });

describe('the mean', () => {
	it('is weighed by time', () => {
		expect(meanOf([sample(0, 1, 100, 0), sample(1, 4, 500, 1)])).toEqual({ bytes: { hardware: 400, software: 0, slow: 0 }, flows: { hardware: 1, software: 2, slow: 3 }, softirq: 0.75 });
	});

	it('has no load where it was not read, and is nothing without a sample', () => {
		expect(meanOf([sample(0, 1, 1, null), sample(1, 2, 1)])?.softirq).toBeNull();
		expect(meanOf([])).toBeNull();
		expect(meanOf([sample(3, 3, 1)])).toBeNull();
	});
});

describe('before and after', () => {
	const phase = (name: Phase['name'], slow_packets: number): Phase => ({ name, seconds: 5, slow_packets, packets: 0, bytes: 0, softirq: 0, busy: 0 } as unknown as Phase);

	it.each<[string, number[], string]>([
		['less with it', [4, 1000, 6], '× 200'],
		['more with it', [1000, 100, 1000], '÷ 10'],
		['nearly the same', [100, 110, 100], '× 1.1'],
		['nothing with it', [0, 1000, 0], '–'],
		['nothing without it', [5, 0, 5], '–'],
		['not measured again', [10, 30], '× 3.0'],
	])('%s', async (_name, values, expected) => {
		const { factor } = await import('../../web/src/view/compare.tsx');
		const names = ['with', 'without', 'again'] as const;
		expect(factor(values.map((value, index) => phase(names[index]!, value)), ({ slow_packets }) => slow_packets)).toBe(expected);
	});
});
