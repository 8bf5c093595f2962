// SPDX-License-Identifier: Apache-2.0
import type { CoverageFacts, Mode } from '../contract.ts';
import { linksOf } from './chain.ts';
import type { Links } from './chain.ts';

/** The ports below a device, through VLANs and bridges only (resolve_lower_devices in fw4.uc). */
function portsOf(links: Links, name: string, depth = 0): string[] {
	const link = links.get(name);
	return !link ? []
		: (link.kind === 'vlan' || link.kind === 'bridge') && depth < 8
			? link.lower.flatMap((lower) => portsOf(links, lower, depth + 1)) : [name];
}

/** Of one network: netifd's `device`, in hardware mode the ports below it. Only what exists. */
export function listedFor(links: Links, device: string | null, mode: Mode): string[] {
	return device === null || mode === 'off' ? []
		: mode === 'hardware' ? portsOf(links, device) : links.has(device) ? [device] : [];
}

/** What firewall4 would list now (resolve_offload_devices in fw4.uc, 24.10 and later), in its order. */
export function wouldList(facts: CoverageFacts, mode: Mode): string[] {
	const links = linksOf(facts);
	return [...new Set(facts.networks.flatMap(({ device }) => listedFor(links, device, mode)))].sort();
}
