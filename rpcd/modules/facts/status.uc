// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access } from 'fs';
import { now } from 'nft_offload.run.process';
import * as config from 'nft_offload.facts.config';
import * as firewall from 'nft_offload.facts.firewall';
import * as links from 'nft_offload.facts.links';
import * as networks from 'nft_offload.facts.networks';
import * as router from 'nft_offload.facts.router';

// How old the surroundings may be, s: they change seldom, and take many small files to read
const FRESH = 5;

let seen = null;

/** The contract's `Asked`. `ours`: the section of our own uncommitted options, null when there are none. */
export function asked(ours) {
	let saved = config.saved();

	return {
		section: saved.section,
		saved: saved.options,
		effective: config.effective().options,
		foreign: config.foreign(ours)
	};
};

/** The contract's `Prerequisites`; `modules` as surroundings() has them. */
export function prerequisites(modules) {
	return {
		fw4: firewall.present(),
		nft: firewall.nft_present(),
		firewall_enabled: firewall.enabled(),
		modules,
		...router.conntrack(),
		config_writable: !!access(config.FILE, 'w')
	};
};

function look_around(listed) {
	let covered = networks.networks(), names = [ ...listed ];

	for (let net in covered)
		push(names, net.device, net.l3_device);

	return {
		at: now(),
		listed: join(' ', listed),
		router: router.board(),
		modules: router.offload_modules(),
		networks: covered,
		devices: links.devices(names)
	};
}

/**
 * The router, its modules, its networks and their devices: { router, modules,
 * networks, devices }, at most FRESH seconds old. `listed`: the names of the
 * flowtable's devices, which are looked at too.
 */
export function surroundings(listed) {
	if (seen == null || now() - seen.at >= FRESH || seen.listed != join(' ', listed))
		seen = look_around(listed);

	return seen;
};
