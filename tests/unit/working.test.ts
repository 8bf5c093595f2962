// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlowPair, Status } from '../../web/src/contract.ts';
import { diagnose } from '../../web/src/doctor/index.ts';
import type { Diagnosis } from '../../web/src/doctor/index.ts';
import { EMPTY, remember } from '../../web/src/doctor/memory.ts';
import type { Memory } from '../../web/src/doctor/memory.ts';
import type { Verdict } from '../../web/src/doctor/verdict.ts';
import { SCENES } from './fixtures/scenes.ts';
import type { Scene } from './fixtures/scenes.ts';
import { FLOWTABLE, flowSums, pair, series, status, transaction, watch } from './fixtures/status.ts';
import type { Motion } from './fixtures/status.ts';

/** What the doctor says after each status of a series. */
function follow(statuses: Status[], memory: Memory = EMPTY): Diagnosis[] {
	return statuses.map((next) => diagnose(next, memory = remember(memory, next)));
}

const verdicts = (statuses: Status[]): Verdict[] => follow(statuses).map(({ working }) => working.verdicts[0]!);
const codes = (statuses: Status[]): string[] => verdicts(statuses).map(({ code }) => code);

/** Joins series of four so that time and counters go on; the first status of each repeats the counters before. */
function joined(...parts: Motion[]): Status[] {
	const result: Status[] = [];
	for (const motion of parts) {
		const last = result.at(-1);
		const next = series(4, 'software', motion, {}, (last?.now ?? 998) + 2);
		for (const one of next)
			for (const grown of one.watch!.slow!.pairs) {
				const old = last?.watch!.slow!.pairs.find(({ iif, oif, protocol }) => iif === grown.iif && oif === grown.oif && protocol === grown.protocol);
				for (const field of ['packets', 'bytes', 'flagged_packets', 'flagged_bytes'] as const)
					grown[field] += old?.[field] ?? 0;
			}
		result.push(...next);
	}
	return result;
}

describe('whether it works', () => {
	it.each<[Scene, string]>([
		['hardware', 'WORKING'],
		['software', 'WORKING'],
		['off', 'EVERY_PACKET_SLOW'],
		['notLoaded', 'EVERY_PACKET_SLOW'],
		['idle', 'WAITING_FOR_TRAFFIC'],
		['measuring', 'MEASURING'],
		['unwatched', 'MEASURING'],
		['slowIn', 'DIRECTION_SLOW'],
		['refusedFlows', 'HARDWARE_IDLE'],
		['nothingOffloaded', 'NOTHING_OFFLOADED'],
		['firewallDown', 'NOTHING_TO_JUDGE'],
	])('%s: %s', (scene, code) => {
		expect(codes(SCENES[scene]).at(-1)).toBe(code);
	});

	it('names the direction that stays slow, and the devices that are listed', () => {
		expect(verdicts(SCENES.slowIn).at(-1)).toEqual({
			code: 'DIRECTION_SLOW',
			directions: [{ iif: 'pppoe-wan', oif: 'br-lan', from: 'wan', to: 'lan', way: 'in' }],
			devices: FLOWTABLE.software!.devices,
		});
	});

	it('gives the share of bytes that bypass the firewall, flagged but slow ones not among them', () => {
		const last = follow(SCENES.slowIn).at(-1)!;
		/* 310 flagged of which 279 stayed, beside 280.2 slow */
		expect(last.share).toBeCloseTo((310 - 279) / (310 - 279 + 280.2), 3);
		expect(last.throughput!.slow * 8 / 1e6).toBeCloseTo(280.2, 3);
		expect(last.throughput!.software * 8 / 1e6).toBeCloseTo(31, 2);
	});

	it('takes what stayed slow from software first, then from hardware', () => {
		const { throughput } = follow(series(3, 'hardware', {
			flows: { hardware: 2, software: 1 },
			rates: { hardware: { packets: 900, bytes: 900_000 }, software: { packets: 100, bytes: 100_000 } },
			pairs: [pair('wan', 'lan', { packets: 10, bytes: 300_000, flagged_packets: 10, flagged_bytes: 300_000 })],
		})).at(-1)!;
		expect(throughput).toEqual({ hardware: 700_000, software: 0, slow: 300_000 });
	});
});

describe('the threshold of a slow direction', () => {
	const flagged = (packets: number, rate: number, bytes = packets * 1000): Status[] => series(6, 'software', {
		flows: { software: 5 },
		rates: { software: { packets: rate, bytes: rate * 1000 } },
		pairs: [pair('wan', 'lan', { packets, bytes, flagged_packets: packets, flagged_bytes: bytes })],
	});

	it.each([
		['20 packets in a window and a tenth', flagged(10, 100), 'DIRECTION_SLOW'],
		['fewer than 20 packets in a window', flagged(9, 50), 'WORKING'],
		['less than a tenth', flagged(99, 1000), 'WORKING'],
		['a single teardown among many', flagged(1, 30_000), 'WORKING'],
	])('%s', (_name, statuses, code) => {
		expect(codes(statuses).at(-1)).toBe(code);
	});

	it('adds up protocols of one direction, never two directions', () => {
		const half = (protocol: 'tcp' | 'udp', iif: string, oif: string) =>
			pair(iif, oif, { protocol, packets: 8, bytes: 800, flagged_packets: 8, flagged_bytes: 800 });
		const motion = { flows: { software: 5 }, rates: { software: { packets: 50, bytes: 50_000 } } };
		expect(codes(series(5, 'software', { ...motion, pairs: [half('tcp', 'wan', 'lan'), half('udp', 'wan', 'lan')] })).at(-1)).toBe('DIRECTION_SLOW');
		expect(codes(series(5, 'software', { ...motion, pairs: [half('tcp', 'wan', 'lan'), half('tcp', 'lan', 'wan')] })).at(-1)).toBe('WORKING');
	});

	it('holds without conntrack\'s counters, where only the forward hook counts', () => {
		const statuses = flagged(15, 0).map((one) => {
			one.prerequisites.accounting = false;
			if (one.watch!.flows!.window)
				one.watch!.flows!.rates = null;
			return one;
		});
		expect(codes(statuses).at(-1)).toBe('DIRECTION_SLOW');
	});
});

describe('the threshold of nothing offloaded', () => {
	const unflagged = (forwarded: number, large: number, flows = 0): Status[] => series(6, 'software', {
		flows: { software: flows, slow: 9 },
		rates: { slow: { packets: large, bytes: large * 1000 } },
		pairs: [pair('wan', 'lan', { packets: forwarded, bytes: forwarded * 1000 })],
	});

	it.each([
		['traffic and no flagged flow', unflagged(500, 500), 'NOTHING_OFFLOADED'],
		['too little', unflagged(19, 19), 'WAITING_FOR_TRAFFIC'],
		['only new, short connections', unflagged(500, 3), 'WAITING_FOR_TRAFFIC'],
		['large connections of the router itself', unflagged(2, 500), 'WAITING_FOR_TRAFFIC'],
		['another flow is flagged', unflagged(500, 500, 1), 'MOSTLY_SLOW'],
	])('%s', (_name, statuses, code) => {
		expect(codes(statuses).at(-1)).toBe(code);
	});

	it('does not count what no flowtable takes', () => {
		const icmp = unflagged(500, 500).map((one) => {
			one.watch!.slow!.pairs.forEach((counted) => { counted.protocol = 'other'; });
			return one;
		});
		expect(codes(icmp).at(-1)).toBe('WAITING_FOR_TRAFFIC');
	});
});

describe('steadiness', () => {
	const good: Motion = {
		flows: { software: 5 }, rates: { software: { packets: 1000, bytes: 1e6 } },
		pairs: [pair('wan', 'lan', { packets: 20, bytes: 20_000 })],
	};
	const bad: Motion = { ...good, pairs: [pair('wan', 'lan', { packets: 600, bytes: 600_000, flagged_packets: 600, flagged_bytes: 600_000 })] };
	const silent: Motion = { flows: { software: 5 }, pairs: [pair('wan', 'lan', {})] };

	it('believes a symptom only from its second window on', () => {
		expect(codes(series(4, 'software', bad))).toEqual(['MEASURING', 'WORKING', 'DIRECTION_SLOW', 'DIRECTION_SLOW']);
	});

	it('is not moved by one odd window', () => {
		const statuses = series(8, 'software', good);
		for (const later of statuses.slice(4)) {
			later.watch!.slow!.pairs[0]!.flagged_packets += 900;
			later.watch!.slow!.pairs[0]!.packets += 900;
		}
		expect(new Set(codes(statuses).slice(1))).toEqual(new Set(['WORKING']));
	});

	it('drops it after two windows without', () => {
		const statuses = series(8, 'software', bad);
		for (const [index, later] of statuses.entries())
			later.watch!.slow!.pairs[0]!.flagged_packets = Math.min(index, 4) * 1200;
		expect(codes(statuses).slice(4)).toEqual(['DIRECTION_SLOW', 'DIRECTION_SLOW', 'WORKING', 'WORKING']);
	});

	it('waits for traffic only after a while of silence, and forgets then', () => {
		const seen = codes(joined(bad, silent, silent));
		expect(seen.slice(4, 9)).toEqual(Array(5).fill('DIRECTION_SLOW'));
		expect(seen.slice(9)).toEqual(Array(3).fill('WAITING_FOR_TRAFFIC'));
		expect(codes(joined(bad, silent, silent, good)).at(-1)).toBe('WORKING');
	});

	it('starts anew when another flowtable is loaded, the sampler or the router restarts', () => {
		const fresh = (change: (one: Status) => void): string => {
			const next = series(1, 'software', bad, {}, 1010)[0]!;
			next.watch!.slow!.pairs = [];
			change(next);
			return codes([...series(5, 'software', bad), next]).at(-1)!;
		};
		expect(fresh((next) => { next.loaded.flowtable = { devices: ['wan'], offload: false, counter: true }; })).toBe('MEASURING');
		expect(fresh((next) => { next.watch!.slow!.since = 1009; })).toBe('MEASURING');
		expect(fresh((next) => { next.now = 5; })).toBe('MEASURING');
	});

	it('believes one window of a router that measures rarely', () => {
		const rare = series(3, 'software', bad).map((one, index) => {
			const at = 1000 + 40 * index;
			one.watch!.flows!.at = one.watch!.slow!.at = one.now = at;
			one.watch!.slow!.pairs[0]!.flagged_packets *= 20;
			return one;
		});
		expect(codes(rare)).toEqual(['MEASURING', 'DIRECTION_SLOW', 'DIRECTION_SLOW']);
	});

	it('counts nothing for a ruleset that was counted before it was loaded', () => {
		/* Off until 1040, software from then on, the sampler reads at 1000, 1050 and 1090 only. */
		const seen = (now: number, at: number, mode: 'off' | 'software', packets: number): Status => {
			const slow = pair('wan', 'lan', { packets, bytes: packets * 1000 });
			const rates = { software: { packets: 900, bytes: 900_000 }, slow: { packets: 500, bytes: 500_000 } };
			const one = status(mode, now, { rest: { watch: watch(flowSums(at, { hardware: 0, software: mode === 'off' ? 0 : 9, slow: 9 }, rates), [slow]) } });
			if (mode === 'software')
				one.transaction = { ...transaction('software', 'waiting'), history: [{ step: 'reloading', at: 1038 }, { step: 'verifying', at: 1040 }] };
			return one;
		};
		const statuses = [seen(1002, 1000, 'off', 0), seen(1041, 1000, 'software', 0), seen(1051, 1050, 'software', 40_000), seen(1091, 1090, 'software', 40_100)];
		expect(codes(statuses)).toEqual(['EVERY_PACKET_SLOW', 'MEASURING', 'MEASURING', 'WORKING']);
		/* and a page that was opened after the change knows as much */
		expect(codes(statuses.slice(1))).toEqual(['MEASURING', 'MEASURING', 'WORKING']);
		expect(follow(statuses).at(-1)!.throughput!.slow).toBe(100_000 / 40);
	});

	it('starts anew when the same ruleset is loaded again', () => {
		const again = series(2, 'software', good, { rest: { transaction: { ...transaction('software', 'waiting'), history: [{ step: 'reloading', at: 1008.5 }, { step: 'verifying', at: 1009 }] } } }, 1010);
		expect(codes([...series(5, 'software', bad), ...again]).slice(-3)).toEqual(['DIRECTION_SLOW', 'MEASURING', 'WORKING']);
	});

	it('keeps what it knows while the sampler takes its time', () => {
		const statuses = series(5, 'software', bad);
		const again = statuses.flatMap((one) => [one, { ...one, now: one.now + 0.5 }, { ...one, now: one.now + 1 }]);
		expect(codes(again).at(-1)).toBe('DIRECTION_SLOW');
	});
});

describe('families', () => {
	it('of the same pair of devices are counted apart and told together', () => {
		const of = (family: 'ipv4' | 'ipv6'): SlowPair => pair('wan', 'lan', { family, packets: 30, bytes: 3000, flagged_packets: 30, flagged_bytes: 3000 });
		const motion = { flows: { software: 9 }, rates: { software: { packets: 60, bytes: 6000 } } };
		const [one, both] = [[of('ipv4')], [of('ipv4'), of('ipv6')]].map((pairs) => follow(series(4, 'software', { ...motion, pairs })).at(-1)!.throughput);
		expect([one?.slow, both?.slow]).toEqual([3000, 6000]);
	});
});

describe('what cannot be proven', () => {
	it('says so when the counters could not be installed', () => {
		const failed = status('software', 1000, { rest: { watch: watch(flowSums(1000, { hardware: 0, software: 9, slow: 0 }, {}), [], 'Error: no space') } });
		expect(verdicts([failed])).toEqual([{ code: 'COUNTERS_FAILED', error: 'Error: no space' }]);
	});

	it('says so when offloaded connections are not counted', () => {
		const statuses = series(4, 'software', { flows: { software: 9 }, pairs: [pair('lan', 'wan', { packets: 3, bytes: 300 })] }, { prerequisites: { accounting: false } });
		expect(codes(statuses).at(-1)).toBe('NOT_COUNTED');
	});
});

describe('whatever the counters say', () => {
	const natural = fc.nat({ max: 1_000_000 });
	const rate = fc.record({ packets: natural, bytes: natural });
	const pairs = fc.uniqueArray(fc.record({
		iif: fc.constantFrom('lan', 'wan', 'wg0'), oif: fc.constantFrom('lan', 'wan', 'wg0'),
		family: fc.constantFrom('ipv4' as const, 'ipv6' as const),
		protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'other' as const),
		packets: natural, bytes: natural, flagged_packets: natural, flagged_bytes: natural,
	}), { selector: ({ iif, oif, family, protocol }) => `${iif} ${oif} ${family} ${protocol}` });
	const motion = fc.record({
		flows: fc.record({ hardware: fc.nat({ max: 99 }), software: fc.nat({ max: 99 }), slow: fc.nat({ max: 99 }) }),
		rates: fc.record({ hardware: rate, software: rate, slow: rate }),
		pairs,
	});

	it('the share is a share, and nothing is working with every flagged packet slow', () => {
		fc.assert(fc.property(motion, fc.constantFrom('software' as const, 'hardware' as const), (moved, mode) => {
			const last = follow(series(5, mode, moved)).at(-1)!;
			if (last.share !== null) {
				expect(last.share).toBeGreaterThanOrEqual(0);
				expect(last.share).toBeLessThanOrEqual(1);
			}
			const flagged = moved.rates.hardware.packets + moved.rates.software.packets;
			const stayed = Math.max(0, ...moved.pairs.map(({ flagged_packets }) => flagged_packets));
			if (stayed >= flagged && stayed >= 10)
				expect(last.working.verdicts[0]!.code).toBe('DIRECTION_SLOW');
			expect(last.working.level === 'good').toBe(last.working.verdicts[0]!.code === 'WORKING');
		}));
	});

	it('the order of the counters does not matter', () => {
		fc.assert(fc.property(motion, (moved) => {
			const turned = { ...moved, pairs: [...moved.pairs].reverse() };
			expect(codes(series(4, 'software', turned))).toEqual(codes(series(4, 'software', moved)));
		}));
	});
});
