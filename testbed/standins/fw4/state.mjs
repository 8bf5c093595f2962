// SPDX-License-Identifier: Apache-2.0
/** What fw4 knows before it renders: networks of netifd, and /etc/config/firewall. */
import { existsSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';
import { cidr } from './address.mjs';
import { INVALID, readOptions } from './options.mjs';
import { FORWARDING, REDIRECT, RULE, addForwarding, addRedirect, addRule } from './rules.mjs';

const bool = fallback => ({ type: 'bool', fallback });

const DEFAULTS = {
	input: { type: 'policy', fallback: 'drop' },
	output: { type: 'policy', fallback: 'drop' },
	forward: { type: 'policy', fallback: 'drop' },
	drop_invalid: bool(),
	tcp_reject_code: { type: 'rejectCode', fallback: 'tcp-reset' },
	any_reject_code: { type: 'rejectCode', fallback: 'port-unreachable' },
	syn_flood: bool(),
	synflood_protect: bool(),
	synflood_rate: { type: 'limit', fallback: '25/second' },
	synflood_burst: { type: 'int', fallback: '50' },
	tcp_syncookies: bool(), tcp_ecn: { type: 'int' }, tcp_window_scaling: bool(),
	accept_redirects: bool(), accept_source_route: bool(),
	auto_helper: bool('1'), custom_chains: bool(), disable_ipv6: bool(),
	flow_offloading: bool('0'),
	flow_offloading_hw: bool('0'),
	auto_includes: bool('1'),
};

const zoneSpec = defaults => ({
	enabled: bool('1'),
	name: { type: 'identifier', required: true },
	family: { type: 'family' },
	network: { type: 'device', list: true },
	device: { type: 'device', list: true },
	input: { type: 'policy', fallback: defaults.input },
	output: { type: 'policy', fallback: defaults.output },
	forward: { type: 'policy', fallback: defaults.forward },
	masq: bool(), masq6: bool(), mtu_fix: bool(),
	custom_chains: bool(), auto_helper: bool('1'),
	counter: bool('1'),
});

const INCLUDE = {
	enabled: bool('1'),
	path: { type: 'string', required: true },
	type: { type: 'includeType', fallback: 'script' },
	fw4_compatible: bool(),
	family: { type: 'family' }, reload: bool(),
	position: { type: 'includePosition', fallback: 'table-append' },
	chain: { type: 'identifier' },
};

/**
 * netifd's networks as fw4 keeps them.
 * @param {{ interface: any[] }} dump of network.interface
 */
function networks(dump) {
	const addresses = (list, family) => (list ?? []).map(({ address, mask }) => ({ family, addr: address, bits: mask }));

	return Object.fromEntries(dump.interface.map(entry => [entry.interface, {
		up: entry.up,
		device: entry.l3_device ?? entry.device ?? null,
		physdev: entry.device ?? null,
		ipaddrs: [...addresses(entry['ipv4-address'], 4), ...addresses(entry['ipv6-address'], 6),
			...addresses((entry['ipv6-prefix-assignment'] ?? []).map(prefix => prefix['local-address']).filter(Boolean), 6)],
	}]));
}

/** `@zone[1]`: how fw4 names an anonymous section */
function sectionName(section, all) {
	const type = section['.type'];

	return section['.anonymous'] ? `@${type}[${all.filter(other => other['.type'] === type).indexOf(section)}]` : section['.name'];
}

function addZone(state, section, options) {
	const zone = { ...options, devices: [], physdevs: [], subnets: [], from: new Set(), to: new Set(), dnat: false, snat: false };

	for (const { value, invert } of zone.network ?? []) {
		const network = state.networks[value];

		if (invert)
			throw new Error('the testbed\'s fw4 does not do negated networks');

		if (!network)
			continue;

		if (network.device)
			zone.devices.push(network.device);

		if (network.physdev)
			zone.physdevs.push(network.physdev);

		zone.subnets.push(...network.ipaddrs.map(cidr));
	}

	for (const { value, invert } of zone.device ?? []) {
		if (invert || value === '*' || value.endsWith('+'))
			throw new Error('the testbed\'s fw4 does not do device patterns');

		zone.devices.push(value);
	}

	zone.from.add(zone.input);
	zone.to.add(zone.output).add(zone.forward);
	zone.snat = !!(zone.masq || zone.masq6);
	/* its chain stays empty: there are no helpers here */
	zone.helper = !zone.snat && zone.auto_helper && state.defaults.auto_helper;
	state.zones.push(zone);
}

function addInclude(state, section, options, warn) {
	if (options.type === 'script' && options.fw4_compatible === false || (options.fw4_compatible === null && options.path === '/etc/firewall.user')) {
		warn(section, 'is not marked as compatible with fw4, ignoring section');
		warn(section, 'requires \'option fw4_compatible 1\' to be considered compatible');
	}
	else if (options.type !== 'nftables' && (section.position || section.chain))
		warn(section, `must not specify '${section.chain ? 'chain' : 'position'}' for non-nftables includes, ignoring section`);
	else if (options.position.startsWith('chain-') && !options.chain)
		warn(section, `must specify 'chain' for position ${options.position}, ignoring section`);
	else if (!existsSync(at(options.path)))
		warn(section, `specifies unreachable path '${options.path}', ignoring section`);
	else
		state.includes.push({ path: options.path, type: options.type, position: options.position, chain: options.position.startsWith('chain-') ? options.chain : null });
}

/**
 * @param {{ interface: object[] }} dump reply of network.interface dump
 * @param {(message: string) => void} say a warning line, without `[!]`
 * @returns {any}
 * @throws {ReferenceError} when section `defaults` holds an invalid value, as fw4 does by accident
 */
export function loadState(dump, say) {
	const all = sections('firewall');
	const ofType = type => all.filter(section => section['.type'] === type);
	const state = {
		networks: networks(dump), zones: [], rules: [], redirects: [], includes: [],
		/** @type {any} */ defaults: null,
	};
	const warn = (section, message) => say(`Section ${sectionName(section, all)}${section.name ? ` (${section.name})` : ''} ${message}`);

	for (const section of ofType('defaults')) {
		if (state.defaults) {
			warn(section, ': ignoring duplicate defaults section');
			continue;
		}

		const defaults = readOptions(section, DEFAULTS, { state, warn });

		if (defaults === INVALID)
			throw new ReferenceError('left-hand side expression is not an array or object');

		defaults.synflood_protect ??= defaults.syn_flood;
		state.defaults = defaults;
	}

	state.defaults ??= readOptions({}, DEFAULTS, { state, warn });

	const each = (type, spec, add) => {
		for (const section of ofType(type)) {
			const options = readOptions(section, spec, { state, warn });

			if (options === INVALID)
				warn(section, 'skipped due to invalid options');
			else if (!options.enabled)
				warn(section, 'is disabled, ignoring section');
			else
				add(state, section, options, warn);
		}
	};

	each('zone', zoneSpec(state.defaults), addZone);
	/* rules without a name are called by their place */
	const named = add => (into, section, options, say) => add(into, section, { ...options, name: options.name ?? sectionName(section, all) }, say);

	each('rule', RULE, named(addRule));
	each('forwarding', FORWARDING, addForwarding);
	each('redirect', REDIRECT, named(addRedirect));
	each('include', INCLUDE, addInclude);

	const unknown = all.find(({ '.type': type }) => ['ipset', 'nat'].includes(type));

	if (unknown)
		throw new Error(`the testbed's fw4 does not do sections of type '${unknown['.type']}'`);

	return state;
}
