// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, basename, glob, lsdir, readfile, readlink } from 'fs';

const NET = '/sys/class/net';

// Devices that a reply has room for
const MOST = 128;

// The contract's kinds by DEVTYPE of <device>/uevent
const DEVTYPES = {
	bridge: 'bridge', vlan: 'vlan', dsa: 'dsa', wlan: 'wlan', ppp: 'ppp', wireguard: 'wireguard',
	bond: 'bond', wwan: 'rawip', gadget: 'ethernet'
};

// netifd's protos whose devices have a type that others have too
const PROTOS = {
	wireguard: 'wireguard', qmi: 'rawip', mbim: 'rawip',
	vti: 'ipsec', vtiv6: 'ipsec', xfrm: 'ipsec',
	gre: 'gre', gretap: 'gre', grev6: 'gre', grev6tap: 'gre',
	'6in4': 'sit', '6rd': 'sit', '6to4': 'sit',
	dslite: 'ip6tnl', map: 'ip6tnl', '464xlat': 'ip6tnl'
};

// ARPHRD_* of <linux/if_arp.h>
const TYPES = {
	'1': 'ethernet', '512': 'ppp', '519': 'rawip', '768': 'ipip', '769': 'ip6tnl',
	'772': 'loopback', '776': 'sit', '778': 'gre', '823': 'gre', '65534': 'tun'
};

// Kinds whose iflink is the device they run over. A veth's is its peer in
// another namespace.
const TUNNELS = [ 'ipip', 'sit', 'ip6tnl', 'gre', 'ipsec' ];

function line(name, file) {
	return trim(readfile(`${NET}/${name}/${file}`) ?? '');
}

function integer(text) {
	let value = int(text);

	return value == value ? value : 0;
}

/** Whether `name` can be a network device's (dev_valid_name(), net/core/dev.c). */
export function valid(name) {
	return type(name) == 'string' && length(name) > 0 && length(name) < 16 &&
		name != '.' && name != '..' && !match(name, /[\/: \t\n]/);
};

function lower_devices(name) {
	return map(filter(lsdir(`${NET}/${name}`) ?? [], (entry) => substr(entry, 0, 6) == 'lower_'),
		(entry) => substr(entry, 6));
}

/** The contract's LinkKind of a device, `proto` netifd's of the network on it, null when there is none. */
export function kind(name, proto) {
	let uevent = split(readfile(`${NET}/${name}/uevent`) ?? '', 'DEVTYPE=', 2)[1],
	    devtype = uevent ? split(uevent, '\n', 2)[0] : '';

	if (exists(DEVTYPES, devtype))
		return DEVTYPES[devtype];

	// sqm-scripts and qosify name them so; sysfs has no other mark
	if (substr(name, 0, 3) == 'ifb')
		return 'ifb';

	let found = PROTOS[proto ?? ''] ?? (devtype ? 'other' : TYPES[line(name, 'type')]) ?? 'other';

	// of the devices over another one, only macvlan has no DEVTYPE
	return found == 'ethernet' && length(lower_devices(name)) ? 'macvlan' : found;
};

// The name that a symbolic link below the device ends with, null when there is none
function linked(name, file) {
	let target = readlink(`${NET}/${name}/${file}`);

	return target ? basename(target) : null;
}

/**
 * The ports fw4 lists for hardware offload in place of `name`: it descends
 * bridges and VLANs only (fw4.uc, resolve_lower_devices). [] when the device
 * is not there.
 */
export function lower_ports(name) {
	if (!valid(name) || !access(`${NET}/${name}`))
		return [];

	if (!(kind(name) in [ 'bridge', 'vlan' ]))
		return [ name ];

	let ports = [];

	for (let lower in lower_devices(name))
		push(ports, ...lower_ports(lower));

	return ports;
};

// The contract's DeviceType
function device_type(name) {
	let found = kind(name);

	if (found in [ 'bridge', 'vlan', 'dsa', 'wlan', 'ppp' ])
		return found;

	switch (line(name, 'type')) {
	case '1': return 'ethernet';
	case '768': case '769': case '776': case '778': case '823': case '65534': return 'tunnel';
	default: return found == 'wireguard' ? 'tunnel' : 'other';
	}
}

/** The named devices and everything below them, as the contract's `Device[]`, each once. */
export function devices(names) {
	let found = {}, pending = filter(names, valid);

	while (length(pending)) {
		let name = shift(pending);

		if (exists(found, name))
			continue;

		let lower = sort(lower_devices(name));

		found[name] = {
			name,
			type: device_type(name),
			present: !!access(`${NET}/${name}`),
			lower,
			driver: linked(name, 'device/driver')
		};

		push(pending, ...lower);
	}

	return values(found);
};

/**
 * The NICs of the PPPoE sessions, one a line of /proc/net/pppoe below its head:
 * `Id Address Device` (pppoe_seq_show(), drivers/net/ppp/pppoe.c). Which ppp
 * device a session has it does not say.
 */
function pppoe_nics() {
	let nics = [];

	for (let session in slice(split(readfile('/proc/net/pppoe') ?? '', '\n'), 1)) {
		let name = pop(split(trim(session), ' '));

		if (length(name))
			push(nics, name);
	}

	return nics;
}

// netifd's device where a session has it, the only session's NIC, or what netifd says
function nic_of(iface, nics, sessions) {
	let device = iface?.device;

	if (device in nics)
		return device;

	return length(nics) == 1 && sessions == 1 ? nics[0] : device;
}

/**
 * Every network device, as the contract's `Link[]`, lowest ifindex first.
 * `interfaces`: netifd's networks by name; `underlay(name)`: the device that
 * its tunnel runs over, or null.
 */
export function links(interfaces, underlay) {
	let on = {}, found = [], by_index = {};

	// wan and wan6 may be on the same device: the network whose proto made it counts
	for (let name in keys(interfaces)) {
		let iface = interfaces[name];

		if (iface.l3_device && (!on[iface.l3_device] || iface.proto == 'pppoe' || exists(PROTOS, iface.proto ?? '')))
			on[iface.l3_device] = name;
	}

	for (let path in glob(`${NET}/*/ifindex`)) {
		let name = split(path, '/')[4],
		    network = on[name],
		    ifindex = integer(line(name, 'ifindex'));

		by_index[ifindex] = name;
		push(found, {
			name,
			kind: kind(name, interfaces[network]?.proto),
			ifindex,
			up: !!(hex(line(name, 'flags')) & 1),
			mtu: integer(line(name, 'mtu')),
			master: linked(name, 'master'),
			lower: sort(lower_devices(name)),
			carrier: null,
			vlan_filtering: line(name, 'bridge/vlan_filtering') == '1',
			driver: linked(name, 'device/driver')
		});
	}

	let nics = pppoe_nics(),
	    sessions = length(filter(found, (link) => link.kind == 'ppp'));

	for (let link in found) {
		let network = on[link.name], carrier = null;

		if (link.kind == 'ppp')
			carrier = nic_of(interfaces[network], nics, sessions);
		else if (link.kind in TUNNELS || link.kind == 'wireguard')
			carrier = by_index[integer(line(link.name, 'iflink'))];

		if (carrier == link.name)
			carrier = null;

		carrier ??= network ? underlay(network) : null;
		link.carrier = carrier != link.name ? carrier : null;
	}

	return slice(sort(found, (a, b) => a.ifindex - b.ifindex), 0, MOST);
};
