// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, glob } from 'fs';
import { run, excerpt } from 'nft_offload.run.program';
import { lower_ports } from 'nft_offload.facts.links';

const FW4 = '/sbin/fw4';
const NFT = '/usr/sbin/nft';

export function present() {
	return !!access(FW4, 'x');
};

export function nft_present() {
	return !!access(NFT, 'x');
};

/** Whether the firewall starts at boot. */
export function enabled() {
	return length(glob('/etc/rc.d/S[0-9]*firewall')) > 0;
};

/** Renders the ruleset, staged options included, and has nft check it. { code, output }; this exit code can be believed. */
export function check() {
	return run([ FW4, 'check' ]);
};

/** fw4's own words for falling back to software (fw4.uc, resolve_hw_offload_devices). */
export function fell_back(output) {
	return index(output, 'Hardware flow offloading unavailable') >= 0;
};

/**
 * Loads the ruleset into the running table in one nft transaction. After a
 * rendering that threw, fw4 has lost its state file and refuses to reload;
 * `start` then loads the same ruleset the same way, never without a firewall
 * in between as `restart` would. { code, output }; the exit code is 0 even
 * when nft rejected the ruleset.
 */
export function reload() {
	let reloaded = run([ FW4, 'reload' ]);

	if (reloaded.code == 0)
		return reloaded;

	let started = run([ FW4, 'start' ]);

	return { code: started.code, output: reloaded.output + started.output };
};

/** The devices fw4 would list for hardware offload: the lower ports of those it renders. */
function hardware_devices() {
	let rendered = run([ FW4, '-q', 'print' ]).output,
	    at = index(rendered, 'flowtable ft {'),
	    devices = [];

	if (at < 0)
		return devices;

	let list = split(split(substr(rendered, at), 'devices = {', 2)[1] ?? '', '}', 2)[0];

	for (let name in split(list, ','))
		push(devices, ...lower_ports(replace(trim(name), '"', '')));

	return devices;
}

/**
 * Asks nft about each device alone, those that fw4 would list and the `others`,
 * because fw4 asks about all at once and one refusal hides the rest. Nothing
 * is loaded (-c). Returns [ { name, accepted, output } ].
 */
export function probe(others) {
	return map(uniq(sort([ ...hardware_devices(), ...(others ?? []) ])), (name) => {
		let tried = run([ NFT, '-c', 'add table inet nft_offload_probe; ' +
			'add flowtable inet nft_offload_probe ft { hook ingress priority 0; ' +
			`devices = { "${name}" }; flags offload; }` ]);

		return { name, accepted: tried.code == 0, output: tried.code ? excerpt(tried.output) : '' };
	});
};
