// SPDX-License-Identifier: Apache-2.0
import type { Bound, ConflictFacts, Mode } from '../../contract.ts';
import type { Checks } from './finding.ts';
import { FIRMWARE_PAGE, OFF, RELOAD, SOFTWARE, toMode } from './finding.ts';

/** What else runs on a router whose flowtable is loaded, and in which mode that is. */
export interface Meeting {
	conflicts: ConflictFacts;
	mode: Mode;
}

/** Of these services, those that start with the router. */
export const enabled = ({ services }: ConflictFacts, ...names: string[]): string[] =>
	services.flatMap((service) => (service.enabled && names.includes(service.name) ? [service.name] : []));

/** Everything that shapes or counts traffic. */
const shapers = (facts: ConflictFacts): string[] => [
	...facts.sqm.flatMap((sqm) => (sqm.enabled ? [`sqm: ${sqm.interface} (${sqm.qdisc})`] : [])),
	...enabled(facts, 'qosify', 'qosmate', 'nft-qos', 'qos'),
	...(facts.qdiscs ?? []).map(({ device, kind }) => `${device}: ${kind}`),
];

const COMPLAINT = /fail|error|unable|timed? ?out|cut here|bug:|warning:/i;
const WED = /_wed|wed_|\bwed\b|_wo\b/i;

/** The log's complaints, those about WED or the others; what is only information is left out. */
const complaints = ({ log, wed }: ConflictFacts, ofWed: boolean): string[] =>
	log.filter((line) => COMPLAINT.test(line) && (WED.test(line) && wed.some((one) => one.enabled)) === ofWed);

const boundOnes = ({ bound }: ConflictFacts, list: 'half' | 'orphans', count: 'half_count' | 'orphan_count'): string[] =>
	bound.flatMap((one: Bound) => (one[count] ? [`${one.source}: ${one[count]}`, ...one[list]] : []));

/** Rules that block: by the clock, or named clients. */
const blocks = ({ blocks: rules }: ConflictFacts, timed: boolean): ConflictFacts['blocks'] =>
	rules.filter((rule) => rule.timed === timed && (timed || (rule.clients.length > 0 && /^(DROP|REJECT)$/i.test(rule.target))));

const blockNames = (facts: ConflictFacts, timed: boolean): string[] =>
	blocks(facts, timed).map(({ name, clients }) => [name, ...clients].filter(Boolean).join(' ') || '?');

const ADDRESS = /^(\d+(\.\d+){3}|(?=.*::|(.*:){7})[\da-f:]+)$/i;
const FLUSH = 'echo f > /proc/net/nf_conntrack';

const TEST = /^(iperf|netperf|netserver|speedtest)/;

/** What else meets offloading. */
export const CONFLICTS = {
	KERNEL_CRASHED: ['bad', 'OW#10572 OW#9440 OW#20869', ({ conflicts }) => (conflicts.crashed ? [conflicts.kernel, ...conflicts.log] : []), FIRMWARE_PAGE],
	HARDWARE_STILL: ['attention', 'OW#22970', ({ conflicts: { still, flow_timeouts: { tcp, udp } } }) =>
		(still?.hardware && Math.max(tcp ?? 30, udp ?? 30) < 60 ? [`[HW_OFFLOAD]: ${still.hardware}`] : []), SOFTWARE],
	HALF_BOUND: ['plain', 'OW#17915', ({ conflicts }) => boundOnes(conflicts, 'half', 'half_count'), RELOAD],
	/* bridger binds what it bridges, which has no conntrack */
	ORPHANS: ['attention', 'OW#17915', ({ conflicts }) => (enabled(conflicts, 'bridger').length ? [] : boundOnes(conflicts, 'orphans', 'orphan_count')), SOFTWARE],
	QOS_HARDWARE: ['attention', 'LU#1826 qosmate#91', ({ conflicts, mode }) => (mode === 'hardware' ? shapers(conflicts) : []), SOFTWARE],
	QUEUE_STARVED: ['attention', 'zapret#355 b4#213', ({ conflicts: { queues } }) => queues.map(({ number, process, pid }) => `${number}: ${process || pid}`),
		'nft "replace rule inet fw4 forward handle $(nft -a list chain inet fw4 forward | sed -n \'s/.*@ft.*handle //p\') meta l4proto { tcp, udp } ct packets > 60 flow add @ft"'],
	WED_FIRMWARE: ['attention', 'mt76#746 mt76#815 mt76#911 mt76#1051', ({ conflicts }) => complaints(conflicts, true),
		'sed -i \'s/wed_enable=[^ ]*/wed_enable=N/\' /etc/modules.conf /etc/modules.d/mt79*; reboot'],
	KERNEL_LOG: ['attention', 'OW#10572 OW#20869', ({ conflicts }) => (conflicts.crashed ? [] : complaints(conflicts, false)), 'dmesg'],
	QOS_SOFTWARE: ['plain', 'LU#1826 qosmate#91', ({ conflicts, mode }) => (mode === 'software' ? shapers(conflicts) : []), OFF],
	WLAN_LISTED: ['plain', 'OW#13410 OW#23123 OW#25174 OW#25305', ({ conflicts: { wlan_listed } }) => (wlan_listed.length > 1 ? wlan_listed : []), SOFTWARE],
	POLICY_ROUTING: ['plain', 'packages#5943', ({ conflicts }) => enabled(conflicts, 'mwan3', 'pbr', 'vpn-policy-routing'), FLUSH],
	BLOCK_TIMED: ['plain', '1806_SDK#47', ({ conflicts }) => blockNames(conflicts, true), FLUSH],
	BLOCK_CLIENT: ['plain', '1806_SDK#47', ({ conflicts }) => blockNames(conflicts, false), ({ conflicts }) => {
		const clients = blocks(conflicts, false).flatMap((rule) => rule.clients);
		return clients.every((client) => ADDRESS.test(client)) ? clients.map((client) => FLUSH.replace(' f ', ` ${client} `)).join('; ') : FLUSH;
	}],
	WED_IDLE: ['plain', 'mt76#815', ({ conflicts: { wed }, mode }) => (mode === 'software' ? wed.flatMap((one) => (one.enabled ? [one.module] : [])) : []), toMode(1, 1)],
	OTHER_FLOWTABLE: ['plain', 'nf_flowtable', ({ conflicts }) => conflicts.other_flowtables, 'nft list flowtables'],
	CAPTURE_BLIND: ['plain', 'OW#10947', ({ conflicts: { observers }, mode }) =>
		(mode === 'hardware' ? observers.filter((name) => !TEST.test(name)) : []), OFF],
	LOCAL_TEST: ['plain', 'OW#24593', ({ conflicts: { observers } }) => observers.filter((name) => TEST.test(name)), ''],
} satisfies Checks<string, Meeting>;
