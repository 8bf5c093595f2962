// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of the ubus object `luci.nft-offload`: methods, arguments,
 * replies and error codes. The page, the tests and the documentation all use
 * these types; the backend's real replies are validated against them.
 *
 * Facts only: nothing in a reply is a judgement. Judgement is the doctor's.
 * Every time is `Uptime`: seconds since boot (CLOCK_MONOTONIC), because a
 * router's wall clock jumps when NTP answers.
 *
 * An argument of the wrong type, or one that is not listed, is refused by rpcd
 * itself with ubus status 2 (Invalid argument) before the backend is reached.
 */

import type { ConflictFacts } from './contract/conflicts.ts';
import type { CoverageFacts } from './contract/coverage.ts';
import type { FlowsArguments, FlowsFacts, GroupsFacts } from './contract/flows.ts';
import type { MeasureArguments, Measurement } from './contract/measure.ts';

export type * from './contract/conflicts.ts';
export type * from './contract/coverage.ts';
export type * from './contract/flows.ts';
export type * from './contract/measure.ts';

export const OBJECT = 'luci.nft-offload';

/** Version of this contract. A page that meets another number says so. */
export const API = 1;

/** Seconds since boot, with a fraction. */
export type Uptime = number;

export type Mode = 'off' | 'software' | 'hardware';

/** The way of a forwarded packet: through the NIC, the flowtable, or the firewall's chains. */
export type Path = 'hardware' | 'software' | 'slow';
export type Family = 'ipv4' | 'ipv6';
export type Protocol = 'tcp' | 'udp' | 'other';

/* ---- errors ---------------------------------------------------------- */

export type ErrorCode =
	/* arguments */
	| 'INVALID_ARGUMENT' /* detail: { argument, expected } */
	/* before anything changes */
	| 'BUSY' /* another transaction runs; detail: { id, mode, step } */
	| 'FW4_MISSING'
	| 'NFT_MISSING'
	| 'MODULE_MISSING' /* detail: { modules } */
	| 'FIREWALL_DISABLED' /* no start link in /etc/rc.d */
	| 'FIREWALL_NOT_LOADED' /* no table inet fw4; detail: { output } */
	| 'CONFIG_UNREADABLE' /* /etc/config/firewall has no `defaults` section, or does not parse */
	| 'CONFIG_READ_ONLY'
	| 'CONFIG_FULL' /* detail: { available, needed } bytes */
	| 'TMP_FULL' /* state cannot be written */
	| 'FOREIGN_CHANGES' /* somebody's uncommitted changes; detail: { changes } */
	| 'START_FAILED' /* the worker could not be started */
	| 'NOTHING_TO_COMPARE' /* offloading is off, or not loaded as it is saved */
	/* during the transaction: rolled back */
	| 'STAGING_FAILED'
	| 'RULESET_INVALID' /* fw4 check failed; detail: { output } */
	| 'HARDWARE_REFUSED' /* detail: { devices, output } */
	| 'MEASURE_FAILED' /* the slow path's counters could not be read; detail: { output } */
	| 'RELOAD_FAILED' /* the kernel does not hold the new ruleset; detail: { output } */
	| 'VERIFY_FAILED' /* reloaded, but the flowtable is not what was asked; detail: { output } */
	| 'COMMIT_FAILED' /* Keep could not be written; detail: { output } */
	| 'WORKER_DIED' /* found dead by its guard or by the next caller; detail: { step } */
	/* the rollback itself */
	| 'ROLLBACK_FAILED' /* detail: { output } */
	/* answers to a trial */
	| 'NO_TRANSACTION'
	| 'UNKNOWN_ID' /* detail: { id } */
	| 'NOT_WAITING' /* detail: { step } */
	| 'EXPIRED'; /* already decided; detail: { decision } */

/** Which device `nft -c` accepted for hardware offload, each probed alone. */
export interface ProbedDevice {
	name: string;
	accepted: boolean;
	/** nft's own words, '' when accepted. */
	output: string;
}

export interface ErrorDetail {
	argument?: string;
	expected?: string;
	id?: string;
	mode?: Mode;
	step?: Step;
	modules?: string[];
	available?: number;
	needed?: number;
	changes?: UciChange[];
	devices?: ProbedDevice[];
	/** What the router's own tool printed, at most 4096 bytes. */
	output?: string;
	decision?: Decision;
}

/** `message` is plain English for logs and scripts; the page translates `code`. */
export interface Failure {
	code: ErrorCode;
	message: string;
	detail: ErrorDetail;
}

export interface Refusal {
	error: Failure;
}

/* ---- status ---------------------------------------------------------- */

export interface StatusArguments {
	/**
	 * true: somebody looks at the numbers. Keeps the sampler and the slow-path
	 * counters alive for 15 s. Without it `status` has no side effect.
	 */
	watch?: boolean;
}

/** One line of /tmp/.uci/firewall, as uci's `changes()` gives it. */
export type UciChange = string[];

/** The two options as they are written, null where absent. */
export interface Options {
	flow_offloading: string | null;
	flow_offloading_hw: string | null;
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

export interface Sum {
	flows: number;
	packets: number;
	bytes: number;
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

/* ---- the transaction ------------------------------------------------- */

export type Step =
	| 'checking' /* preconditions */
	| 'staging' /* uci set, uncommitted */
	| 'validating' /* fw4 check */
	| 'reloading'
	| 'verifying' /* nft list flowtable */
	| 'waiting' /* for Keep or Go back; of a comparison: for the end of its phase without offloading */
	| 'measuring' /* of a comparison: the phases before and after */
	| 'committing'
	| 'reverting'
	| 'done';

export type Outcome =
	| 'kept' /* saved in /etc/config/firewall */
	| 'reverted' /* back on request, or because nobody answered */
	| 'failed'; /* back because of `error` */

export type Decision = 'keep' | 'revert' | 'timeout';

export interface Transaction {
	id: string;
	mode: Mode;
	/** A comparison, which always goes back; null for a change. */
	measurement: Measurement | null;
	/** What the two options were before. */
	before: Options;
	step: Step;
	/** Every step entered, in order. */
	history: { step: Step; at: Uptime }[];
	/** The trial's length, or that of a comparison's phase, s. */
	timeout: number;
	/** When the trial, or the phase of a comparison, ends by itself; null outside `waiting` and `measuring`, and until a phase has begun. */
	deadline: Uptime | null;
	outcome: Outcome | null;
	/** null: not yet, or it took none: it failed, or it is a comparison that nobody ended early. */
	decision: Decision | null;
	/** After a rollback: the kernel was seen back where it was. null: there was none. */
	restored: boolean | null;
	error: Failure | null;
	/** Another problem met on the way that did not change the outcome, e.g. fw4's fallback line. */
	warnings: string[];
}

/* ---- the methods ----------------------------------------------------- */

export interface ApplyArguments {
	mode: Mode;
	/** s, 15 to 600; default 60 */
	confirm_timeout?: number;
}

/** A method that takes none. */
export type NoArguments = Record<string, never>;

/**
 * What a worker found out last; a call starts another scan when it is older
 * than a few seconds. `facts` is null before the first.
 */
export interface Survey<F> {
	running: boolean;
	facts: F | null;
}

export interface AnswerArguments {
	id: string;
}

/** `apply` answers as soon as the worker runs; `confirm` and `revert` as soon as the answer is recorded. */
export interface Accepted {
	transaction: Transaction;
}

export interface Methods {
	status: { arguments: StatusArguments; reply: Status };
	apply: { arguments: ApplyArguments; reply: Accepted | Refusal };
	confirm: { arguments: AnswerArguments; reply: Accepted | Refusal };
	revert: { arguments: AnswerArguments; reply: Accepted | Refusal };
	coverage: { arguments: NoArguments; reply: Survey<CoverageFacts> | Refusal };
	conflicts: { arguments: NoArguments; reply: Survey<ConflictFacts> | Refusal };
	flows: { arguments: FlowsArguments; reply: Survey<FlowsFacts> | Refusal };
	groups: { arguments: NoArguments; reply: Survey<GroupsFacts> | Refusal };
	/** Starts a comparison; `revert` ends it early. Its result is in `Status.transaction.measurement`. */
	measure: { arguments: MeasureArguments; reply: Accepted | Refusal };
}

export const CONFIRM_TIMEOUT = { min: 15, default: 60, max: 600 } as const;
