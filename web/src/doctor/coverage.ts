// SPDX-License-Identifier: Apache-2.0
import type { AddressedNetwork, CoverageFacts } from '../contract.ts';
import { chainOf, coverSide, isSlow, linksOf, missingOf, walk } from './chain.ts';
import type { Side } from './chain.ts';
import type { Coverage, Covering, Late, NetworkCoverage, Overall } from './coverage-types.ts';
import { ruleOf } from './kernels.ts';
import { listedFor, wouldList } from './listing.ts';
import { modeOfFlowtable } from './options.ts';

/** s by which netifd's and the firewall's clocks may differ. */
const SLACK = 2;

/** A network or a zone's raw device, with its own side judged. */
interface Judged {
	name: string;
	zone: string;
	network: AddressedNetwork | null;
	side: Side | null;
	own: Covering;
}

/** The other side's verdicts as one: what they agree on, else partly. */
function together(others: Judged[]): Covering {
	const [first] = others;
	if (!first)
		return { standing: 'not known', why: { code: 'NOT_FORWARDED' } };
	const lacking = others.filter(({ own }) => own.standing !== 'covered');
	if (!lacking.length)
		return { standing: 'covered', why: { code: 'LISTED', devices: [...new Set(others.flatMap(({ own: { why } }) => ('devices' in why ? why.devices : [])))] } };
	return {
		standing: others.every(({ own }) => own.standing === first.own.standing) ? first.own.standing : 'partly',
		why: {
			code: 'OTHER_SIDE',
			networks: lacking.map(({ name }) => name),
			missing: [...new Set(lacking.flatMap(({ own }) => missingOf(own)))],
		},
	};
}

const WORST = ['cannot be', 'not covered', 'not known', 'partly', 'covered'];
const worse = (a: Covering, b: Covering): Covering => (WORST.indexOf(b.standing) < WORST.indexOf(a.standing) ? b : a);

function overallOf(into: Covering, out: Covering): Overall {
	if (out.why.code === 'NOT_FORWARDED')
		return into.standing;
	const worst = worse(into, out);
	return isSlow(worst) && [into, out].some(({ standing }) => standing === 'covered' || standing === 'partly') ? 'one direction' : worst.standing;
}

/**
 * For each network in a zone, and each raw device of one, whether packets that
 * come in from it and that leave to it can take the fast path, by the rule of
 * the running kernel.
 */
export function judgeCoverage(facts: CoverageFacts): Coverage {
	const { kernel, loaded, zones, forwardings, networks, probed, at, loaded_since: since } = facts;
	const rule = ruleOf(kernel);
	const mode = modeOfFlowtable(loaded.flowtable);
	const listed = loaded.flowtable?.devices ?? [];
	const links = linksOf(facts);

	const judge = (name: string, zone: string, l3: string | null, network: AddressedNetwork | null): Judged => {
		const side = l3 === null ? null : walk(links, l3, rule);
		return { name, zone, network, side, own: side ? coverSide(side, rule, listed) : { standing: 'not known', why: { code: 'DOWN' } } };
	};
	const all = [
		...networks.map((network) => judge(network.name, network.zone, network.l3_device, network)),
		...zones.flatMap(({ name, devices }) => devices.map((device) => judge(device, name, device, null))),
	];
	const off: Covering | null = loaded.error === null && mode !== 'off' && loaded.rule !== null ? null
		: { standing: loaded.error === null ? 'not covered' : 'not known', why: { code: 'OFF' } };

	const late = ({ network, side, own }: Judged): Late[] => {
		if (off || !network || !side)
			return [];
		/* Before 24.10 ports were listed in software mode too, which stand for the network's device. */
		const known = mode === 'software' && side.ends?.some((end) => listed.includes(end));
		const appeared = known ? [] : listedFor(links, network.device, mode).filter((device) => !listed.includes(device));
		const after = since === null || network.uptime === null ? 0 : at - network.uptime - since;
		return [
			...appeared.map((device): Late => ({ code: 'APPEARED', device })),
			...(after > SLACK ? missingOf(own).filter((device) => !appeared.includes(device)) : [])
				.map((device): Late => ({ code: 'CAME_UP', device, seconds: after })),
		];
	};

	return {
		kernel, rule, mode, listed,
		would: wouldList(facts, mode),
		networks: all.map((one): NetworkCoverage => {
			const { name, zone, network, side, own } = one;
			const others = together(all.filter((other) => other.side && other.side.l3 !== side?.l3
				&& forwardings.some(({ src, dest }) => src === zone && dest === other.zone || src === other.zone && dest === zone)));
			const settled = off ?? (!side || side.never ? own : null);
			const both = others.why.code === 'NOT_FORWARDED' ? own : worse(own, others);
			const into = settled ?? (rule.strict ? both : own);
			const out = settled ?? (rule.strict ? both : others);
			return {
				name, zone,
				raw: !network,
				l3: side?.l3 ?? null,
				chain: side ? chainOf(side, links, listed) : [],
				ends: side?.ends ?? [],
				in: into,
				out,
				overall: overallOf(into, out),
				late: late(one),
				probed: (probed ?? []).filter((device) => side?.levels.flat().includes(device.name)),
			};
		}),
	};
}
