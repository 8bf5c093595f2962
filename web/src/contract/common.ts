// SPDX-License-Identifier: Apache-2.0
/** Shapes that more than one part of the contract has. */

/** Seconds since boot, with a fraction. */
export type Uptime = number;

export type Mode = 'off' | 'software' | 'hardware';

/** The way of a forwarded packet: through the NIC, the flowtable, or the firewall's chains. */
export type Path = 'hardware' | 'software' | 'slow';
export type Family = 'ipv4' | 'ipv6';
export type Protocol = 'tcp' | 'udp' | 'other';

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

/** The two options as they are written, null where absent. */
export interface Options {
	flow_offloading: string | null;
	flow_offloading_hw: string | null;
}

/** One line of /tmp/.uci/firewall, as uci's `changes()` gives it. */
export type UciChange = string[];

/** Which device `nft -c` accepted for hardware offload, each probed alone. */
export interface ProbedDevice {
	name: string;
	accepted: boolean;
	/** nft's own words, '' when accepted. */
	output: string;
}

export interface Sum {
	flows: number;
	packets: number;
	bytes: number;
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
