// SPDX-License-Identifier: Apache-2.0
/** What `status` answers: what is asked for, what the kernel has loaded, and what was counted. */
import type { Family, Options, Path, Protocol, Sum, UciChange, Uptime } from './common.ts';
import type { Transaction } from './transaction.ts';

export interface StatusArguments {
	/**
	 * true: somebody looks at the numbers. Keeps the sampler and the slow-path
	 * counters alive for 15 s. Without it `status` has no side effect.
	 */
	watch?: boolean;
}

export interface Asked {
	/** Name of firewall.@defaults[0]; null when there is none. */
	section: string | null;
	/** What /etc/config/firewall says, without any uncommitted change. */
	saved: Options;
	/** What fw4 would read now, uncommitted changes included. */
	effective: Options;
	/** Uncommitted changes to `firewall` that a running transaction of ours did not make. */
	foreign: UciChange[];
}

export interface Flowtable {
	devices: string[];
	/** `flags offload` */
	offload: boolean;
	counter: boolean;
}

/** What `nft list` printed; fw4's own table is `inet fw4`, its flowtable `ft`. */
export interface Loaded {
	at: Uptime;
	/** Table inet fw4 with its chain `forward` exists. */
	table: boolean;
	flowtable: Flowtable | null;
	/** The rule of chain forward that adds flows, as nft prints it; null when there is none. */
	rule: string | null;
	/** Tells one load of the firewall from the next: another text after each, by the handles of fw4's rules. null: not known. */
	ruleset: string | null;
	/** nft's own words when it failed. */
	error: string | null;
}

export type ModuleState = 'loaded' | 'available' | 'missing';

export interface Prerequisites {
	fw4: boolean;
	nft: boolean;
	/** /etc/rc.d has a start link for the firewall. */
	firewall_enabled: boolean;
	modules: {
		nf_flow_table: ModuleState;
		nf_flow_table_inet: ModuleState;
		nft_flow_offload: ModuleState;
	};
	/** net.netfilter.nf_conntrack_acct; null when conntrack is not loaded. */
	accounting: boolean | null;
	conntrack_count: number | null;
	conntrack_max: number | null;
	/** access(2) of /etc/config/firewall. */
	config_writable: boolean;
}

export interface Router {
	hostname: string;
	model: string;
	/** DISTRIB_DESCRIPTION of /etc/openwrt_release, '' when unknown. */
	release: string;
	kernel: string;
}

/** A network of netifd that a firewall zone covers. */
export interface Network {
	name: string;
	/** Name of the firewall zone. */
	zone: string;
	/** The zone masquerades (option masq). */
	masq: boolean;
	up: boolean;
	proto: string;
	/** netifd's `device`, what fw4 lists; null when it has none. */
	device: string | null;
	/** netifd's `l3_device`, where packets are routed. */
	l3_device: string | null;
	/** The network has a default route. */
	default_route: boolean;
}

export type DeviceType = 'ethernet' | 'bridge' | 'vlan' | 'dsa' | 'wlan' | 'ppp' | 'tunnel' | 'other';

/** A network device on the way of a zone's traffic, or in the flowtable. */
export interface Device {
	name: string;
	type: DeviceType;
	present: boolean;
	/** Devices below it, from /sys/class/net/X/lower_*. */
	lower: string[];
	/** Kernel driver of the NIC, null when it is virtual. */
	driver: string | null;
}

export type SumsByProtocol = Record<Protocol, Sum>;
export type SumsByFamily = Record<Family, SumsByProtocol>;

export interface Rate {
	/** per second */
	packets: number;
	bytes: number;
}

/** One pass over /proc/net/nf_conntrack. Packets and bytes: both directions together. */
export interface FlowSums {
	at: Uptime;
	/** Lines read. */
	entries: number;
	paths: Record<Path, SumsByFamily>;
	/** What the flows over 32 KiB moved since the pass before; null on the first pass. */
	rates: Record<Path, Rate> | null;
	/** Seconds that `rates` covers. */
	window: number;
}

/**
 * Forwarded packets that reached the `forward` hook, that is, were not
 * offloaded, from ingress to egress device. Cumulative since `SlowPath.since`.
 */
export interface SlowPair {
	iif: string;
	oif: string;
	family: Family;
	protocol: Protocol;
	packets: number;
	bytes: number;
	/** Of these: packets of connections that conntrack flags as offloaded (IPS_OFFLOAD). */
	flagged_packets: number;
	flagged_bytes: number;
}

export interface SlowPath {
	at: Uptime;
	since: Uptime;
	pairs: SlowPair[];
	/** Forwarded IPv4 packets with options, which never take the fast path, as [source, destination]; at most 64. */
	options: [string, string][];
	/** nft's words when the counters could not be installed or read. */
	error: string | null;
}

/** Since the reading before: shares of all CPUs' time, 0 to 1 (/proc/stat). */
export interface Cpu {
	softirq: number;
	busy: number;
}

export interface Watch {
	/** null until the first pass over conntrack is done. */
	flows: FlowSums | null;
	slow: SlowPath | null;
	/** null on the first reading. */
	cpu: Cpu | null;
	/** Seconds between two passes, chosen so that sampling uses at most 2 % of a core. */
	every: number;
	cost: {
		/** CPU milliseconds of the last pass over conntrack. */
		conntrack: number;
		/** CPU milliseconds of the last reading of nft. */
		nft: number;
	};
}

export interface Status {
	api: number;
	now: Uptime;
	router: Router;
	asked: Asked;
	loaded: Loaded;
	prerequisites: Prerequisites;
	networks: Network[];
	devices: Device[];
	/** null while nobody watches. */
	watch: Watch | null;
	/** The running transaction, or the last one since boot. */
	transaction: Transaction | null;
}
