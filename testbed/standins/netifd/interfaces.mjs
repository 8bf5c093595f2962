// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';
import { exists, isUp } from './devices.mjs';

/** Protocols without a device below them (PROTO_FLAG_NODEV), and the prefix of the device they make. */
const TUNNELS = { wireguard: '', '6in4': '6in4-', gre: 'gre4-', ipip: 'ipip-' };
/** Protocols that make a device of their own above `device`. */
const LAYERED = { pppoe: 'pppoe-' };

const list = value => value === undefined ? [] : Array.isArray(value) ? value : value.split(/\s+/);

function maskBits(mask) {
	return mask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0);
}

/** `192.168.1.1/24`, or an address whose mask stands beside it. */
function address(text, mask) {
	const [host, bits] = text.split('/');

	return { address: host, mask: bits === undefined ? mask : Number(bits) };
}

/** What the configuration says (proto static), else what the kernel has. */
function addresses(section, l3) {
	if (section.proto === 'static')
		return {
			ipv4: list(section.ipaddr).map(text => address(text, maskBits(section.netmask ?? '255.255.255.255'))),
			ipv6: list(section.ip6addr).map(text => address(text, 128)),
		};

	const found = (networkInterfaces()[l3] ?? []).filter(entry => !entry.address.startsWith('fe80:'));
	const of = family => found.filter(entry => entry.family === family)
		.map(entry => ({ address: entry.address, mask: Number(entry.cidr?.split('/')[1] ?? 0) }));

	return { ipv4: of('IPv4'), ipv6: of('IPv6') };
}

function lines(path) {
	try { return readFileSync(at(path), 'utf8').trim().split('\n').map(line => line.split(/\s+/)); }
	catch { return []; }
}

/** Default routes as netifd lists them: of the configuration, else of the kernel. */
function routes(section, l3) {
	const route = (target, nexthop) => ({ target, mask: 0, nexthop, source: target === '::' ? '::/0' : '0.0.0.0/0' });

	if (section.proto === 'static')
		return [
			...list(section.gateway).map(nexthop => route('0.0.0.0', nexthop)),
			...list(section.ip6gw).map(nexthop => route('::', nexthop)),
		];

	const dotted = hex => [6, 4, 2, 0].map(at => parseInt(hex.slice(at, at + 2), 16)).join('.');

	return [
		...lines('/proc/net/route').filter(([device, target, , , , , , mask]) => device === l3 && target === '00000000' && mask === '00000000')
			.map(([, , gateway]) => route('0.0.0.0', dotted(gateway))),
		...lines('/proc/net/ipv6_route').filter(([target, bits, , , gateway, , , , , device]) => device === l3 && bits === '00' && /^0+$/.test(target) && !/^0+$/.test(gateway))
			.map(([, , , , gateway]) => route('::', gateway.match(/.{4}/g).join(':'))),
	];
}

const EMPTY = () => ({ 'ipv4-address': [], 'ipv6-address': [], route: [], 'dns-server': [], 'dns-search': [], neighbors: [] });

function status(section) {
	const name = section['.name'];
	const { proto = 'none' } = section;
	const l3 = proto in TUNNELS ? `${TUNNELS[proto]}${name}` : proto in LAYERED ? `${LAYERED[proto]}${name}` : section.device;
	const up = section.disabled !== '1' && !!l3 && isUp(l3);
	const device = proto in TUNNELS ? undefined : section.device;
	const table = {
		interface: name,
		up,
		pending: false,
		available: !device || exists(device),
		autostart: section.auto !== '0',
		dynamic: false,
	};

	if (up)
		Object.assign(table, { uptime: Math.trunc(Number(readFileSync(at('/proc/uptime'), 'utf8').split(' ')[0])), l3_device: l3 });

	table.proto = proto;

	if (device)
		table.device = device;

	if (up) {
		const { ipv4, ipv6 } = addresses(section, l3);
		const route = routes(section, l3);

		Object.assign(table, {
			updated: route.length ? ['addresses', 'routes'] : ['addresses'],
			metric: Number(section.metric ?? 0),
			dns_metric: 0,
			delegation: true,
			'ipv4-address': ipv4,
			'ipv6-address': ipv6,
			'ipv6-prefix': [],
			'ipv6-prefix-assignment': [],
			route,
			'dns-server': list(section.dns),
			'dns-search': [],
			neighbors: [],
			inactive: EMPTY(),
		});
	}

	table.data = {};
	return table;
}

/**
 * `ubus call network.interface dump`
 * @returns {{ interface: object[] }}
 */
export function interfaceDump() {
	return {
		interface: sections('network', 'interface')
			.sort((a, b) => a['.name'] < b['.name'] ? -1 : 1)
			.map(status),
	};
}
