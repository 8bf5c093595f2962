// SPDX-License-Identifier: Apache-2.0
import type { Path, Uptime } from './common.ts';

/** A service of the router that meets offloading: it has an init script of that name. */
export interface Service {
	/** sqm, qosify, qosmate, nft-qos, mwan3, pbr, bridger, zapret, b4, … : SERVICES of rpcd/modules/survey/conflicts.uc */
	name: string;
	/** It has a start link in /etc/rc.d. */
	enabled: boolean;
}

/** A section of /etc/config/sqm. */
export interface Sqm {
	interface: string;
	enabled: boolean;
	qdisc: string;
}

/** A firewall rule that is to stop traffic which may be running already: it has times, or it rejects or drops named clients. */
export interface BlockRule {
	name: string;
	/** It has start_time, stop_time, weekdays, monthdays, start_date or stop_date. */
	timed: boolean;
	/** src_mac, src_ip or dest_ip, as written. */
	clients: string[];
	target: string;
}

/** A userspace queue of /proc/net/netfilter/nfnetlink_queue. */
export interface Queue {
	number: number;
	/** Its reader, and the name of that process ('' when it is gone). */
	pid: number;
	process: string;
}

/** Wi-Fi offloading of a driver: /sys/module/X/parameters/wed_enable. */
export interface Wed {
	module: string;
	enabled: boolean;
}

/** A table of offloaded flows that a NIC's driver shows in debugfs. */
export interface Bound {
	/** Path below /sys/kernel/debug: ppe0/bind, mtk_ppe/bind, airoha-eth:ppe0/bind … */
	source: string;
	/** Flows that the NIC holds, each direction counted. */
	bound: number;
	/** Bound in one direction only, as `src:port>dst:port`; at most 16, and how many in all. */
	half: string[];
	half_count: number;
	/** Bound, but unknown to conntrack; at most 16, and how many in all. */
	orphans: string[];
	orphan_count: number;
}

/** What else on the router meets offloading. Gathered by a worker. */
export interface ConflictFacts {
	at: Uptime;
	/** `Loaded.ruleset` of the ruleset that they were gathered under. */
	ruleset: string | null;
	/** DISTRIB_RELEASE and DISTRIB_TARGET of /etc/openwrt_release, '' when unknown. */
	release: string;
	target: string;
	kernel: string;
	services: Service[];
	sqm: Sqm[];
	/** Devices whose root qdisc shapes (cake, htb, fq_codel under hfsc …), as `tc qdisc` prints them; null without tc. */
	qdiscs: { device: string; kind: string }[] | null;
	/** Rules of /etc/config/firewall, at most 32. */
	blocks: BlockRule[];
	queues: Queue[];
	wed: Wed[];
	/** The kernel's own words about flow offloading, WED and PPE, in the log or in pstore; at most 16 lines of 200 bytes. */
	log: string[];
	/** Some of them are from pstore: the router crashed. */
	crashed: boolean;
	/** Where debugfs tells; empty when it does not. */
	bound: Bound[];
	debugfs: boolean;
	/** Sysctl nf_flowtable_{tcp,udp}_timeout, s, and nf_conntrack_timestamp. */
	flow_timeouts: { tcp: number | null; udp: number | null };
	timestamps: boolean | null;
	/** firewall4's include scripts (config include) and files in /etc/nftables.d, names only. */
	includes: string[];
	/** Flowtables that are loaded beside fw4's, as `family table name`. */
	other_flowtables: string[];
	/** Wi-Fi devices that are in the flowtable. */
	wlan_listed: string[];
	/** Flows by path whose counters stood still for 60 s and more, when somebody searched flows; null otherwise. */
	still: Record<Path, number> | null;
	/** Networks whose proto tunnels: 6in4, 6rd, dslite, map, gre, wireguard … */
	tunnels: { network: string; proto: string }[];
	/** Programs that measure or capture on the router itself and run now: tcpdump, iperf3, … */
	observers: string[];
}
