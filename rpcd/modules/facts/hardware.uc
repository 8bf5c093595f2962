// SPDX-License-Identifier: Apache-2.0
'use strict';

import { run, excerpt } from 'nft_offload.run.program';
import { lower_ports } from 'nft_offload.facts.links';

const FW4 = '/sbin/fw4';
const NFT = '/usr/sbin/nft';

// The devices fw4 would list for hardware offload: the lower ports of those it renders
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
