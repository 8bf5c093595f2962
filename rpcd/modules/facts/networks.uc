// SPDX-License-Identifier: Apache-2.0
'use strict';

import { connect } from 'ubus';
import { cursor } from 'uci';
import { prefix } from 'nft_offload.facts.prefix';
import { bool, enabled, words } from 'nft_offload.facts.uci_values';

// s; when netifd answers at all, it answers in milliseconds
const UBUS_TIMEOUT = 1;

// Subnets of a network that a reply carries: a routing daemon may have installed thousands
const MOST = 32;

/**
 * netifd's interfaces by name, as `ubus call network.interface dump` gives
 * them; {} without a bus.
 */
export function interfaces() {
	// `bus?.call()` would throw without a bus: before 25.12 ucode's `?.` does not
	// skip the call
	let bus = connect(null, UBUS_TIMEOUT),
	    found = {};

	if (bus) {
		for (let iface in bus.call('network.interface', 'dump')?.interface ?? [])
			found[iface.interface] = iface;

		bus.disconnect();
	}

	return found;
};

/**
 * The zones that fw4 makes, as the contract's `Zone[]`: uci's, with the
 * networks that say themselves to which zone they belong, as netifd's dynamic
 * ones do (`data.zone`; fw4.uc, parse_zone()).
 */
export function zones(interfaces) {
	let found = [];

	cursor().foreach('firewall', 'zone', (zone) => {
		if (!enabled(zone))
			return;

		let name = `${zone.name ?? ''}`,
		    dynamic = filter(keys(interfaces), (net) => length(name) && interfaces[net].data?.zone == name);

		push(found, {
			name,
			networks: uniq([ ...words(zone.network), ...dynamic ]),
			devices: words(zone.device),
			masq: bool(zone.masq),
			masq6: bool(zone.masq6),
			mtu_fix: bool(zone.mtu_fix)
		});
	});

	return found;
};

/** The contract's `Forwarding[]`, `*` is any zone. */
export function forwardings() {
	let found = [];

	cursor().foreach('firewall', 'forwarding', (section) => {
		if (enabled(section) && section.src && section.dest)
			push(found, { src: `${section.src}`, dest: `${section.dest}` });
	});

	return found;
};

function is_default(route) {
	return route.mask == 0 && route.target in [ '0.0.0.0', '::' ];
}

// A network and its zone, as the contract's `Network`
function network(zone, name, iface) {
	return {
		name,
		zone: zone.name,
		masq: zone.masq,
		up: !!iface.up,
		proto: iface.proto ?? '',
		device: iface.device,
		l3_device: iface.l3_device,
		default_route: length(filter(iface.route ?? [], is_default)) > 0
	};
}

function each_network(zones, interfaces, made) {
	let found = [];

	for (let zone in zones)
		for (let name in zone.networks)
			push(found, made(zone, name, interfaces[name] ?? {}));

	return found;
}

/** The networks of the firewall's zones, as the contract's `Network[]`: uci's zones, netifd's devices. */
export function networks() {
	let found = interfaces();

	return each_network(zones(found), found, network);
};

function cidr(address, mask) {
	let bytes = prefix(address, mask);

	return bytes ? `${arrtoip(bytes)}/${mask}` : null;
}

function subnets(iface) {
	let found = [];

	for (let own in [ ...(iface['ipv4-address'] ?? []), ...(iface['ipv6-address'] ?? []), ...(iface['ipv6-prefix-assignment'] ?? []) ])
		push(found, cidr(own.address, own.mask), own.ptpaddress ? cidr(own.ptpaddress, 32) : null);

	for (let route in iface.route ?? [])
		if (route.mask != 0)
			push(found, cidr(route.target, route.mask));

	return slice(uniq(filter(found, (subnet) => subnet != null)), 0, MOST);
}

function addresses(iface) {
	let found = map([ ...(iface['ipv4-address'] ?? []), ...(iface['ipv6-address'] ?? []) ], (own) => own.address);

	for (let assigned in iface['ipv6-prefix-assignment'] ?? [])
		push(found, assigned['local-address']?.address);

	return slice(uniq(filter(found, (address) => address != null)), 0, MOST);
}

// An alias of another network, or one that netifd made for it: wan_6 of wan
function over(name, iface, device) {
	if (substr(device ?? '', 0, 1) == '@')
		return substr(device, 1);

	return iface.dynamic && rindex(name, '_') > 0 ? substr(name, 0, rindex(name, '_')) : null;
}

/** The networks of `zones` with their addresses, as the contract's `AddressedNetwork[]`. */
export function addressed(zones, interfaces) {
	let uci = cursor();

	return each_network(zones, interfaces, (zone, name, iface) => ({
		...network(zone, name, iface),
		addresses: addresses(iface),
		subnets: subnets(iface),
		uptime: iface.up ? iface.uptime : null,
		over: over(name, iface, words(uci.get('network', name, 'device') ?? uci.get('network', name, 'ifname'))[0])
	}));
};

/** The router's own addresses in networks that are in none of `zones`. */
export function addresses_elsewhere(zones, interfaces) {
	let zoned = {}, found = [];

	each_network(zones, interfaces, (zone, name) => { zoned[name] = true; });

	for (let name in keys(interfaces))
		if (!zoned[name])
			push(found, ...addresses(interfaces[name]));

	return slice(uniq(found), 0, MOST);
};
