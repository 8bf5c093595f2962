// SPDX-License-Identifier: Apache-2.0
'use strict';

import { cursor } from 'uci';
import { prefix } from 'nft_offload.facts.prefix';

// The device on which the route to `address` is: the longest prefix of netifd's
// addresses and routes, the lowest metric among equals
function route_to(address, interfaces, but) {
	let best = null, bytes = iptoarr(address);

	if (!bytes)
		return null;

	for (let name in keys(interfaces)) {
		let iface = interfaces[name];

		if (name == but || !iface.l3_device)
			continue;

		for (let route in [ ...(iface.route ?? []), ...(iface['ipv4-address'] ?? []), ...(iface['ipv6-address'] ?? []) ]) {
			let to = prefix(route.target ?? route.address, route.mask), metric = route.metric ?? 0;

			if (!to || length(to) != length(bytes) || join('.', to) != join('.', prefix(address, route.mask)))
				continue;

			if (!best || route.mask > best.mask || (route.mask == best.mask && metric < best.metric))
				best = { mask: route.mask, metric, device: iface.l3_device };
		}
	}

	return best?.device;
}

/**
 * The device that the tunnel of network `name` runs over: of the network that
 * its `tunlink` names, else on the way to its `peeraddr` or, WireGuard, to the
 * first peer with an address. A host name is not looked up: null.
 */
export function underlay(name, interfaces) {
	let uci = cursor(),
	    link = uci.get('network', name, 'tunlink'),
	    peer = uci.get('network', name, 'peeraddr');

	if (link)
		return interfaces[link]?.l3_device;

	uci.foreach('network', `wireguard_${name}`, (section) => {
		if (iptoarr(`${section.endpoint_host ?? ''}`))
			peer ??= section.endpoint_host;
	});

	return peer ? route_to(`${peer}`, interfaces, name) : null;
};
