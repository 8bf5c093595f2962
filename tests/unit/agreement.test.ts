// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CoverageFacts, FlowRow, LinkKind } from '../../web/src/contract.ts';
import { agreement, settled } from '../../web/src/doctor/agreement.ts';
import { judgeCoverage } from '../../web/src/doctor/coverage.ts';
import type { Agreement } from '../../web/src/doctor/coverage-types.ts';
import { decodeFlow } from '../../web/src/doctor/flow.ts';
import { wouldList } from '../../web/src/doctor/listing.ts';
import { reasonOf, shownPath } from '../../web/src/doctor/reasons/index.ts';
import type { PairRate } from '../../web/src/doctor/traffic.ts';
import { coverageFacts } from './fixtures/coverage.ts';

const rate = (iif: string, oif: string, flagged: number): PairRate =>
	({ iif, oif, packets: flagged + 2, bytes: 0, eligible: flagged + 1, flagged, flaggedBytes: 0 });
const verdicts = (rows: Agreement[]): string[] => rows.map(({ network, direction, verdict }) => `${network} ${direction} ${verdict}`);
/** On 6.12, what comes in from lan is covered, what comes in from wan is not. */
const half = judgeCoverage(coverageFacts({ listed: ['lan'] }));
const all = judgeCoverage(coverageFacts({ listed: ['lan', 'wan'] }));

it('prediction and counters agree', () => {
	expect(agreement(half, [rate('wan', 'lan', 600), rate('lan', 'wan', 0)], 1000)).toEqual([
		{ network: 'lan', direction: 'in', predicted: 'covered', slow: 1, flagged: 0, share: 0, verdict: 'AGREES' },
		{ network: 'lan', direction: 'out', predicted: 'not covered', slow: 601, flagged: 600, share: 0.6, verdict: 'AGREES' },
		{ network: 'wan', direction: 'in', predicted: 'not covered', slow: 601, flagged: 600, share: 0.6, verdict: 'AGREES' },
		{ network: 'wan', direction: 'out', predicted: 'covered', slow: 1, flagged: 0, share: 0, verdict: 'AGREES' },
	]);
});

it('covered, yet slow', () => {
	expect(verdicts(agreement(all, [rate('wan', 'lan', 600), rate('lan', 'wan', 30)], 1000)))
		.toEqual(['lan in AGREES', 'lan out COVERED_BUT_SLOW', 'wan in COVERED_BUT_SLOW', 'wan out AGREES']);
});

it('not covered, yet fast: only where the network is known to have moved something', () => {
	expect(verdicts(agreement(half, [], 1000))).toEqual(['lan in AGREES', 'lan out NOT_MEASURED', 'wan in NOT_MEASURED', 'wan out AGREES']);
	/* of what one network moves, all connections' packets tell nothing */
	expect(agreement(half, [], 1000).map(({ share }) => share)).toEqual([0, null, null, 0]);
	expect(verdicts(agreement(half, [], 1000, [{ network: 'wan', in: 700, out: 3 }])))
		.toEqual(['lan in AGREES', 'lan out NOT_MEASURED', 'wan in UNCOVERED_BUT_FAST', 'wan out NOT_MEASURED']);
});

it('a contradiction is one when two windows after each other have it', () => {
	const slow = agreement(all, [rate('wan', 'lan', 600)], 1000), fast = agreement(all, [], 1000);
	expect(verdicts(settled(slow, fast))).toEqual(['lan in AGREES', 'lan out NOT_MEASURED', 'wan in NOT_MEASURED', 'wan out AGREES']);
	expect(verdicts(settled(slow, []))).toEqual(verdicts(settled(slow, fast)));
	expect(settled(slow, slow)).toEqual(slow);
	expect(settled(fast, slow)).toEqual(fast);
	expect(settled(slow, fast).map(({ share }) => share)).toEqual(slow.map(({ share }) => share));
});

it('says nothing of a quiet router', () => {
	expect(new Set(agreement(all, [rate('wan', 'lan', 3)], 4).map(({ verdict }) => verdict))).toEqual(new Set(['NOT_MEASURED']));
});

/* ---- whatever the facts ------------------------------------------------ */

const NAMES = ['br-lan', 'lan1', 'wan', 'wan.7', 'pppoe-wan', 'wg0', '', '<img src=x>', '\u0000', '__proto__', 'constructor'];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string());
const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('192.168.1.1', '::', ':::', '1.2.3.4.5', '/', ''));
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one);
const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 5 });
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true }));
const kinds: LinkKind[] = ['ethernet', 'bridge', 'vlan', 'dsa', 'wlan', 'ppp', 'wireguard', 'ipip', 'sit', 'ip6tnl', 'gre', 'ipsec', 'macvlan', 'bond', 'ifb', 'rawip', 'tun', 'loopback', 'other'];

const facts: fc.Arbitrary<CoverageFacts> = fc.record({
	at: number, ruleset: maybe(fc.string()), kernel: fc.oneof(fc.constantFrom('6.12.1', '7.2.0', '6.6.1'), fc.string()),
	loaded: fc.record({
		at: number, table: fc.boolean(), rule: maybe(fc.string()), ruleset: maybe(fc.string()), error: maybe(fc.string()),
		flowtable: maybe(fc.record({ devices: list(name), offload: fc.boolean(), counter: fc.boolean() })),
	}),
	loaded_since: maybe(number),
	zones: list(fc.record({ name, networks: list(name), devices: list(name), masq: fc.boolean(), masq6: fc.boolean(), mtu_fix: fc.boolean() })),
	forwardings: list(fc.record({ src: name, dest: name })),
	networks: list(fc.record({
		name, zone: name, masq: fc.boolean(), up: fc.boolean(), proto: fc.string(), device: maybe(name), l3_device: maybe(name), default_route: fc.boolean(),
		addresses: list(address), subnets: list(fc.oneof(address, fc.tuple(address, fc.integer()).map((both) => both.join('/')))), uptime: maybe(number), over: maybe(name),
	})),
	links: list(fc.record({
		name, kind: fc.constantFrom(...kinds), ifindex: fc.nat(), up: fc.boolean(), mtu: fc.nat(), master: maybe(name), lower: list(name), carrier: maybe(name),
		vlan_filtering: fc.boolean(), driver: maybe(name),
	})),
	helpers: list(fc.record({ name, protocol: fc.constantFrom('tcp', 'udp'), port: fc.nat() })),
	own: fc.array(fc.string()),
	bridged: fc.boolean(),
	timeouts: fc.record({ established: maybe(number), udp: maybe(number), udp_stream: maybe(number) }),
	probed: maybe(list(fc.record({ name, accepted: fc.boolean(), output: fc.string() }))),
});
const protocol = fc.oneof(fc.constantFrom('tcp', 'udp', '41', 'icmp'), fc.string());
const rows: fc.Arbitrary<FlowRow> = fc.tuple(
	fc.constantFrom(0 as const, 1 as const, 2 as const), protocol, fc.constantFrom('', 'ESTABLISHED', 'TIME_WAIT', 'x'), fc.nat(15), fc.integer(), address, fc.nat(), address, fc.nat(),
	fc.oneof(fc.constant(''), fc.string(), fc.tuple(address, fc.nat(), address, fc.nat()).map((all) => all.join(' '))),
	fc.integer(), fc.integer(), fc.integer(), fc.integer(), fc.integer(), fc.integer(), fc.nat(),
);

it('random facts never make it throw, nor call a flagged flow fast with a slow direction', () => {
	fc.assert(fc.property(facts, rows, list(fc.tuple(address, address)), number, list(fc.record({
		iif: name, oif: name, packets: number, bytes: number, eligible: number, flagged: number, flaggedBytes: number,
	})), (some, one, options, now, pairs) => {
		const coverage = judgeCoverage(some);
		agreement(coverage, pairs, 100);
		for (const mode of ['off', 'software', 'hardware'] as const)
			wouldList(some, mode);
		const flow = decodeFlow(one);
		const reason = reasonOf(flow, some, options, now);
		expect(JSON.parse(JSON.stringify(reason))).toHaveProperty('code');
		if (flow.path !== 'slow')
			expect(shownPath(flow, reason) === flow.path).toBe(reason.code !== 'FLAGGED_SLOW');
		expect(coverage.networks.length).toBe(some.networks.length + some.zones.flatMap(({ devices }) => devices).length);
	}), { numRuns: 200 });
});
