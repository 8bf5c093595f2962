// SPDX-License-Identifier: Apache-2.0
/** Networks whose devices the flowtable lacks, and the command that adds them. */
import type { LinkKind } from '../../../contract.ts';
import type { NetworkCoverage } from '../../coverage-types.ts';
import type { ConnectionsQuery, Seen, WayOut } from './finding.ts';

export type Covered = Seen<'status' | 'coverage' | 'judged'>;

/** What a network's routed device is: a zone's raw device, PPPoE, another device without a NIC of its own, a bridge without ports, or any other. */
export type NetworkKind = 'raw' | 'pppoe' | 'tunnel' | 'empty bridge' | 'other';

const TUNNELS: (LinkKind | null)[] = ['wireguard', 'rawip', 'tun', 'ipip', 'sit', 'ip6tnl', 'gre'];

function kindOf({ raw, chain, l3 }: NetworkCoverage, { coverage: { links } }: Covered): NetworkKind {
	if (raw)
		return 'raw';
	const kind = chain[0]?.[0]?.kind ?? null;
	if (kind === 'ppp')
		return 'pppoe';
	if (TUNNELS.includes(kind))
		return 'tunnel';
	return links.some((link) => link.name === l3 && link.kind === 'bridge' && link.lower.length === 0) ? 'empty bridge' : 'other';
}

/** A network's devices from the routed one down: `wan: pppoe-wan → eth1.7 → eth1`. */
export const wayOf = ({ name, chain }: NetworkCoverage): string =>
	`${name}: ${chain.map((level) => level.map((device) => device.name).join(', ')).join(' → ')}`;

/** One network for each routed device: wan6 goes the way of wan. */
export const routedNetworks = ({ judged: { networks } }: Pick<Covered, 'judged'>): NetworkCoverage[] =>
	networks.filter(({ l3 }, index) => networks.findIndex((one) => one.l3 === l3) === index);

/** What the flowtable lacks for packets from a network and a reload of the firewall would not bring. */
function missingOf({ in: { why } }: NetworkCoverage, { judged: { would } }: Covered): string[] {
	const missing = why.code === 'NOT_LISTED' || why.code === 'SOME_LISTED' ? why.missing : [];
	return missing.filter((device) => !would.includes(device));
}

/** The networks of a kind that lack devices. */
export const networksLacking = (seen: Covered, kind: NetworkKind): NetworkCoverage[] =>
	routedNetworks(seen).filter((network) => kindOf(network, seen) === kind && missingOf(network, seen).length > 0);

/** Names that need no quoting but nft's; nft knows no way to write others. */
const PLAIN_NAME = /^[\w.@-]+$/;

/** Adds devices to the live flowtable; '' when nft cannot write a name. Without `counter` and `flags` nft would take them away. */
function addCommand({ status: { loaded: { flowtable } } }: Covered, devices: string[]): string {
	if (!devices.every((device) => PLAIN_NAME.test(device)))
		return '';
	const list = devices.map((device) => `"${device}"`).join(', ');
	const flags = `${flowtable?.offload ? ' flags offload;' : ''}${flowtable?.counter ? ' counter;' : ''}`;
	return `nft add flowtable inet fw4 ft '{ hook ingress priority 0; devices = { ${list} };${flags} }'`;
}

/** The connections of a network, or of the zone that several networks share. */
export function connectionsOf(networks: NetworkCoverage[]): ConnectionsQuery | null {
	const [first, ...others] = networks;
	if (!first || others.some(({ zone }) => zone !== first.zone))
		return null;
	return others.length ? { zone: first.zone } : { search: first.name };
}

/** Adding what the networks of a kind lack. */
export const addMissingDevices = (kind: NetworkKind) => ({
	command: (seen: Covered): string => addCommand(seen, [...new Set(networksLacking(seen, kind).flatMap((network) => missingOf(network, seen)))]),
	/* Linux up to 7.1 fixes the device of a connection when it is offloaded */
	steps: () => [
		_('Add the missing devices to the fast path with the command below.'),
		_('New connections are fast at once; those that run already may have to begin again.'),
	],
	costs: () => _('Nothing is interrupted, but a reload of the firewall or a restart of the router forgets the addition.'),
}) satisfies WayOut<'status' | 'coverage' | 'judged'>;

/** What it means that a network is not fully covered. */
export const slowNetworkMeans = (): string => _('In at least one direction its packets take the slow path, which costs speed and CPU time.');
