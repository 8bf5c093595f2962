// SPDX-License-Identifier: Apache-2.0
/** How fw4 reads option values: types, spellings, and what it says when it cannot. */
import { ICMP4, ICMP6 } from './icmp.mjs';

/** A value that does not parse; the section is skipped, `defaults` make fw4 fail. */
export const INVALID = Symbol('invalid');

const POLICIES = ['accept', 'reject', 'drop'];
const UNITS = ['second', 'minute', 'hour', 'day'];

/** Any beginning of a choice will do, in any case. */
function choose(value, choices) {
	return choices.find(choice => choice.startsWith(value.toLowerCase())) ?? null;
}

function invertible(value) {
	const match = /^[ \t]*(!?)\s*(\S.*?)\s*$/.exec(value);

	return match ? { invert: match[1] === '!', value: match[2] } : null;
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function subnet(value, state) {
	const net = invertible(value);

	if (!net)
		return null;

	const [host, bits] = net.value.split('/');

	if (IPV4.test(host) || /^[0-9a-f:]*:[0-9a-f:.]*$/i.test(host)) {
		const family = IPV4.test(host) ? 4 : 6;
		const width = family === 4 ? 32 : 128;

		if (bits !== undefined && !(/^\d+$/.test(bits) && Number(bits) <= width))
			return null;

		return { ...net, addrs: [{ family, addr: host, bits: bits === undefined ? width : Number(bits) }] };
	}

	const network = state.networks[net.value];

	return network ? { ...net, addrs: network.ipaddrs } : null;
}

function protocol(value) {
	const proto = invertible(value)?.value.toLowerCase();

	switch (proto) {
	case undefined: return null;
	case 'all':
	case 'any':
	case '*': return [{ any: true }];
	case 'tcpudp': return [{ name: 'tcp' }, { name: 'udp' }];
	case '1': return [{ name: 'icmp' }];
	case '6': return [{ name: 'tcp' }];
	case '17': return [{ name: 'udp' }];
	case '58':
	case 'icmpv6': return [{ name: 'ipv6-icmp' }];
	default: return [{ name: proto }];
	}
}

function port(value) {
	const match = /^(\d{1,5})(?:[-:](\d{1,5}))?$/.exec(invertible(value)?.value ?? '');
	const [min, max] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];

	return match && min <= max && max <= 65535 ? { min, max, invert: value.trim().startsWith('!') } : null;
}

function icmpType(value) {
	const number = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(value);

	if (number) {
		const type = { type: Number(number[1]), code: number[2] === undefined ? null : Number(number[2]) };

		return { v4: type, v6: type };
	}

	const result = { v4: ICMP4[value], v6: ICMP6[value] };

	return result.v4 || result.v6 ? result : null;
}

function zoneReference(value, state) {
	if (value === '*')
		return { any: true };

	const zone = state.zones.find(candidate => candidate.name === value);

	return zone ? { any: false, zone } : null;
}

/** @type {Record<string, (value: string, state: any) => any>} null: invalid */
const TYPES = {
	policy: value => choose(value, POLICIES),
	bool: value => ['1', 'on', 'true', 'yes'].includes(value) ? true : ['0', 'off', 'false', 'no'].includes(value) ? false : null,
	int: value => /^-?\d+$/.test(value.trim()) ? Number(value) : null,
	string: value => value,
	identifier: value => /^[a-zA-Z_.][a-zA-Z0-9/_.-]*$/.test(value) ? value : null,
	family: value => ['any', 'all', '*'].includes(value) ? 0 : value === 'inet' || value.includes('4') ? 4 : value.includes('6') ? 6 : null,
	rejectCode: value => choose(value, ['tcp-reset', 'port-unreachable', 'no-route', 'admin-prohibited', 'host-unreachable']),
	target: value => choose(value, [...POLICIES, 'notrack', 'helper', 'mark', 'dscp', 'dnat', 'snat', 'masquerade']),
	includeType: value => choose(value, ['script', 'nftables']),
	includePosition: value => choose(value, ['ruleset', 'table', 'chain'].flatMap(place => [`${place}-prepend`, `${place}-postpend`, `${place}-append`]))
		?.replace('postpend', 'append') ?? null,
	limit: value => {
		const match = /^(\d+)(?:\/([a-z]+))?$/.exec(value);
		const unit = match ? choose(match[2] ?? 'second', UNITS) : null;

		return match && unit ? { rate: Number(match[1]), unit } : null;
	},
	device: value => invertible(value),
	subnet, protocol, port, icmpType, zoneReference,
};

/**
 * Reads a section's options.
 * @param {Record<string, any>} section as of lib/uci.mjs
 * @param {Record<string, { type: string, list?: boolean, required?: boolean, fallback?: string|null }>} spec
 * @param {{ state: object, warn: (section: object, message: string) => void }} context
 * @returns {Record<string, any> | typeof INVALID} absent options are null
 * @throws {Error} for options that fw4 knows and this stand-in does not
 */
export function readOptions(section, spec, { state, warn }) {
	/** @type {Record<string, any>} */
	const result = {};

	for (const [name, { type, list, required, fallback }] of Object.entries(spec)) {
		let value = section[name] ?? null;

		if (value === null && required) {
			warn(section, `option '${name}' is mandatory but not set`);
			return INVALID;
		}

		value ??= fallback ?? null;

		if (Array.isArray(value) && !list) {
			warn(section, `option '${name}' must not be a list`);
			return INVALID;
		}

		const words = value === null ? [] : Array.isArray(value) ? value : list ? value.trim().split(/[ \t]+/).filter(Boolean) : [value];
		const parsed = words.map(word => TYPES[type](word, state));
		const bad = parsed.indexOf(null);

		if (bad >= 0) {
			warn(section, `option '${name}' specifies invalid value '${words[bad]}'`);
			return INVALID;
		}

		result[name] = list ? (parsed.length ? parsed.flat() : null) : parsed[0] ?? null;
	}

	for (const name of Object.keys(section))
		if (!name.startsWith('.') && !(name in spec)) {
			if (ELSEWHERE.has(name))
				throw new Error(`the testbed's fw4 does not do option '${name}'`);

			warn(section, `specifies unknown option '${name}'`);
		}

	return result;
}

/** Options of the real fw4 that change a ruleset and are not done here. */
const ELSEWHERE = new Set([
	'masq_src', 'masq_dest', 'masq_allow_invalid', 'subnet', 'log', 'log_limit', 'helper', 'set_helper', 'ipset', 'src_mac', 'mark', 'set_mark',
	'set_xmark', 'dscp', 'set_dscp', 'start_date', 'stop_date', 'start_time', 'stop_time', 'weekdays', 'device_match', 'direction',
	'reflection_zone',
]);
