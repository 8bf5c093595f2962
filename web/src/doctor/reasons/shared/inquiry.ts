// SPDX-License-Identifier: Apache-2.0
import type { AddressedNetwork, CoverageFacts } from '../../../contract.ts';
import { linksOf, slowBetween, walk } from '../../chain.ts';
import type { Side } from '../../chain.ts';
import type { Flow, KernelRule, SlowWay } from '../../coverage-types.ts';
import { isOutside } from '../../direction.ts';
import { atlasOf, endsOf } from '../../endpoints.ts';
import type { Atlas, Place } from '../../endpoints.ts';
import { ruleOf } from '../../kernels.ts';

/** What is known of a flow whose reason is sought. */
export interface Inquiry {
	flow: Flow;
	facts: CoverageFacts;
	/** SlowPath.options: between whom IPv4 packets with options were seen, as [source, destination]. */
	options: [string, string][];
	/** The router's uptime, s, when the flow was seen. */
	now: number;
	rule: KernelRule;
	/** conntrack flags it as offloaded. */
	flagged: boolean;
	/** Where the one is who opened it, and where the one is whom it really goes to. */
	from: Place;
	to: Place;
	/** It starts or ends on the router. */
	onRouter: boolean;
	/** The network that it never leaves, whose bridge or router sends it back into it. */
	within: AddressedNetwork | null;
	/** Its directions that are slow for want of devices in the flowtable. */
	slow: SlowWay[];
}

/** What all flows have in common under the same facts. */
interface Context {
	rule: KernelRule;
	listed: string[];
	place: Atlas;
	side: (network: AddressedNetwork | null) => Side | null;
}

const contexts = new WeakMap<CoverageFacts, Context>();

/** Made once for the same facts, because thousands of flows are judged under them. */
function contextOf(facts: CoverageFacts): Context {
	let context = contexts.get(facts);
	if (!context) {
		const rule = ruleOf(facts.kernel);
		const links = linksOf(facts);
		const sides = new Map(facts.networks.map(({ l3_device: l3 }) => [l3, l3 === null ? null : walk(links, l3, rule)]));
		context = {
			rule,
			listed: facts.loaded.flowtable?.devices ?? [],
			place: atlasOf(facts),
			side: (network) => (network && sides.get(network.l3_device)) ?? null,
		};
		contexts.set(facts, context);
	}
	return context;
}

/** The directions between two places that the flowtable's devices do not cover. */
function slowWays(from: Place, to: Place, { rule, listed, side }: Context): SlowWay[] {
	const way = (a: Place, b: Place): SlowWay[] => {
		const out = side(a.network), into = side(b.network);
		const missing = out && into && slowBetween(out, into, rule, listed);
		if (!missing)
			return [];
		const [outside, other] = [a, b].map(({ network }) => isOutside(network ? [network] : []));
		return [{
			way: outside === other ? 'across' : outside ? 'in' : 'out',
			from: a.network?.name ?? '',
			to: b.network?.name ?? '',
			missing,
		}];
	};
	return [...way(from, to), ...way(to, from)];
}

/** Gathers what the reasons look at. */
export function inquire(flow: Flow, facts: CoverageFacts, options: [string, string][], now: number): Inquiry {
	const context = contextOf(facts);
	const { from, to } = endsOf(flow, context.place);
	const onRouter = from.router || to.router;
	const stays = from.network !== null && from.network.l3_device === to.network?.l3_device && !from.guessed && !flow.dnat && !flow.snat;
	return {
		flow, facts, options, now, from, to, onRouter,
		rule: context.rule,
		flagged: flow.path !== 'slow',
		within: stays ? from.network : null,
		slow: onRouter || !facts.loaded.flowtable ? [] : slowWays(from, to, context),
	};
}
