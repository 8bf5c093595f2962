// SPDX-License-Identifier: Apache-2.0
import type { AddressedNetwork, CoverageFacts } from '../contract.ts';
import { linksOf, slowBetween, walk } from './chain.ts';
import type { Side } from './chain.ts';
import type { Flow, KernelRule, Reason, Shown, SlowWay } from './coverage-types.ts';
import { isOutside } from './direction.ts';
import { atlasOf, bitsOf, endsOf } from './endpoints.ts';
import type { Atlas, Place } from './endpoints.ts';
import { ruleOf } from './kernels.ts';

/** s that the counters of a flagged flow may stand still before its driver is doubted; idle flows leave after 30. */
const STILL = 60;
/** s that an idle flow stays in the flowtable (nf_flowtable_tcp_timeout's default). */
const KEPT = 30;

const OPENING = /^(NONE|SYN_|LISTEN)/;
/** Protocols that carry packets: 6in4 and 6rd, ipip, GRE, ESP and AH. */
const TUNNEL = /^(41?|47|5[01]|ipv6|ipip|ipencap|gre|esp|ah)$/;
/** firewall4's rule, as nft prints it. */
const RULE = /^meta l4proto \{ (tcp|6), (udp|17) \} (counter packets \d+ bytes \d+ )?flow (add|offload) @\w+$/;

interface Context {
	rule: KernelRule;
	listed: string[];
	place: Atlas;
	side: (network: AddressedNetwork | null) => Side | null;
}

const contexts = new WeakMap<CoverageFacts, Context>();

/** What all flows have in common, made once for the same facts. */
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

function slowWays(from: Place, to: Place, { rule, listed, side }: Context): SlowWay[] {
	const way = (a: Place, b: Place): SlowWay[] => {
		const [out, into] = [side(a.network), side(b.network)];
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

/** s since its last packet, by what is left of its timeout; null where that does not tell. */
function idleOf({ protocol, state, timeout, assured }: Flow, { timeouts }: CoverageFacts): number | null {
	const full = protocol !== 'tcp' ? timeouts[assured ? 'udp_stream' : 'udp']
		: state === 'ESTABLISHED' ? timeouts.established : null;
	return full === null || timeout === null ? null : Math.max(0, full - timeout);
}

/**
 * Why a flow is not offloaded, or what is wrong with it although it is.
 * `options`: SlowPath.options, IPv4 packets with options as [source, destination].
 */
export function reasonOf(flow: Flow, facts: CoverageFacts, options: [string, string][], now: number): Reason {
	const { loaded, helpers, loaded_since: since } = facts;
	const { path, protocol, state, original, reply, packets } = flow;
	const context = contextOf(facts);
	const { from, to } = endsOf(flow, context.place);
	const router = from.router || to.router;
	const slow = router || !loaded.flowtable ? [] : slowWays(from, to, context);

	const inner = from.network;
	const same: Reason | false | null = inner && inner.l3_device === to.network?.l3_device && !from.guessed && !flow.dnat && !flow.snat && { code: 'SAME_NETWORK', network: inner.name };

	if (path !== 'slow')
		/* routed back to where it came from, unless the bridge does that by itself and only shows it */
		return same && facts.bridged && facts.links.some(({ name, kind }) => kind === 'bridge' && name === inner!.l3_device) ? same
			: slow.length ? { code: 'FLAGGED_SLOW', slow }
			: flow.still >= STILL ? { code: 'STILL', seconds: flow.still } : { code: 'OFFLOADED' };
	if (!loaded.flowtable || loaded.rule === null)
		return { code: 'OFF' };
	if (protocol !== 'tcp' && protocol !== 'udp')
		return { code: router && TUNNEL.test(protocol) ? 'TUNNEL' : 'PROTOCOL', protocol };
	if (router)
		return { code: 'ROUTER', end: from.router ? 'from' : 'to' };
	if (same)
		return same;
	if (protocol === 'tcp' && state !== 'ESTABLISHED' && state !== '')
		return { code: OPENING.test(state) ? 'NOT_ESTABLISHED' : 'CLOSING', state };

	const helper = helpers.find((one) => one.protocol === protocol && one.port === original.dport);
	if (helper)
		return { code: 'HELPER', helper: helper.name };
	/* The forward hook sees addresses after destination NAT and before source NAT. */
	const ends = [bitsOf(original.src), bitsOf(reply.src)].sort().join();
	if (options.some((pair) => pair.map(bitsOf).sort().join() === ends))
		return { code: 'IP_OPTIONS' };
	const young: Reason = { code: 'TOO_YOUNG', seconds: flow.age };
	if (packets[0] !== null && packets[0] + (packets[1] ?? 0) <= 1)
		return young;
	/* Only the strict rule refuses a flow for its devices; the older one flags it all the same. */
	if (slow.length && context.rule.strict)
		return { code: 'NOT_COVERED', slow };
	const idle = idleOf(flow, facts);
	if (idle !== null && (idle > KEPT || since !== null && idle >= Math.max(1, now - since)))
		return { code: 'IDLE', seconds: idle };
	if (!RULE.test(loaded.rule.trim()))
		return { code: 'EXEMPT', rule: loaded.rule };
	if (slow.length)
		return { code: 'NOT_COVERED', slow };
	return flow.unreplied ? young : { code: 'NOT_KNOWN' };
}

/** What the badge of a flow says: its flag is believed only where no direction is known to be slow. */
export function shownPath(flow: Flow, reason: Reason): Shown {
	return reason.code === 'FLAGGED_SLOW' ? reason.slow.length > 1 ? 'slow' : 'one way'
		: reason.code === 'SAME_NETWORK' ? 'slow' : flow.path;
}
