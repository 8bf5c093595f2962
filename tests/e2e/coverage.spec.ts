// SPDX-License-Identifier: Apache-2.0
import type { CoverageFacts } from '../../web/src/contract.ts';
import { agreement } from '../../web/src/doctor/agreement.ts';
import { linksOf, slowBetween, walk } from '../../web/src/doctor/chain.ts';
import { judgeCoverage } from '../../web/src/doctor/coverage.ts';
import type { Ran } from '../../testbed/target.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import { COUNT, STACKS, Stacks } from './stacks.ts';
import type { Slow } from './stacks.ts';

/** A bridge that tells VLANs apart: frames of the guests' network come and go by the port and by the bridge itself. */
const FILTERING = `
	bridge vlan add dev lan1 vid 10 && bridge vlan add dev br-lan vid 10 self && ip link set br-lan type bridge vlan_filtering 1`;
const NOT_FILTERING = `
	ip link set br-lan type bridge vlan_filtering 0; bridge vlan del dev lan1 vid 10; bridge vlan del dev br-lan vid 10 self`;

/**
 * Each list of devices that a flowtable gets, or what somebody does to the one
 * before by nft, and what is done beside the router's own tools. EVERYTHING=1 takes all of them.
 */
const ALL: [name: string, devices: string, by?: string, tools?: string][] = [
	['as firewall4 loads it in software', ''],
	['where every way ends', 'lan1 lan2 lan3 wan vpn 6in4-six ipip-ipip gre4-gre mac0 agg0'],
	['inner networks only', 'br-lan br-lan.10 lan3'],
	['the WAN port only', 'wan'],
	['bridge and WAN port', 'br-lan wan'],
	['ports, and VLANs of the WAN port', 'lan1 lan2 wan.7 wan.8'],
	['bridge and VLANs, as firewall4 lists PPPoE over VLAN', 'br-lan br-lan.10 wan.8'],
	['then PPPoE, added by hand', '', "add flowtable inet fw4 ft '{ hook ingress priority 0; devices = { pppoe-dsl, pppoe-fibre }; counter; }'"],
	['then without the bridge, by hand', '', "delete flowtable inet fw4 ft '{ hook ingress priority 0; devices = { br-lan }; }'"],
	['what tunnels, bond and macvlan run over', 'lan1 lan2 wan wan3'],
	['tunnels', 'br-lan vpn 6in4-six ipip-ipip gre4-gre'],
	['a device that nothing goes through', 'dummy7'],
	['bridge and WAN port, the bridge tells VLANs apart', 'br-lan wan', '', FILTERING],
	['VLAN of the bridge and WAN port, the bridge tells VLANs apart', 'br-lan.10 wan'],
	['ports, the bridge tells VLANs apart', 'lan1 lan2 lan3 wan'],
	['bridge and all ports', 'br-lan lan1 lan2 lan3 wan', '', NOT_FILTERING],
];
const SOME = ['as firewall4 loads it in software', 'where every way ends', 'bridge and VLANs, as firewall4 lists PPPoE over VLAN', 'then PPPoE, added by hand'];
const LISTS = process.env.EVERYTHING ? ALL : ALL.filter(([name]) => SOME.includes(name));

/** More than a few packets, of COUNT. */
const isSlow = (packets: number): boolean => packets > COUNT / 4;

type Ways = Record<string, string>;
const words = (out: boolean, back: boolean): string => `${out ? 'slow' : 'fast'} out, ${back ? 'slow' : 'fast'} back`;

function measured(slow: Record<string, Slow>): Ways {
	return Object.fromEntries(Object.entries(slow).map(([name, { answered, out, back }]) =>
		[name, answered === COUNT ? words(isSlow(out), isSlow(back)) : `${answered} answers`]));
}

/** By flow, as the reasons are given. */
function predicted(facts: CoverageFacts): Ways {
	const { rule, listed } = judgeCoverage(facts);
	const side = (l3: string): ReturnType<typeof walk> => walk(linksOf(facts), l3, rule);
	return Object.fromEntries(STACKS.map(({ name, iif, oif }) =>
		[name, words(slowBetween(side(iif), side(oif), rule, listed) !== null, slowBetween(side(oif), side(iif), rule, listed) !== null)]));
}

/** By network, as the table of coverage has it: what comes in from a side decides, where one side does. */
function covered(facts: CoverageFacts): Ways {
	const { networks } = judgeCoverage(facts);
	const from = (name: string): boolean => networks.find((one) => one.name === name)!.in.standing !== 'covered';
	return Object.fromEntries(STACKS.map(({ name, inside, outside }) => [name, words(from(inside), from(outside))]));
}

/** What the doctor says when it sees both. */
function disagreements(facts: CoverageFacts, slow: Record<string, Slow>): string[] {
	const pairs = STACKS.flatMap(({ name, iif, oif }) => (['out', 'back'] as const).map((way) => {
		const packets = slow[name]![way], flagged = slow[name]!.flagged[way];
		return { iif: way === 'out' ? iif : oif, oif: way === 'out' ? oif : iif, packets, eligible: packets, flagged, bytes: 0, flaggedBytes: 0 };
	}));
	const total = (device: string): number => COUNT * STACKS.filter(({ iif, oif }) => [iif, oif].includes(device)).length;
	const coverage = judgeCoverage(facts);
	const moved = coverage.networks.map(({ name, l3 }) => ({ network: name, in: total(l3 ?? ''), out: total(l3 ?? '') }));
	return agreement(coverage, pairs, 0, moved).filter(({ verdict }) => /BUT/.test(verdict))
		.map(({ network, direction, verdict }) => `${network} ${direction} ${verdict}`);
}

async function done(ran: Promise<Ran>): Promise<void> {
	const { code, stdout, stderr } = await ran;
	expect(code, stdout + stderr).toBe(0);
}

test('coverage says which way packets really go, whatever is listed', { tag: TEST_ALL }, async ({ router }) => {
	test.skip(!router.target.hasHosts, 'no hosts of their own');
	test.setTimeout(900_000);
	await router.change('software');
	let stacks: Stacks | null = null;
	try {
		stacks = await Stacks.build(router);
		const there = stacks;
		for (const [name, devices, by, tools] of LISTS)
			await test.step(name, async () => {
				if (tools)
					await done(router.target.tools(tools));
				if (devices)
					await there.list(devices.split(' '));
				if (by)
					await router.sh(`nft ${by}`);
				// the sampler gathers while the survey does, and nothing else is sent
				const [facts, slow] = await Promise.all([router.coverage(), there.measure()]);
				const ways = measured(slow);
				expect.soft(predicted(facts), name).toEqual(ways);
				if (!judgeCoverage(facts).rule.strict)
					expect.soft(covered(facts), name).toEqual(ways);
				expect.soft(disagreements(facts, slow), name).toEqual([]);
			});
		if (process.env.EVERYTHING)
			await test.step('ports, and the bridge does not know where the client is', async () => {
				await there.list(['lan1', 'lan2', 'wan']);
				await done(router.target.tools('cd /sys/class/net/lan1/brport && echo 0 >learning && echo 1 >flush'));
				/* the kernel's walk ends at the bridge for that client, which no fact of the router's devices tells: the counters do */
				const [facts, slow] = await Promise.all([router.coverage(), there.measure()]);
				const strict = judgeCoverage(facts).rule.strict;
				const inner = STACKS.filter(({ iif }) => iif === 'br-lan');
				expect.soft(Object.fromEntries(inner.map(({ name }) => [name, measured(slow)[name]?.split(',')[0]]))).toEqual(Object.fromEntries(inner.map(({ name }) => [name, 'slow out'])));
				if (!strict)
					expect.soft(disagreements(facts, slow)).toContain('lan in COVERED_BUT_SLOW');
				await done(router.target.tools('echo 1 >/sys/class/net/lan1/brport/learning'));
			});
	} finally {
		await router.target.tools(`${NOT_FILTERING}; echo 1 >/sys/class/net/lan1/brport/learning`);
		await stacks?.remove();
	}
});
