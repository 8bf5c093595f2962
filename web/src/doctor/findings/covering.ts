// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts, CoverageFacts, LinkKind, Status } from '../../contract.ts';
import type { Agreement, Coverage, NetworkCoverage } from '../coverage-types.ts';
import { modeOfOptions } from '../options.ts';
import { enabled } from './conflicts.ts';
import type { Check, Checks } from './finding.ts';
import { FIREWALL_PAGE, install, RELOAD, SOFTWARE } from './finding.ts';

/** A router whose flowtable is loaded, and what was judged of it. */
export interface Covered {
	status: Status;
	coverage: CoverageFacts;
	judged: Coverage;
	agreements: Agreement[];
	conflicts: ConflictFacts | null;
}

/** `wan: pppoe-wan → eth1.7 → eth1` */
const wayOf = ({ name, chain }: NetworkCoverage): string =>
	`${name}: ${chain.map((level) => level.map((device) => device.name).join(', ')).join(' → ')}`;

/** What the flowtable lacks for packets from a network, by the network's own devices. */
const missingOf = ({ in: { why } }: NetworkCoverage): string[] =>
	(why.code === 'NOT_LISTED' || why.code === 'SOME_LISTED' ? why.missing : []);

const SOFT: (LinkKind | null)[] = ['wireguard', 'rawip', 'tun', 'ipip', 'sit', 'ip6tnl', 'gre'];

const kindOf = ({ raw, chain }: NetworkCoverage): 'raw' | 'ppp' | 'soft' | 'hard' => {
	const kind = chain[0]?.[0]?.kind ?? null;
	return raw ? 'raw' : kind === 'ppp' ? 'ppp' : SOFT.includes(kind) ? 'soft' : 'hard';
};

const isEmptyBridge = ({ coverage }: Covered, { l3 }: NetworkCoverage): boolean =>
	coverage.links.some(({ name, kind, lower }) => name === l3 && kind === 'bridge' && lower.length === 0);

/** The networks, one for each routed device: wan6 goes the way of wan. */
const routes = ({ judged: { networks } }: Covered): NetworkCoverage[] =>
	networks.filter(({ l3 }, index) => networks.findIndex((one) => one.l3 === l3) === index);

/** Networks of a kind that lack devices in the flowtable which a reload would not bring. */
const lacking = (x: Covered, kind: ReturnType<typeof kindOf>, empty = false): NetworkCoverage[] =>
	routes(x).filter((network) => kindOf(network) === kind && (kind === 'raw' || isEmptyBridge(x, network) === empty)
		&& missingOf(network).some((device) => !x.judged.would.includes(device)));

/** Devices that a reload would bring into the flowtable: a network's `own`, or ports below it. */
const late = (x: Covered, own: boolean): string[] =>
	routes(x).flatMap(({ name, overall, late: ones }) => (overall === 'covered' ? [] : ones.flatMap(({ code, device }) =>
		(code === 'APPEARED' && own === x.coverage.networks.some((one) => one.name === name && one.device === device) ? [`${name}: ${device}`] : []))));

/* Quoted for nft, and then once more for the shell; nft knows no way to write other names. */
const PLAIN = /^[\w.@-]+$/;

/** The command that adds to the live flowtable what some networks lack; '' when a name cannot be written. Without `counter` and `flags` nft would take them away. */
function addCommand({ status: { loaded: { flowtable } }, judged }: Covered, networks: NetworkCoverage[]): string {
	const devices = [...new Set(networks.flatMap(missingOf))].filter((device) => !judged.would.includes(device));
	return devices.every((device) => PLAIN.test(device))
		? `nft add flowtable inet fw4 ft '{ hook ingress priority 0; devices = { ${devices.map((device) => `"${device}"`).join(', ')} };${flowtable?.offload ? ' flags offload;' : ''}${flowtable?.counter ? ' counter;' : ''} }'`
		: '';
}

const lack = (threads: string, kind: ReturnType<typeof kindOf>, empty?: boolean): Check<Covered> =>
	['attention', threads, (x) => lacking(x, kind, empty).map(wayOf), (x) => addCommand(x, lacking(x, kind, empty))];

/** What is wrong with the list of the flowtable's devices. */
export const COVERING = {
	PPPOE_SLOW: lack('OW#13847 OW#10224 FW#67 FW#100 FW#102', 'ppp'),
	TUNNEL_SLOW: lack('FW#102 OW#4849', 'soft'),
	BRIDGE_SLOW: lack('OW#9854 FW#102', 'hard'),
	EMPTY_BRIDGE: lack('FW#102', 'hard', true),
	RAW_DEVICE: ['attention', 'FW#102', (x) => lacking(x, 'raw').map(wayOf), FIREWALL_PAGE],
	LATE_PORT: ['attention', 'OW#25646', (x) => late(x, false), RELOAD],
	LATE_NETWORK: ['attention', 'OW#13847 FW#67', (x) => late(x, true), RELOAD],
	DISAGREEMENT: ['attention', 'nf_flowtable', ({ agreements }) => agreements
		.filter(({ verdict }) => verdict === 'COVERED_BUT_SLOW' || verdict === 'UNCOVERED_BUT_FAST')
		.map(({ network, direction }) => (direction === 'in' ? `${network} →` : `→ ${network}`)), RELOAD],
	HARDWARE_REFUSED: ['attention', 'OW#14365', ({ status: { asked, loaded }, coverage }) =>
		(modeOfOptions(asked.effective) === 'hardware' && loaded.flowtable?.offload === false
			? (coverage.probed ?? []).filter(({ accepted }) => !accepted).map(({ name, output }) => `${name}: ${output.split('\n')[0]}`) : []), SOFTWARE],
	OVERSIZED: ['attention', 'immortalwrt#1353', ({ coverage: { networks, links, zones } }) => networks.flatMap(({ zone, default_route, l3_device }) => {
		const link = links.find((one) => one.name === l3_device);
		return default_route && link && link.mtu < 1500 && zones.some((one) => one.name === zone && !one.mtu_fix)
			? [`${link.name}: MTU ${link.mtu}`] : [];
	}), FIREWALL_PAGE],
	LISTED_GONE: ['plain', 'nf_flowtable', ({ judged: { listed }, coverage: { links } }) =>
		(links.length ? listed.filter((device) => !links.some(({ name }) => name === device)) : []), RELOAD],
	TUNNELLED: ['plain', 'OW#4849', (x) => routes(x).filter(({ overall }) => overall === 'cannot be').map(wayOf), ''],
	NAT66: ['plain', 'OW#4918 OW#15857', ({ coverage: { zones } }) => zones.flatMap(({ name, masq6 }) => (masq6 ? [name] : [])), FIREWALL_PAGE],
	BRIDGED_WLAN: ['plain', 'OW#18589 OW#22533 OW#24038', ({ coverage: { links }, conflicts }) => (conflicts && enabled(conflicts, 'bridger').length ? [] : links.flatMap(({ name, kind, lower }) => {
		const ports = links.filter((link) => lower.includes(link.name));
		return kind === 'bridge' && new Set(ports.map((port) => port.kind === 'wlan')).size === 2
			? [`${name}: ${ports.map((port) => port.name).join(', ')}`] : [];
	})), ({ status: { router } }) => install(router.release, 'bridger')],
} satisfies Checks<string, Covered>;
