// SPDX-License-Identifier: Apache-2.0
/**
 * Sections `rule`, `forwarding` and `redirect`: their options, and the nft statements they become.
 * Each add…() takes the state of loadState(), the section, its options and a way to warn.
 */
import { cidr, contains } from './address.mjs';
import { quoted, set } from './text.mjs';

const bool = fallback => ({ type: 'bool', fallback });
const list = (type, fallback) => ({ type, list: true, fallback });

/** What a rule and a redirect begin with. */
const MATCH = {
	enabled: bool('1'),
	name: { type: 'string' },
	family: { type: 'family' },
	src: { type: 'zoneReference' },
	dest: { type: 'zoneReference' },
	proto: list('protocol', 'tcpudp'),
};

export const RULE = {
	...MATCH,
	src_ip: list('subnet'),
	src_port: list('port'),
	dest_ip: list('subnet'),
	dest_port: list('port'),
	icmp_type: list('icmpType'),
	limit: { type: 'limit' },
	limit_burst: { type: 'int' },
	counter: bool('1'),
	target: { type: 'target' },
};

export const FORWARDING = {
	enabled: bool('1'),
	name: { type: 'string' },
	family: { type: 'family' },
	src: { type: 'zoneReference', required: true },
	dest: { type: 'zoneReference', required: true },
};

export const REDIRECT = {
	...MATCH,
	src_ip: { type: 'subnet' },
	src_dip: { type: 'subnet' },
	src_dport: { type: 'port' },
	dest_ip: { type: 'subnet' },
	dest_port: { type: 'port' },
	reflection: bool('1'),
	counter: bool('1'),
	target: { type: 'target', fallback: 'dnat' },
};

const port = ({ min, max }) => min === max ? `${min}` : `${min}-${max}`;
const comment = name => `comment ${quoted(`!fw4: ${name}`)}`;

/** `ip saddr { … }` and its negation. */
function addressMatch(family, field, list) {
	const addresses = (list ?? []).flatMap(({ invert, addrs }) => addrs.map(addr => ({ ...addr, invert })))
		.filter(addr => addr.family === family);
	const word = `${family === 4 ? 'ip' : 'ip6'} ${field}`;
	const of = invert => addresses.filter(addr => addr.invert === invert).map(cidr);

	return [of(false).length ? `${word} ${set(of(false))}` : '', of(true).length ? `${word} != ${set(of(true))}` : ''];
}

function portMatch(proto, field, list) {
	const of = invert => (list ?? []).filter(item => item.invert === invert).map(port);

	return [of(false).length ? `${proto} ${field} ${set(of(false))}` : '', of(true).length ? `${proto} ${field} != ${set(of(true))}` : ''];
}

/** Families that a rule's addresses, ICMP types and zones leave: [0] means any, without a match. */
function families(wanted, lists) {
	const used = [4, 6].filter(family => lists.some(list => list.includes(family)));
	const allowed = wanted ? used.filter(family => family === wanted) : used;

	return used.length ? allowed : [wanted ?? 0];
}

const addressFamilies = list => (list ?? []).flatMap(({ addrs }) => addrs.map(({ family }) => family));

/** Chain and verdict of a rule. */
function route({ src, dest, target }) {
	const chain = src
		? dest ? `forward${src.any ? '' : `_${src.zone.name}`}` : `input${src.any ? '' : `_${src.zone.name}`}`
		: dest && !dest.any ? `output_${dest.zone.name}` : 'output';

	if (target && dest && !dest.any) {
		dest.zone.to.add(target);
		return { chain, verdict: `jump ${target}_to_${dest.zone.name}` };
	}

	return { chain, verdict: target === 'reject' ? 'jump handle_reject' : target ?? '' };
}

/** One rule becomes a statement for each protocol, family and kind of ICMP match. */
export function addRule(state, section, rule) {
	if (!['accept', 'reject', 'drop', null].includes(rule.target))
		throw new Error(`the testbed's fw4 does not do target '${rule.target}'`);

	const { chain, verdict } = route(rule);
	const zoneFamilies = [rule.src, rule.dest].map(reference => reference?.zone?.family).filter(Boolean);
	const push = (family, proto, matches, hasAddresses, plain) => {
		const parts = [
			family && !hasAddresses ? `meta nfproto ipv${family}` : '',
			plain && !proto.any ? `meta l4proto ${l4proto(family, proto.name)}` : '',
			...matches,
			rule.limit ? `limit rate ${rule.limit.rate}/${rule.limit.unit}${rule.limit_burst ? ` burst ${rule.limit_burst} packets` : ''}` : '',
			rule.counter ? 'counter' : '',
			verdict,
			comment(rule.name),
		];

		state.rules.push({ chain, text: parts.filter(Boolean).join(' ') });
	};

	for (const proto of rule.proto) {
		const icmp = proto.name === 'icmp' || proto.name === 'ipv6-icmp';
		const ported = proto.name === 'tcp' || proto.name === 'udp';
		const types = icmp ? rule.icmp_type ?? [] : [];
		const wanted = proto.name === 'ipv6-icmp' ? 6 : rule.family ?? zoneFamilies[0] ?? null;
		const lists = [
			addressFamilies(rule.src_ip), addressFamilies(rule.dest_ip),
			types.flatMap(({ v4, v6 }) => [...v4 && proto.name === 'icmp' ? [4] : [], ...v6 ? [6] : []]),
		];

		for (const family of families(wanted, lists)) {
			const addresses = [...addressMatch(family, 'saddr', rule.src_ip), ...addressMatch(family, 'daddr', rule.dest_ip)];
			const ports = ported ? [...portMatch(proto.name, 'sport', rule.src_port), ...portMatch(proto.name, 'dport', rule.dest_port)] : [];
			const hasAddresses = addresses.some(Boolean);
			const plain = !ports.some(Boolean);
			const of = types.map(type => ({ type: family === 4 ? type.v4 : type.v6, other: type.v4 })).filter(({ type }) => type);
			const word = family === 4 ? 'icmp' : 'icmpv6';

			/* fw4 looks at the IPv4 codes for both families, so a type that only IPv6 has is matched with its code */
			const any = of.filter(({ other }) => other?.code === null).map(({ type }) => `${type.type}`);
			const coded = of.filter(({ other }) => other?.code !== null).map(({ type }) => `${type.type} . ${type.code ?? 0}`);

			if (any.length)
				push(family, proto, [...addresses, `${word} type ${set(any)}`], hasAddresses, false);

			if (coded.length)
				push(family, proto, [...addresses, `${word} type . ${word} code ${set(coded, true)}`], hasAddresses, false);

			if (!any.length && !coded.length)
				push(family, proto, [...addresses, ...ports], hasAddresses, plain);
		}
	}
}

function l4proto(family, name) {
	if (name !== 'icmp')
		return name;

	return family === 6 ? 'ipv6-icmp' : family === 4 ? 'icmp' : set(['icmp', 'ipv6-icmp']);
}

export function addForwarding(state, section, { src, dest, name, family }) {
	const wanted = family || [src, dest].map(reference => reference.zone?.family).find(Boolean) || 0;
	const label = reference => reference.any ? 'any' : reference.zone.name;
	const words = name ?? `Accept ${label(src)} to ${label(dest)} ${wanted ? `IPv${wanted} ` : ''}forwarding`;

	dest.zone?.to.add('accept');
	state.rules.push({
		chain: src.any ? 'forward' : `forward_${src.zone.name}`,
		text: `${wanted ? `meta nfproto ipv${wanted} ` : ''}${dest.any ? 'accept' : `jump accept_to_${dest.zone.name}`} ${comment(words)}`,
	});
}

/** Port forwards: DNAT without reflection. */
export function addRedirect(state, section, redirect, warn) {
	if (redirect.target !== 'dnat')
		throw new Error(`the testbed's fw4 does not do redirects with target '${redirect.target}'`);

	if (!redirect.src)
		return warn(section, 'has no source specified');

	if (redirect.src.any)
		return warn(section, 'must not have source \'*\' for dnat target');

	const to = redirect.dest_ip?.addrs[0] ?? null;

	if (!redirect.dest && to) {
		const zone = state.zones.find(candidate => (candidate.network ?? []).some(({ value }) =>
			state.networks[value]?.ipaddrs.some(addr => contains(to, addr))));

		if (zone)
			warn(section, `does not specify a destination, assuming '${zone.name}'`);
	}

	redirect.src.zone.dnat = true;

	for (const proto of redirect.proto) {
		const ported = proto.name === 'tcp' || proto.name === 'udp';
		const sports = ported && redirect.src_dport ? [redirect.src_dport] : [];
		const rewrite = ported ? redirect.dest_port ?? redirect.src_dport : null;
		const lists = [redirect.src_ip, redirect.src_dip, redirect.dest_ip].map(item => addressFamilies(item ? [item] : []));

		/* without any address, a redirect is taken as IPv4 */
		for (const family of lists.flat().length ? families(redirect.family, lists) : [redirect.family ?? 4]) {
			const addresses = [
				...addressMatch(family, 'saddr', redirect.src_ip && [redirect.src_ip]),
				...addressMatch(family, 'daddr', redirect.src_dip && [redirect.src_dip]),
			];
			const host = to && (family === 6 && rewrite ? `[${to.addr}]` : to.addr);
			const parts = [
				family && !addresses.some(Boolean) ? `meta nfproto ipv${family}` : '',
				!proto.any && !sports.length && !rewrite ? `meta l4proto ${l4proto(family, proto.name)}` : '',
				...addresses,
				...portMatch(proto.name, 'dport', sports),
				redirect.counter ? 'counter' : '',
				to ? `dnat ${host}${rewrite ? `:${port(rewrite)}` : ''}` : `redirect${rewrite ? ` to ${port(rewrite)}` : ''}`,
				comment(redirect.name),
			];

			state.redirects.push({ chain: `dstnat_${redirect.src.zone.name}`, text: parts.filter(Boolean).join(' ') });
		}
	}
}
