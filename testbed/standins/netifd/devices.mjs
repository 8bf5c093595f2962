// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';

const SYSFS = () => at('/sys/class/net');

/** Flags of /sys/class/net/X/flags (linux/if.h) */
const IFF_UP = 0x1;

function attribute(device, name, fallback = '') {
	try { return readFileSync(join(SYSFS(), device, name), 'utf8').trim(); }
	catch { return fallback; }
}

/** @param {string} device */
export function exists(device) {
	return existsSync(join(SYSFS(), device));
}

/** @param {string} device */
export function isUp(device) {
	return exists(device) && (Number(attribute(device, 'flags', '0')) & IFF_UP) !== 0;
}

/** Devices directly below another, in the kernel's words. @param {string} device */
export function lowers(device) {
	return readdirSync(join(SYSFS(), device)).filter(name => name.startsWith('lower_')).map(name => name.slice('lower_'.length));
}

/** netifd's words for a link type of linux/if_arp.h, where the kernel names no DEVTYPE */
const LINK_TYPES = { 1: 'ethernet', 512: 'ppp', 768: 'tunnel', 772: 'loopback', 776: 'sit', 778: 'ipgre' };

/** What netifd calls the type of a device, and the kernel's DEVTYPE ('' when it has none). */
function types(device) {
	const devtype = /^DEVTYPE=(.*)$/m.exec(attribute(device, 'uevent'))?.[1] ?? '';

	switch (devtype) {
	case 'bridge': return { type: 'bridge', devtype };
	case 'vlan': return { type: 'VLAN', devtype };
	case '': return { type: 'Network device', devtype: LINK_TYPES[attribute(device, 'type')] ?? 'none' };
	default: return { type: 'Network device', devtype };
	}
}

function bridgeMembers(device) {
	return existsSync(join(SYSFS(), device, 'brif')) ? readdirSync(join(SYSFS(), device, 'brif')).sort() : [];
}

function statistics(device) {
	return Object.fromEntries(readdirSync(join(SYSFS(), device, 'statistics'))
		.map(name => [name, Number(attribute(device, `statistics/${name}`, '0'))]));
}

function status(device) {
	const { type, devtype } = types(device);
	const up = isUp(device);
	const settings = up ? {
		mtu: Number(attribute(device, 'mtu')),
		macaddr: attribute(device, 'address'),
		txqueuelen: Number(attribute(device, 'tx_queue_len')),
		ipv6: existsSync(at(`/proc/sys/net/ipv6/conf/${device}`)),
	} : {};

	return {
		external: false,
		present: true,
		type,
		up,
		carrier: attribute(device, 'carrier', '0') === '1',
		auth_status: false,
		/* asking the driver takes an ioctl; veth's answer is no */
		'hw-tc-offload': false,
		devtype,
		...(type === 'bridge' ? {
			'bridge-members': bridgeMembers(device),
			'bridge-attributes': { vlan_filtering: attribute(device, 'bridge/vlan_filtering', '0') === '1' },
		} : {}),
		...settings,
		statistics: statistics(device),
	};
}

/** Names netifd knows: of the configuration, plus what lies below them. */
function known() {
	const names = new Set(['lo']);
	const add = name => {
		if (!name || !exists(name) || names.has(name))
			return;

		names.add(name);

		for (const lower of lowers(name))
			add(lower);
	};

	for (const section of sections('network')) {
		if (section['.type'] === 'interface')
			add(section.device);

		if (section['.type'] === 'device')
			[section.name, section.ifname, ...section.ports ?? []].forEach(add);
	}

	return [...names].sort();
}

/**
 * `ubus call network.device status`
 * @param {{ name?: string }} args
 * @returns {object|null} null: no such device
 */
export function deviceStatus({ name }) {
	if (name !== undefined)
		return exists(name) ? status(name) : null;

	return Object.fromEntries(known().map(device => [device, status(device)]));
}
