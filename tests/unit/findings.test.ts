// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
/** Every finding by its case: tests/unit/findings/pppoe-slow.ts is that of web/src/doctor/findings/pppoe-slow.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, filesOf, generated, ROOT } from '../../tools/findings.ts';
import type { ConflictFacts, CoverageFacts, Status } from '../../web/src/contract.ts';
import { agreement } from '../../web/src/doctor/agreement.ts';
import { judgeCoverage } from '../../web/src/doctor/coverage.ts';
import type { Facts, Finding, FindingCode } from '../../web/src/doctor/findings/index.ts';
import { findingsOf, SORTED } from '../../web/src/doctor/findings/index.ts';
import { EMPTY, remember } from '../../web/src/doctor/memory.ts';
import { arbitrary } from './fixtures/arbitrary.ts';
import type { Change, FindingCase, Known } from './fixtures/finding-case.ts';
import { ROUTERS } from './fixtures/routers/index.ts';
import type { RouterName } from './fixtures/routers/index.ts';
import { series, status, transaction } from './fixtures/status.ts';
import { installGlobals } from './luci.ts';

beforeAll(() => installGlobals());

const FILES = filesOf('web/src/doctor/findings');
const cases = import.meta.glob<FindingCase>('./findings/*.ts', { eager: true, import: 'default' });
const CASES = Object.fromEntries(Object.entries(cases).map(([path, one]) => [codeOf(/([^/]+)\.ts$/.exec(path)![1]!), one])) as Record<FindingCode, FindingCase>;

const codes = (facts: Facts): FindingCode[] => findingsOf(facts).map(({ code }) => code);
const find = (facts: Facts, code: FindingCode): Finding | undefined => findingsOf(facts).find((finding) => finding.code === code);

/** A router after some changes, its coverage judged anew. */
function changed(router: RouterName | Facts, ...changes: (Change | undefined)[]): Facts {
	const facts = structuredClone(typeof router === 'string' ? ROUTERS[router] : router) as Known;
	changes.forEach((change) => change?.(facts));
	return { ...facts, judged: judgeCoverage(facts.coverage) };
}

it('every finding has a case, and every case a finding', () => {
	expect(Object.keys(CASES).sort()).toEqual(FILES.map(codeOf).sort());
});

describe('whole routers have what the cases say, and nothing else', () => {
	it.each(Object.keys(ROUTERS) as RouterName[])('%s', (name) => {
		const found = SORTED.map(([code]) => code).filter((code) => {
			const { router, present, alsoOn = [] } = CASES[code];
			return router === name && !present || alsoOn.includes(name);
		});
		expect(codes(ROUTERS[name])).toEqual(found);
	});
});

describe.each(SORTED)('%s', (code, definition) => {
	const { router, present, evidence, command = '', page = '', commands, takenAway, variants = [] } = CASES[code] ?? {};

	it('is in the file of its name, in a place of its own', () => {
		expect(definition.code).toBe(code);
		expect(SORTED.filter(([, { level, order }]) => level === definition.level && order === definition.order).map(([other]) => other)).toEqual([code]);
	});

	it('is found with its evidence and its way out', () => {
		expect(find(changed(router, present), code)).toMatchObject({ evidence, count: evidence.length, command, page });
		if (commands)
			expect(command).toMatch(commands);
	});

	it('is gone when that is taken away', () => {
		expect(codes(changed(router, present, takenAway))).not.toContain(code);
	});

	it.each(variants)('$what', ({ change, evidence: there, command: offered }) => {
		const finding = find(changed(router, present, change), code);
		if (there)
			expect(finding?.evidence ?? []).toEqual(there);
		if (offered !== undefined)
			expect(finding?.command).toBe(offered);
	});

	it('is not drawn from what is not known', () => {
		const there = changed(router, present);
		for (const topic of definition.looksAt.filter((one) => one === 'coverage' || one === 'judged' || one === 'conflicts'))
			expect(codes({ ...there, [topic]: null })).not.toContain(code);
	});

	it('says in full sentences what it means, what to do, and what that costs', () => {
		const SENTENCE = /^[A-Z](?:(?!\. [A-Z]).)*\.$/;
		expect(definition.title()).toMatch(/^[A-Z].*[^.]$/);
		expect(definition.means()).toMatch(SENTENCE);
		expect(definition.costs()).toMatch(SENTENCE);
		expect(definition.steps().length).toBeGreaterThan(0);
		for (const step of definition.steps())
			expect(step).toMatch(SENTENCE);
		/* it speaks of a command exactly where there may be one */
		if (definition.steps().some((step) => step.includes('the command below')))
			expect(definition.command).toBeDefined();
		expect(definition.page === undefined || definition.command === undefined).toBe(true);
	});
});

it('every title is said once', () => {
	expect(new Set(SORTED.map(([, { title }]) => title())).size).toBe(SORTED.length);
});

describe('findings', () => {
	it('are listed heaviest first', () => {
		const levels = ['bad', 'attention', 'plain'];
		const weights = SORTED.map(([, { level }]) => levels.indexOf(level));
		expect(weights).toEqual([...weights].sort());
		expect(new Set(weights).size).toBe(levels.length);
	});

	it('are not drawn from what was not surveyed', () => {
		for (const facts of Object.values(ROUTERS))
			expect(() => findingsOf({ ...facts, coverage: null, judged: null, conflicts: null })).not.toThrow();
		expect(codes({ ...ROUTERS.crowded, coverage: null, judged: null, conflicts: null })).toEqual(['TABLE_FULL']);
		expect(codes({ ...ROUTERS['mt7621 PPPoE+VLAN'], conflicts: null })).toEqual(['PPPOE_SLOW', 'BRIDGED_WLAN']);
	});

	it('know hardware that stopped from hardware that never was', () => {
		const moving = { rates: { software: { packets: 9000, bytes: 1e7 } }, pairs: [] };
		const after = (flows: { hardware: number; software: number }) => {
			const statuses = [...series(3, 'hardware', { ...moving, flows }), ...series(5, 'hardware', { ...moving, flows: { hardware: 0, software: 80 } }, {}, 1006)];
			return codes({ ...ROUTERS.crowded, coverage: null, conflicts: null, status: statuses.at(-1)!, memory: statuses.reduce(remember, EMPTY) });
		};
		expect(after({ hardware: 70, software: 10 })).toEqual(['HARDWARE_FADED']);
		expect(after({ hardware: 0, software: 80 })).toEqual(['HARDWARE_UNUSED']);
	});

	it('wait while the kernel is being changed', () => {
		const crowded = ROUTERS.crowded;
		const during = (step: 'reloading' | 'waiting') => codes({ ...crowded, status: { ...crowded.status, transaction: transaction('off', step) } });
		expect(during('reloading')).toEqual([]);
		expect(during('waiting')).toEqual(codes(crowded));
	});

	it('say how many there are when they show only some', () => {
		const facts = changed('filogic with WED and PPE', ({ conflicts: { bound: [bound] } }) => {
			bound!.orphans = Array.from({ length: 40 }, (_, index) => `192.0.2.1:${index}>192.0.2.2:1`);
		});
		const { evidence, count } = find(facts, 'ORPHANS')!;
		expect([evidence.length, count]).toEqual([16, 41]);
	});

	it('lead to the connections of a network, or of the zone of several', () => {
		const connections = (router: RouterName, code: FindingCode) => find(changed(router), code)?.connections;
		expect(connections('mt7621 PPPoE+VLAN', 'PPPOE_SLOW')).toEqual({ search: 'wan' });
		expect(connections('WireGuard + IPv6 tunnel', 'TUNNEL_SLOW')).toBeNull();
		expect(connections('ipq40xx "hardware" without hardware', 'HARDWARE_UNUSED')).toEqual({ path: 'software' });
		const sameZone = changed('WireGuard + IPv6 tunnel', ({ coverage }) => {
			coverage.networks.find(({ name }) => name === 'henet')!.zone = 'vpn';
		});
		expect(find(sameZone, 'TUNNEL_SLOW')?.connections).toEqual({ zone: 'vpn' });
	});
});

/** Throws on a finding that no page could show, or whose command nobody has looked at. */
function check(finding: Finding): void {
	const { code, evidence, count, command, page, threads } = finding;
	expect(evidence.length, code).toBeGreaterThan(0);
	expect(new Set(evidence).size, code).toBe(evidence.length);
	expect(count).toBeGreaterThanOrEqual(evidence.length);
	const known = CASES[code];
	if (known.commands)
		expect(command).toMatch(known.commands);
	else
		expect(command, code).toBe(known.command ?? '');
	expect(page).toMatch(/^(admin(\/[a-z-]+)+)?$/);
	for (const { name, url } of threads) {
		expect(url).toMatch(/^https:\/\/(github\.com\/[\w-]+\/[\w-]+\/issues\/\d+|docs\.kernel\.org\/networking\/[\w-]+\.html)$/);
		expect(name).toMatch(/^([\w-]+\/[\w-]+#\d+|nf_[\w-]+)$/);
	}
}

describe('random facts', () => {
	const seen = new Set<string>();

	/* In parts, so that vitest hears of it on a slow machine. */
	it.each([1, 2, 3, 4])('never make it throw, nor say anything that no page could show (%d)', (seed) => {
		const facts = fc.record({
			first: arbitrary<Status>('Status'), second: arbitrary<Status>('Status'), loaded: fc.boolean(),
			coverage: arbitrary<CoverageFacts>('CoverageFacts'), conflicts: arbitrary<ConflictFacts>('ConflictFacts'),
		});
		fc.assert(fc.property(facts, ({ first, second, loaded, coverage, conflicts }) => {
			/* Most of it needs a flowtable. */
			if (loaded)
				second.loaded = { ...status('software').loaded, flowtable: { ...status(coverage.zones.length % 2 ? 'software' : 'hardware').loaded.flowtable! } };
			const judged = judgeCoverage({ ...coverage, loaded: second.loaded });
			const memory = [first, second].reduce(remember, EMPTY);
			const window = memory.windows[0];
			for (const finding of findingsOf({ status: second, memory, coverage, judged, agreements: window ? agreement(judged, window.pairs, 100) : [], conflicts })) {
				check(finding);
				seen.add(finding.code);
			}
		}), { numRuns: 100, seed });
	}, 60_000);

	it('reach most of the findings', () => {
		expect(seen.size).toBeGreaterThan(25);
	});
});

it('every finding of a case can be shown', () => {
	for (const { router, present, variants = [] } of Object.values(CASES))
		for (const change of [undefined, ...variants.map((variant) => variant.change)])
			findingsOf(changed(router, present, change)).forEach(check);
});

it('the lists and docs/findings.md are what the files say (if not: npm run findings)', async () => {
	for (const { path, text } of await generated())
		expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text);
});
