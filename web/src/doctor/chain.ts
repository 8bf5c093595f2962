// SPDX-License-Identifier: Apache-2.0
import type { CoverageFacts, Link } from '../contract.ts';
import type { ChainDevice, Covering, KernelRule } from './coverage-types.ts';

/** One side of a router, as the kernel's path walk sees it. */
export interface Side {
	/** The routed device. */
	l3: string;
	/** Levels of devices from the routed one down. */
	levels: string[][];
	/** Where the walk ends; none: it fails (a bridge without ports); null: it is not known what carries a device. */
	ends: string[] | null;
	/** A device that the kernel never offloads. */
	never: Link | null;
}

export type Links = ReadonlyMap<string, Link>;

export const linksOf = ({ links }: CoverageFacts): Links => new Map(links.map((link) => [link.name, link]));

/**
 * Follows dev_fill_forward_path(): a VLAN to its parent, a bridge to its
 * ports, PPPoE to its NIC, ipip to its underlay where the kernel does. A DSA
 * port, WireGuard, sit, gre, macvlan and bond end the walk.
 */
export function walk(links: Links, l3: string, rule: KernelRule): Side {
	const side: Side = { l3, levels: [], ends: [], never: null };
	const seen = new Set<string>();
	for (let level = [l3]; level.length;) {
		const next: string[] = [];
		for (const name of level) {
			seen.add(name);
			const link = links.get(name);
			const kind = link?.kind;
			if (link && kind === 'ipsec')
				side.never = link;
			if (link && (kind === 'ppp' || kind === 'ipip' && rule.ipip))
				if (link.carrier === null)
					side.ends = null;
				else
					next.push(link.carrier);
			else if (link && (kind === 'vlan' || kind === 'bridge'))
				next.push(...link.lower);
			else
				side.ends?.push(name);
		}
		side.levels.push(level);
		level = [...new Set(next)].filter((name) => !seen.has(name));
	}
	return side;
}

/** The levels of a walk as they are drawn. */
export function chainOf(side: Side, links: Links, listed: string[]): ChainDevice[][] {
	return side.levels.map((level) => level.map((name) => ({
		name,
		kind: links.get(name)?.kind ?? null,
		listed: listed.includes(name),
		end: side.ends?.includes(name) === true,
	})));
}

/** Whether one side's devices are in the flowtable as the rule wants them. */
export function coverSide(side: Side, rule: KernelRule, listed: string[]): Covering {
	const { l3, ends, never } = side;
	if (never)
		return { standing: 'cannot be', why: { code: 'NEVER', device: never.name, kind: never.kind } };
	if (!rule.strict && listed.includes(l3))
		return { standing: 'covered', why: { code: 'LISTED', devices: [l3] } };
	if (!ends)
		return { standing: 'not known', why: { code: 'CARRIER', device: l3 } };

	const devices = ends.filter((name) => listed.includes(name));
	const missing = ends.filter((name) => !listed.includes(name));
	if (!devices.length)
		return { standing: 'not covered', why: { code: 'NOT_LISTED', missing: ends.length ? missing : rule.strict ? [] : [l3] } };
	return missing.length
		? { standing: 'partly', why: { code: 'SOME_LISTED', devices, missing } }
		: { standing: 'covered', why: { code: 'LISTED', devices } };
}

/** What the flowtable lacks for it. */
export const missingOf = ({ why }: Covering): string[] => ('missing' in why ? why.missing : []);

/** Packets are known to take the firewall's way. */
export const isSlow = ({ standing }: Covering): boolean => standing === 'not covered' || standing === 'cannot be';

/**
 * The devices that packets from one side to the other lack; null: none, they
 * are fast as far as is known. By the older rule only the side they come in
 * from counts, by the strict one both.
 */
export function slowBetween(from: Side, to: Side, rule: KernelRule, listed: string[]): string[] | null {
	const sides = (rule.strict ? [from, to] : [from]).map((side) => coverSide(side, rule, listed)).filter(isSlow);
	return sides.length ? sides.flatMap(missingOf) : null;
}
