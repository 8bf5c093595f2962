// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
/** Every reason by its case: tests/unit/reasons/helper.ts is that of web/src/doctor/reasons/helper.ts. */
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, filesOf } from '../../tools/findings.ts';
import { bitsOf } from '../../web/src/doctor/endpoints.ts';
import { decodeFlow } from '../../web/src/doctor/flow.ts';
import { reasonOf } from '../../web/src/doctor/reasons/index.ts';
import type { ReasonCode } from '../../web/src/doctor/reasons/index.ts';
import { REASONS } from '../../web/src/doctor/reasons/shared/list.ts';
import { reasonWords } from '../../web/src/view/reason-words.ts';
import { coverageFacts, row } from './fixtures/coverage.ts';
import type { ReasonCase } from './fixtures/reason-case.ts';
import { judge, LISTED_BY_FIREWALL4, ROUTER } from './fixtures/reason-case.ts';
import { installGlobals } from './luci.ts';

beforeAll(() => {
	document.documentElement.lang = 'en';
	installGlobals();
});

const cases = import.meta.glob<ReasonCase>('./reasons/*.ts', { eager: true, import: 'default' });
const CASES = Object.fromEntries(Object.entries(cases).map(([path, one]) => [codeOf(/([^/]+)\.ts$/.exec(path)![1]!), one])) as Record<ReasonCode, ReasonCase>;
const CODES = Object.keys(REASONS) as ReasonCode[];

it('every reason has a case, and every case a reason', () => {
	expect(Object.keys(CASES).sort()).toEqual(filesOf('web/src/doctor/reasons').map(codeOf).sort());
});

describe.each(CODES)('%s', (code) => {
	const { examples, others, words } = CASES[code] ?? {};

	it('is in the file of its name, in a place of its own', () => {
		expect(REASONS[code].code).toBe(code);
		expect(CODES.filter((other) => REASONS[other].order === REASONS[code].order)).toEqual([code]);
	});

	it.each(examples)('applies: $what', (example) => {
		expect(judge(example)).toEqual({ reason: { code, ...example.says }, shown: example.shown ?? 'slow' });
	});

	it.each(others)('does not: $what', (other) => {
		const { reason, shown } = judge(other);
		expect(reason.code).toBe(other.reason);
		expect(reason.code).not.toBe(code);
		expect(shown).toBe(other.shown ?? 'slow');
	});

	it('reads without a hole', () => {
		expect(reasonWords(judge(examples[0]!).reason)).toBe(words);
		for (const example of examples)
			expect(reasonWords(judge(example).reason)).not.toMatch(/undefined|null|NaN|\[object|%[sd]|\.$/);
	});
});

it('a flow of a client behind a raw device of a zone is nobody\'s', () => {
	const facts = coverageFacts({ ...ROUTER, listed: LISTED_BY_FIREWALL4 });
	facts.zones[0]!.devices = ['tun0'];
	const flow = decodeFlow(row({ path: 1, src: '192.168.1.21', dst: '10.8.0.6', reply: '' }));
	expect(reasonOf(flow, facts, [], 1000)).toEqual({ code: 'OFFLOADED' });
});

it('decodes a row', () => {
	expect(decodeFlow([2, 'tcp', 'ESTABLISHED', 9, 431, '192.168.1.20', 40000, '198.51.100.7', 443, '198.51.100.7 443 203.0.113.5 1024', 10, -1, 600, -1, -1, -6, 0])).toEqual({
		path: 'slow', family: 'ipv4', protocol: 'tcp', state: 'ESTABLISHED', assured: true, unreplied: false, dnat: false, snat: true, timeout: 431,
		original: { src: '192.168.1.20', sport: 40000, dst: '198.51.100.7', dport: 443 },
		reply: { src: '198.51.100.7', sport: 443, dst: '203.0.113.5', dport: 1024 },
		packets: [10, null], bytes: [600, null], rate: null, age: 5, exact: false, still: 0,
	});
	expect(decodeFlow(row({ src: '::1', reply: '', path: 0 }))).toMatchObject({
		path: 'hardware', family: 'ipv6', timeout: null, exact: true, reply: { src: '198.51.100.7', sport: 443, dst: '::1', dport: 40000 },
	});
});

it.each([
	['192.168.1.1', '11000000101010000000000100000001'],
	['::', '0'.repeat(128)],
	['::1', '0'.repeat(127) + '1'],
	['fe80::', '1111111010000000'.padEnd(128, '0')],
	['::ffff:1.2.3.4', '0'.repeat(80) + '1'.repeat(16) + '00000001000000100000001100000100'],
	['<b>lan</b>', ''], ['', ''], ['abcd', ''],
])('the bits of %s', (address, bits) => {
	expect(bitsOf(address)).toBe(bits);
});
