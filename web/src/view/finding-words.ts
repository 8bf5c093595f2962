// SPDX-License-Identifier: Apache-2.0
import type { Finding, FindingCode } from '../doctor/findings/index.ts';

/** What a finding says: what is the matter, why it matters, what to do. Beside it stand its evidence, command, page and threads. */
export interface FindingWords {
	title: string;
	why: string;
	/** '' where nothing is to be done. */
	todo: string;
}

function dictionary(): Record<FindingCode, [title: string, why: string, todo: string]> {
	const slow = _('In one direction at least, its packets are slow.');
	const unlisted = _('The flowtable lacks it, so its packets are slow.');
	const miscounted = _('The byte counts of offloaded connections are too low.');
	const unseen = _('An offloaded connection no longer passes the rules.');
	const add = _('Add what is missing to the flowtable. This lasts until the firewall is reloaded.');
	const reload = _('Reload the firewall.');
	const flush = _('After a change, make the router forget its connections.');
	const software = _('Choose “Software” above.');
	const upgrade = _('Upgrade OpenWrt.');
	return {
		FIREWALL_LOST: [
			_('The firewall is not loaded, and hardware offloading is asked for'),
			_('Nothing is filtered. A device that refuses hardware offloading can keep the whole ruleset from loading.'),
			_('Turn hardware offloading off and restart the firewall.'),
		],
		KERNEL_CRASHED: [
			_('The router crashed, and the kernel\'s last words are about offloading'),
			_('Crashes of this kind were fixed in several later kernels.'),
			_('Upgrade OpenWrt. Until then choose “Off” above.'),
		],
		MODULES_MISSING: [
			_('Offloading is asked for, but kernel modules are missing'),
			_('Without them no flowtable can be loaded.'),
			_('Install the missing package.'),
		],
		PPPOE_SLOW: [_('PPPoE is not fully on the fast path'), slow, add],
		TUNNEL_SLOW: [_('A tunnel or modem is not fully on the fast path'), slow, add],
		BRIDGE_SLOW: [_('A network is not fully on the fast path'), slow, add],
		EMPTY_BRIDGE: [_('A bridge without ports is not in the flowtable'), slow, add],
		RAW_DEVICE: [
			_('A firewall zone names a device instead of a network'),
			_('The firewall offloads networks only.'),
			_('Give the zone a network.'),
		],
		LATE_PORT: [_('A device appeared after the firewall was loaded'), unlisted, reload],
		LATE_NETWORK: [_('A network came up after the firewall was loaded'), unlisted, reload],
		LISTED_GONE: [
			_('The flowtable lists a device that is gone'),
			_('When the device comes back, the kernel may not use it again by itself.'),
			reload,
		],
		DISAGREEMENT: [
			_('Measurement and prediction disagree'),
			_('These directions are faster or slower than predicted.'),
			_('Believe the measurement. If it is slow, reload the firewall.'),
		],
		NO_GAIN: [
			_('The last comparison showed little difference'),
			_('Almost as many packets were slow with offloading.'),
			_('Compare again during a large download.'),
		],
		HARDWARE_REFUSED: [
			_('A device refuses hardware offloading'),
			_('One that refuses makes the firewall fall back to software for all.'),
			software,
		],
		HARDWARE_UNUSED: [
			_('Hardware offloading is loaded, but no connection is in hardware'),
			_('All offloaded connections run in software.'),
			software,
		],
		HARDWARE_FADED: [
			_('No connection is in hardware any more'),
			_('There were some. Now all of them run in software.'),
			reload,
		],
		HARDWARE_STILL: [
			_('Counters of connections in hardware stand still'),
			_('The driver does not report their packets. A slow download can be cut off after 300 seconds.'),
			software,
		],
		HALF_BOUND: [
			_('The network chip holds one direction only of some connections'),
			_('The other direction can be slower.'),
			reload,
		],
		ORPHANS: [
			_('The network chip holds connections that the kernel has forgotten'),
			_('Tunnels and other long connections can break.'),
			software,
		],
		QOS_HARDWARE: [
			_('Hardware offloading bypasses traffic shaping'),
			_('Packets in hardware never reach the queues of SQM or QoS.'),
			software,
		],
		QOS_SOFTWARE: [
			_('Offloading can bypass traffic shaping'),
			_('Offloaded packets can miss the queues or the marks of SQM or QoS.'),
			_('If shaping has no effect, choose “Off” above.'),
		],
		QUEUE_STARVED: [
			_('A program filters packets, but offloaded ones do not reach it'),
			_('It sees only the first packets of each connection.'),
			_('Offload a connection only after 60 packets. This lasts until the firewall is reloaded.'),
		],
		WED_FIRMWARE: [
			_('Wi-Fi offloading (WED) reports errors'),
			_('Wi-Fi can become very slow.'),
			_('Turn WED off.'),
		],
		WED_IDLE: [
			_('Wi-Fi offloading (WED) is on, but unused'),
			_('It needs hardware offloading.'),
			_('Choose “Hardware” above.'),
		],
		OVERSIZED: [
			_('The MTU is small, and MSS clamping is off'),
			_('Packets that are too large leave the fast path.'),
			_('Turn on MSS clamping for the zone.'),
		],
		TABLE_FULL: [
			_('The table of connections is almost full'),
			_('When it is full, new connections are dropped.'),
			_('Allow more connections.'),
		],
		ACCOUNTING_OFF: [_('Connections are not counted'), miscounted, _('Turn on counting.')],
		COUNTER_NONE: [_('This release does not count offloaded packets'), miscounted, upgrade],
		COUNTER_LOST: [_('The flowtable has no counter'), miscounted, reload],
		KERNEL_LOG: [
			_('The kernel reports errors of offloading'),
			_('They can explain slow or broken connections.'),
			_('Read the kernel\'s log.'),
		],
		KERNEL_DROPS: [
			_('This kernel can drop packets of offloaded connections'),
			_('Users report it since Linux 6.18.45.'),
			upgrade,
		],
		WLAN_LISTED: [
			_('Several Wi-Fi devices are in the flowtable'),
			_('Connections can stall when a client moves from one to another.'),
			_('If they do, choose “Software” above, on OpenWrt 24.10 or later.'),
		],
		POLICY_ROUTING: [
			_('A changed routing policy can miss running connections'),
			_('An offloaded connection keeps its way until it ends.'),
			flush,
		],
		BLOCK_TIMED: [_('Rules with times can miss running connections'), unseen, flush],
		BLOCK_CLIENT: [_('Rules that block clients can miss running connections'), unseen, flush],
		BRIDGED_WLAN: [
			_('Wi-Fi and cable share a bridge'),
			_('Traffic between them is never offloaded.'),
			_('If it is too slow, try the package bridger.'),
		],
		NAT66: [
			_('IPv6 addresses are translated'),
			_('This can be slow, and hardware often cannot do it.'),
			_('If you do not need it, turn off IPv6 masquerading.'),
		],
		TUNNELLED: [_('A tunnel cannot be offloaded'), _('The kernel has no fast path for it.'), ''],
		OTHER_FLOWTABLE: [
			_('Another flowtable is loaded'),
			_('This page judges the firewall\'s own only.'),
			_('See who uses it.'),
		],
		CAPTURE_BLIND: [
			_('A capture on this router can miss packets'),
			_('Packets in hardware do not reach the CPU.'),
			_('Choose “Off” above while you capture.'),
		],
		LOCAL_TEST: [
			_('A speed test runs on this router'),
			_('Traffic that starts or ends on the router is never offloaded.'),
			_('Test between two computers instead, one on each side.'),
		],
	};
}

let words: ReturnType<typeof dictionary> | undefined;

/** The words of a finding. */
export function findingWords({ code }: Finding): FindingWords {
	words ??= dictionary();
	const [title, why, todo] = words[code];
	return { title, why, todo };
}
