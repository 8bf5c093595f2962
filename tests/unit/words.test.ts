// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorDetail } from '../../web/src/contract.ts';
import type { Direction } from '../../web/src/doctor/direction.ts';
import type { Verdict } from '../../web/src/doctor/verdict.ts';
import { LEVEL } from '../../web/src/doctor/verdict.ts';
import { explain } from '../../web/src/view/errors.ts';
import { ago, bitrate, clock, names, percent } from '../../web/src/view/format.ts';
import { headline, sentence, slowHeadline } from '../../web/src/view/words.ts';
import { installGlobals } from './luci.ts';

beforeAll(() => {
	document.documentElement.lang = 'en';
	installGlobals();
});

const HOLE = /undefined|null|NaN|\[object|%[sd]|: \.|  /;

const direction = (way: Direction['way']): Direction => ({ iif: 'pppoe-wan', oif: 'br-lan', from: 'wan', to: 'lan', way });

const VERDICTS: Verdict[] = [
	{ code: 'NO_DEFAULTS' }, { code: 'OPTION_INVALID', option: 'flow_offloading', value: 'ja' }, { code: 'FOREIGN_CHANGES', count: 1 },
	{ code: 'HARDWARE_ALONE' }, { code: 'NFT_FAILED', error: 'Error' }, { code: 'FIREWALL_DOWN' }, { code: 'HARDWARE_FELL_BACK' },
	{ code: 'NOT_LOADED', asked: 'software' }, { code: 'STILL_LOADED', loaded: 'hardware' }, { code: 'OTHER_LOADED', asked: 'software', loaded: 'hardware' },
	{ code: 'RULE_MISSING' }, { code: 'NO_DEVICES' }, { code: 'NO_COUNTER' }, { code: 'NOTHING_TO_JUDGE' }, { code: 'EVERY_PACKET_SLOW' },
	{ code: 'MEASURING', seconds: null }, { code: 'MEASURING', seconds: 37 }, { code: 'COUNTERS_FAILED', error: 'Error' },
	{ code: 'DIRECTION_SLOW', directions: [direction('in'), direction('out')], devices: ['lan', 'wan.7'] },
	{ code: 'HARDWARE_IDLE', flows: 3 }, { code: 'NOTHING_OFFLOADED', packets: 40.4, devices: ['br-lan'] },
	{ code: 'MOSTLY_SLOW', share: 0.2, direction: direction('in') }, { code: 'MOSTLY_SLOW', share: 0.2, direction: null },
	{ code: 'WAITING_FOR_TRAFFIC', flows: 0 }, { code: 'WAITING_FOR_TRAFFIC', flows: 2 }, { code: 'NOT_COUNTED', flows: 2 }, { code: 'WORKING', share: 0.9 },
];

describe('verdicts', () => {
	it('are all in this test', () => {
		expect(new Set(VERDICTS.map(({ code }) => code))).toEqual(new Set(Object.keys(LEVEL)));
	});

	it.each(VERDICTS.map((verdict) => [verdict.code, verdict] as const))('%s reads as one sentence without a hole', (code, verdict) => {
		const words = sentence(verdict);
		expect(words).not.toMatch(HOLE);
		if (code !== 'WORKING')
			expect(words).toMatch(/^[A-Z0-9].*[.r]$/);
		expect(headline(verdict)).not.toMatch(HOLE);
	});

	it('a slow direction is named in the headline', () => {
		expect(slowHeadline([direction('in')])).toBe('Not working on the way in');
		expect(slowHeadline([direction('out'), direction('out')])).toBe('Not working on the way out');
		expect(slowHeadline([direction('in'), direction('out')])).toBe('Not working in either direction');
		expect(slowHeadline([direction('across')])).toBe('Not working from wan to lan');
	});
});

const DETAIL: Record<ErrorCode, ErrorDetail> = {
	INVALID_ARGUMENT: { argument: 'mode', expected: 'off' }, BUSY: { id: 'x', mode: 'software', step: 'waiting' }, FW4_MISSING: {}, NFT_MISSING: {},
	MODULE_MISSING: { modules: ['nft_flow_offload'] }, FIREWALL_DISABLED: {}, FIREWALL_NOT_LOADED: { output: '' }, CONFIG_UNREADABLE: {},
	CONFIG_READ_ONLY: {}, CONFIG_FULL: { available: 0, needed: 4096 }, TMP_FULL: {}, FOREIGN_CHANGES: { changes: [] }, START_FAILED: {}, NOTHING_TO_COMPARE: {},
	STAGING_FAILED: {}, RULESET_INVALID: { output: 'x' }, HARDWARE_REFUSED: { devices: [{ name: 'eth1', accepted: false, output: 'x' }] },
	MEASURE_FAILED: { output: 'x' }, RELOAD_FAILED: {}, VERIFY_FAILED: {}, COMMIT_FAILED: {}, WORKER_DIED: { step: 'reloading' }, ROLLBACK_FAILED: {}, NO_TRANSACTION: {},
	UNKNOWN_ID: { id: 'x' }, NOT_WAITING: { step: 'done' }, EXPIRED: { decision: 'timeout' },
};

describe('errors', () => {
	it.each(Object.entries(DETAIL) as [ErrorCode, ErrorDetail][])('%s is explained, also without its detail', (code, detail) => {
		for (const given of code === 'MODULE_MISSING' ? [detail] : [detail, {}]) {
			const { what, todo } = explain({ code, detail: given });
			expect(what).toMatch(/^(firewall4|[A-Z]).*\.$/);
			expect(`${what} ${todo}`).not.toMatch(HOLE);
		}
	});

	it('name the devices that refused, not those that did not', () => {
		const devices = [{ name: 'lan1', accepted: true, output: '' }, { name: 'eth1', accepted: false, output: 'x' }];
		const { what } = explain({ code: 'HARDWARE_REFUSED', detail: { devices } });
		expect(what).toContain('eth1');
		expect(what).not.toContain('lan1');
	});

	it('give free bytes of zero as zero', () => {
		expect(explain({ code: 'CONFIG_FULL', detail: { available: 0, needed: 4096 } }).what).toContain('0 bytes are free, 4,096 are needed');
	});

	it('of a service newer than the page are at least named', () => {
		expect(explain({ code: 'MELTED' as ErrorCode, detail: {} }).what).toContain('MELTED');
	});
});

describe('numbers', () => {
	it.each([['pt_br', '8,4 kbit/s'], ['pt-BR', '8,4 kbit/s'], ['', '8.4 kbit/s']])('in LuCI\'s language %j', (language, words) => {
		document.documentElement.lang = language;
		expect(bitrate(1050)).toBe(words);
		document.documentElement.lang = 'en';
	});

	it.each([
		[0, '0 bit/s'], [100, '800 bit/s'], [124.9, '999 bit/s'], [125, '1.0 kbit/s'], [1e6 / 8 * 1.94, '1.9 Mbit/s'],
		[1e6 / 8 * 9.96, '10 Mbit/s'], [1e6 / 8 * 812, '812 Mbit/s'], [1e6 / 8 * 999.6, '1.0 Gbit/s'], [1e9 / 8 * 12, '12 Gbit/s'],
	])('%d bytes a second are %s', (bytes, words) => {
		expect(bitrate(bytes)).toBe(words);
	});

	it.each([[0, '0'], [0.001, '1'], [0.5, '50'], [0.994, '99'], [0.9999, '99'], [1, '100']])('a share of %d is %s %%', (share, words) => {
		expect(percent(share)).toBe(words);
	});

	it.each([[60, '1:00'], [59.2, '1:00'], [41, '0:41'], [0, '0:00'], [-3, '0:00'], [600, '10:00']])('%d s left are %s', (seconds, words) => {
		expect(clock(seconds)).toBe(words);
	});

	it.each([[5, 'just now'], [60, '1 minute ago'], [3599, '59 minutes ago'], [7200, '2 hours ago']])('%d s ago is %s', (seconds, words) => {
		expect(ago(seconds)).toBe(words);
	});

	it.each([
		[['lan1', 'lan2', 'lan3', 'lan4', 'eth1'], 'lan1–lan4, eth1'],
		[['lan1', 'lan2'], 'lan1, lan2'],
		[['lan1', 'lan3', 'lan4', 'lan5'], 'lan1, lan3–lan5'],
		[['br-lan', 'eth1.7'], 'br-lan, eth1.7'],
		[['eth1.7', 'eth1.8', 'eth1.9'], 'eth1.7, eth1.8, eth1.9'],
		[['phy0-ap0', 'phy1-ap0'], 'phy0-ap0, phy1-ap0'],
		[[], ''],
	])('the names %j are written %s', (list, words) => {
		expect(names(list)).toBe(words);
	});
});
