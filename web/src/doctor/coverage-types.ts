// SPDX-License-Identifier: Apache-2.0
/** What the doctor says about coverage and about single flows: shapes only. */
import type { Family, LinkKind, Mode, Path, ProbedDevice } from '../contract.ts';
import type { Way } from './direction.ts';

/* ---- coverage -------------------------------------------------------- */

/**
 * `partly`: by way of some devices or networks, not of others.
 * `cannot be`: whatever is listed. `not known`: the facts do not say.
 */
export type Standing = 'covered' | 'partly' | 'not covered' | 'cannot be' | 'not known';

/** A network as a whole. `one direction`: one of the two ways is covered. */
export type Overall = Standing | 'one direction';

/** Why a direction stands as it does. */
export interface CoverageParameters {
	/** These devices are in the flowtable and take it. */
	LISTED: { devices: string[] };
	/** Not these: with them in the flowtable it would be covered. */
	NOT_LISTED: { missing: string[] };
	/** Some ends of the way are, `missing` are not: late Wi-Fi, a second bridge port. */
	SOME_LISTED: { devices: string[]; missing: string[] };
	/** What comes in from (or, with the new rule, leaves by) these other networks decides, and they are not covered. */
	OTHER_SIDE: { networks: string[]; missing: string[] };
	/** A packet of IPsec or of a device that the kernel never offloads. */
	NEVER: { device: string; kind: LinkKind };
	/** No flowtable is loaded, or no rule fills it. */
	OFF: object;
	/** No device: the network is down. */
	DOWN: object;
	/** It is not known what carries this routed device, or one below it. */
	CARRIER: { device: string };
	/** No zone forwards to or from it. */
	NOT_FORWARDED: object;
}

export type CoverageCode = keyof CoverageParameters;
export type CoverageReason = { [C in CoverageCode]: { code: C } & CoverageParameters[C] }[CoverageCode];

export interface Covering {
	standing: Standing;
	why: CoverageReason;
}

/** A device on the way of a network's packets. */
export interface ChainDevice {
	name: string;
	/** null: not among the router's devices now. */
	kind: LinkKind | null;
	/** It is in the flowtable. */
	listed: boolean;
	/** The kernel's path walk ends here. */
	end: boolean;
}

export type Late =
	/** firewall4 would list it now, but it was not there when the ruleset was loaded. */
	| { code: 'APPEARED'; device: string }
	/** The network came up this many seconds after the load, with a device that is not (or no longer) listed. */
	| { code: 'CAME_UP'; device: string; seconds: number };

export interface NetworkCoverage {
	/** The network's name; the device's for a zone's raw `option device`. */
	name: string;
	raw: boolean;
	zone: string;
	/** The routed device; null while the network is down. */
	l3: string | null;
	/** From the routed device down, a level each; a bridge's ports side by side: `pppoe-wan → wan.7 → wan`. */
	chain: ChainDevice[][];
	/** Where the kernel's path walk ends: E in the table of rules. Several for a bridge. */
	ends: string[];
	/** Packets that come in to the router from it. */
	in: Covering;
	/** Packets that leave the router to it. */
	out: Covering;
	overall: Overall;
	late: Late[];
	/** Hardware mode: what nft said of each device of the chain; else empty. */
	probed: ProbedDevice[];
}

/** How the running kernel decides. */
export interface KernelRule {
	/** false (up to 7.1): each direction by its ingress side, end or routed device. true: both ends have to be listed. */
	strict: boolean;
	/** The walk descends through ipip tunnels. */
	ipip: boolean;
	/** This very kernel's rule was measured; else it is the nearer one's, and only the slow path's counters can tell. */
	measured: boolean;
}

export interface Coverage {
	kernel: string;
	rule: KernelRule;
	/** What is loaded. */
	mode: Mode;
	listed: string[];
	/** What firewall4 would list now in this mode. */
	would: string[];
	networks: NetworkCoverage[];
}

/* ---- flows ----------------------------------------------------------- */

export interface FlowTuple { src: string; sport: number; dst: string; dport: number }

/** A row of the contract, in words. null: not known or not counted. */
export interface Flow {
	/** conntrack's flag, which proves nothing. */
	path: Path;
	family: Family;
	protocol: string;
	state: string;
	assured: boolean;
	unreplied: boolean;
	dnat: boolean;
	snat: boolean;
	/** s until it is forgotten. */
	timeout: number | null;
	original: FlowTuple;
	/** What answers look like: source is whom it really goes to, destination whom they are sent to. */
	reply: FlowTuple;
	/** Original direction, then reply. */
	packets: [number | null, number | null];
	bytes: [number | null, number | null];
	/** Bytes per second. */
	rate: number | null;
	/** s; `exact` when the kernel said so, else it is at least that old. */
	age: number;
	exact: boolean;
	/** s that its counters have stood still. */
	still: number;
}

/** A direction of a flow that does not take the fast path. */
export interface SlowWay {
	/** Seen from the inner networks. */
	way: Way;
	/** Names of networks, '' where it is not known. */
	from: string;
	to: string;
	/** What the flowtable lacks. Empty: it cannot be covered. */
	missing: string[];
}

/** What a flow's badge says. `one way`: one of its directions is slow. */
export type Shown = Path | 'one way';

/* ---- prediction and measurement -------------------------------------- */

/** Packets per second of flagged connections by network, where somebody knows it. */
export interface Moved { network: string; in: number; out: number }

export interface Agreement {
	network: string;
	direction: 'in' | 'out';
	predicted: Standing;
	/** Packets per second in the forward hook: TCP and UDP, and those of flagged connections. */
	slow: number;
	flagged: number;
	/** Share of the flagged connections' packets that were slow, 0 to 1; null: nothing moved, or not known. */
	share: number | null;
	/** COVERED_BUT_SLOW, UNCOVERED_BUT_FAST: prediction and measurement disagree. */
	verdict: 'AGREES' | 'COVERED_BUT_SLOW' | 'UNCOVERED_BUT_FAST' | 'NOT_MEASURED';
}

/*
 * coverage.ts   judgeCoverage(facts: CoverageFacts): Coverage
 * listing.ts    wouldList(facts: CoverageFacts, mode: Mode): string[]
 * flow.ts       decodeFlow(row: FlowRow): Flow
 * reasons/      reasonOf(flow: Flow, facts: CoverageFacts, options: [string, string][], now: Uptime): Reason
 *               shownPath(flow: Flow, reason: Reason): Shown
 * agreement.ts  agreement(coverage: Coverage, pairs: PairRate[], flagged: number, moved?: Moved[]): Agreement[]
 *               (flagged: packets per second of all flagged connections)
 */
