// SPDX-License-Identifier: Apache-2.0
/** Which devices fw4 puts into its flowtable. */
import { spawnSync } from 'node:child_process';
import { deviceStatus, exists, lowers } from '../netifd/devices.mjs';

const NFT = process.env.TESTBED_NFT ?? '/usr/sbin/nft';

const unique = list => [...new Set(list)].sort();

/** Ports below vlans and bridges; everything else, Wi-Fi and PPPoE too, counts as one. */
function ports(device, status) {
	if (!exists(device))
		return [];

	const { devtype } = status[device] ?? {};

	return devtype === 'vlan' || devtype === 'bridge' ? lowers(device).flatMap(lower => ports(lower, status)) : [device];
}

/** All devices in one question: one that refuses makes the answer no. */
function hardwareAccepted(devices) {
	const test = `add table inet fw4-hw-offload-test; add flowtable inet fw4-hw-offload-test ft { hook ingress priority 0; devices = { "${devices.join('", "')}" }; flags offload; }`;

	return spawnSync(NFT, ['-c', test], { stdio: 'ignore' }).status === 0;
}

/** Whether the kernel has fw4's flowtable. */
function loaded() {
	const { stdout } = spawnSync(NFT, ['--terse', '--json', 'list', 'flowtables', 'inet'], { encoding: 'utf8' });

	try { return JSON.parse(stdout).nftables.some(({ flowtable }) => flowtable?.table === 'fw4' && flowtable.name === 'ft'); }
	catch { return false; }
}

/**
 * @param {any} state as of loadState()
 * @param {(message: string) => void} say
 * @returns {{ devices: string[], hardware: boolean, loaded: boolean }}
 */
export function resolveFlowtable({ defaults, zones }, say) {
	let hardware = defaults.flow_offloading_hw;
	let devices = [];

	if (defaults.flow_offloading) {
		const physical = zones.flatMap(zone => zone.physdevs);
		const status = hardware ? deviceStatus({}) : null;

		devices = status ? unique(physical.flatMap(device => ports(device, status))) : [];

		if (devices.length && !hardwareAccepted(devices)) {
			say('Hardware flow offloading unavailable, falling back to software offloading');
			hardware = false;
			devices = [];
		}

		if (!devices.length)
			devices = unique(physical.filter(exists));
	}

	return { devices, hardware, loaded: loaded() };
}
