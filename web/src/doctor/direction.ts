// SPDX-License-Identifier: Apache-2.0
import type { Network } from '../contract.ts';

/** Seen from the inner networks: `in` downloads, `out` uploads, `across` neither or not known. */
export type Way = 'in' | 'out' | 'across';

export interface Direction {
	/** Ingress and egress device, as the forward hook sees them. */
	iif: string;
	oif: string;
	/** Names of the networks on them, the device's own where there is none. */
	from: string;
	to: string;
	way: Way;
}

/** The networks routed through a device. Several may share one, as wan and wan6 do. */
export function networksOn(networks: Network[], device: string): Network[] {
	const routed = networks.filter((network) => network.l3_device === device);
	return routed.length ? routed : networks.filter((network) => network.device === device);
}

/** Outside is where the default route or a masquerading zone is. */
export function isOutside(networks: Network[]): boolean {
	return networks.some((network) => network.default_route || network.masq);
}

/** Puts a pair of devices into the words of the person's networks. */
export function directionOf(networks: Network[], iif: string, oif: string): Direction {
	const from = networksOn(networks, iif);
	const to = networksOn(networks, oif);
	const known = from.length > 0 && to.length > 0 && isOutside(from) !== isOutside(to);
	return {
		iif,
		oif,
		from: from[0]?.name ?? iif,
		to: to[0]?.name ?? oif,
		way: !known ? 'across' : isOutside(from) ? 'in' : 'out',
	};
}
