// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, basename, glob, lsdir, readfile, readlink } from 'fs';
import { connect } from 'ubus';
import { cursor } from 'uci';

const NET = '/sys/class/net';

// netifd answers in milliseconds or not at all
const UBUS_TIMEOUT = 1;

function line(path) {
	let text = readfile(path);

	return text == null ? null : trim(text);
}

/** { hostname, model, release, kernel }, '' where the router does not say. */
export function board() {
	let release = '';

	for (let entry in split(readfile('/etc/openwrt_release') ?? '', '\n'))
		if (substr(entry, 0, 20) == 'DISTRIB_DESCRIPTION=')
			release = trim(substr(entry, 20), "'\"");

	return {
		hostname: line('/proc/sys/kernel/hostname') ?? '',
		model: line('/tmp/sysinfo/model') ?? '',
		release,
		kernel: line('/proc/sys/kernel/osrelease') ?? ''
	};
};

/**
 * 'loaded', 'available' or 'missing'. OpenWrt keeps modules flat in
 * /lib/modules/<release>, others below kernel/net; a built-in one has a line
 * in modules.builtin.
 */
export function module_state(name) {
	if (access(`/sys/module/${name}`))
		return 'loaded';

	let directory = '/lib/modules/' + line('/proc/sys/kernel/osrelease');

	if (index(readfile(`${directory}/modules.builtin`) ?? '', `/${name}.ko\n`) >= 0)
		return 'loaded';

	return length(glob(`${directory}/${name}.ko*`, `${directory}/kernel/net/*/${name}.ko*`)) ? 'available' : 'missing';
};

/** net.netfilter: { accounting, conntrack_count, conntrack_max }, null where conntrack is not loaded. */
export function conntrack() {
	let read = (name) => line(`/proc/sys/net/netfilter/nf_conntrack_${name}`),
	    number = (text) => text == null ? null : int(text),
	    acct = read('acct');

	return {
		accounting: acct == null ? null : acct == '1',
		conntrack_count: number(read('count')),
		conntrack_max: number(read('max'))
	};
};

/** fw4's spellings of true; anything else, and nothing, is false. */
function bool(value) {
	return value in [ '1', 'on', 'true', 'yes' ];
}

function words(value) {
	return type(value) == 'array' ? value : filter(split(value ?? '', /[ \t]+/), (w) => length(w));
}

function has_default_route(iface) {
	return length(filter(iface.route ?? [], (r) => r.mask == 0 && r.target in [ '0.0.0.0', '::' ])) > 0;
}

// `bus?.call()` would throw without a bus: before 25.12 ucode's `?.` does not
// skip the call
function interfaces_by_name() {
	let bus = connect(null, UBUS_TIMEOUT),
	    found = {};

	if (bus) {
		for (let iface in bus.call('network.interface', 'dump')?.interface ?? [])
			found[iface.interface] = iface;

		bus.disconnect();
	}

	return found;
}

/** The networks of the firewall's zones, as the contract's `Network[]`: uci's zones, netifd's devices. */
export function networks() {
	let interfaces = interfaces_by_name(),
	    found = [];

	cursor().foreach('firewall', 'zone', (zone) => {
		for (let name in words(zone.network)) {
			let iface = interfaces[name] ?? {};

			push(found, {
				name,
				zone: zone.name ?? '',
				masq: bool(zone.masq),
				up: !!iface.up,
				proto: iface.proto ?? '',
				device: iface.device,
				l3_device: iface.l3_device,
				default_route: has_default_route(iface)
			});
		}
	});

	return found;
};

function device_type(name) {
	let directory = `${NET}/${name}`,
	    uevent = readfile(`${directory}/uevent`) ?? '';

	for (let kind in [ 'bridge', 'vlan', 'dsa', 'wlan', 'ppp' ])
		if (index(uevent, `DEVTYPE=${kind}\n`) >= 0)
			return kind;

	if (index(uevent, 'DEVTYPE=wireguard') >= 0)
		return 'tunnel';

	// ARPHRD_* of <linux/if_arp.h>
	switch (line(`${directory}/type`)) {
	case '1': return 'ethernet';
	case '512': return 'ppp';
	case '768': case '769': case '776': case '778': case '823': case '65534': return 'tunnel';
	default: return 'other';
	}
}

function lower_devices(name) {
	return map(filter(lsdir(`${NET}/${name}`) ?? [], (entry) => substr(entry, 0, 6) == 'lower_'),
		(entry) => substr(entry, 6));
}

/** Whether `name` can be a network device's (dev_valid_name(), net/core/dev.c). */
function valid(name) {
	return length(name) > 0 && length(name) < 16 && name != '.' && name != '..' && !match(name, /[\/: \t\n]/);
}

/**
 * The ports fw4 lists for hardware offload in place of `name`: it descends
 * bridges and VLANs only (fw4.uc, resolve_lower_devices). [] when the device
 * is not there.
 */
export function lower_ports(name) {
	if (!valid(name) || !access(`${NET}/${name}`))
		return [];

	if (!(device_type(name) in [ 'bridge', 'vlan' ]))
		return [ name ];

	let ports = [];

	for (let lower in lower_devices(name))
		push(ports, ...lower_ports(lower));

	return ports;
};

/** The named devices and everything below them, as the contract's `Device[]`, each once. */
export function devices(names) {
	let found = {}, pending = filter(names, (name) => name != null && valid(name));

	while (length(pending)) {
		let name = shift(pending);

		if (exists(found, name))
			continue;

		let driver = readlink(`${NET}/${name}/device/driver`),
		    lower = sort(lower_devices(name));

		found[name] = {
			name,
			type: device_type(name),
			present: !!access(`${NET}/${name}`),
			lower,
			driver: driver ? basename(driver) : null
		};

		push(pending, ...lower);
	}

	return values(found);
};
