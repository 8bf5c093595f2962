// SPDX-License-Identifier: Apache-2.0
import type { Family, Path, Sum, Uptime } from './common.ts';

/** What `flows` searches for. Nothing given: every flow. All given have to hold; '' is like not given. */
export interface FlowsArguments {
	/**
	 * Up to 64 bytes. An address, whole, or its first part (`192.168.1.`, `fd00:1:`,
	 * `fd00::`), or a prefix (`10.0.0.0/8`): one of the flow's four addresses is
	 * there. `:443` or `443`: a port, whole. Else how the name of a host of the
	 * DHCP leases (who began, or who answers) or of a network (as with `zone`)
	 * begins, in upper or lower case.
	 */
	search?: string;
	/** By conntrack's flag: `slow` has neither. */
	path?: Path | '';
	/** `other`: neither TCP nor UDP. */
	protocol?: 'tcp' | 'udp' | 'other' | '';
	family?: Family | '';
	/**
	 * Name of a firewall zone: one of the flow's four addresses is in a subnet of
	 * its networks. What no network has, and is not multicast or the like,
	 * belongs to the networks with a default route.
	 */
	zone?: string;
	/**
	 * Most first; default bytes. `age`: oldest first. `rate` looks at the 800
	 * matching flows with the most bytes, `age` without nf_conntrack_timestamp at 400.
	 */
	sort?: 'bytes' | 'rate' | 'age' | '';
}

export const FLOW_ROWS = 200;
/** Bytes of JSON that an answer may have. */
export const FLOW_BYTES = 24_576;

/**
 * One connection, a tuple because an answer has to be small. Addresses as the
 * source prints them, IPv6 shortened. Packets and bytes: original direction,
 * then reply; -1 where it is not counted.
 */
export type FlowRow = [
	/** 0 hardware, 1 software, 2 slow: conntrack's flag. */
	path: 0 | 1 | 2,
	/** Name or number: tcp, udp, icmp, icmpv6, gre, 41 … */
	protocol: string,
	/** TCP's state word; '' for offloaded flows and other protocols. */
	state: string,
	/** 1 [ASSURED], 2 [UNREPLIED], 4 destination NAT, 8 source NAT. */
	flags: number,
	/** s until it is forgotten; -1 for offloaded flows. */
	timeout: number,
	/** ICMP's id and type, and GRE's keys, take the places of the ports; 0 where there is none. */
	src: string, sport: number, dst: string, dport: number,
	/** The reply's tuple where it is not the mirror: source, port, destination, port, separated by blanks; else ''. */
	reply: string,
	packets: number, reply_packets: number,
	bytes: number, reply_bytes: number,
	/**
	 * Bytes per second since the pass before; -1 on the first. Of a flow that had
	 * too few bytes to be remembered then, what it has above the least of those.
	 */
	rate: number,
	/** s since it began (nf_conntrack_timestamp), else since this search first saw it, negative then minus 1: -1 is “just now”. */
	age: number,
	/** s that its counters have stood still while this search went on; 0 when they move or this is the first look. */
	still: number,
];

/** Where the entries were read: `conntrack` (netlink) or /proc. */
export type FlowSource = 'conntrack' | 'proc';

export interface FlowsFacts {
	at: Uptime;
	/** `Loaded.ruleset` of the ruleset that they were gathered under. */
	ruleset: string | null;
	query: Required<FlowsArguments>;
	source: FlowSource;
	/**
	 * Lines that were read, repeated ones (which are one row) and broken ones
	 * counted. With `conntrack` and path hardware or software the kernel shows
	 * offloaded flows only.
	 */
	entries: number;
	/** How many of them match; null when some were left out before they were compared with every filter. */
	matched: number | null;
	rows: FlowRow[];
	/** Rows were left out: `FLOW_ROWS` or `FLOW_BYTES`. */
	more: boolean;
	/** Host names of the DHCP leases for addresses of the rows, as somebody typed them: hostile text. */
	hosts: Record<string, string>;
	/** CPU milliseconds of this pass, and seconds until the next one is allowed (at most 2 % of a core, all questions together). */
	cost: number;
	every: number;
}

export type GroupRow = {
	/** Client: its address. Network: its name. Protocol: `tcp/443`, `icmp`. */
	key: string;
	/** Clients only: host name of the DHCP leases. */
	host: string | null;
	paths: Record<Path, Sum>;
};

/**
 * Who moves what on which path. Each flow is once in each list: under the end
 * that is in a network which neither masquerades nor has a default route, that
 * network, and its protocol. A list has at most 64 rows, fewer when the answer
 * would have more than FLOW_BYTES, most bytes first, the rest summed up under key ''.
 */
export interface GroupsFacts {
	at: Uptime;
	/** `Loaded.ruleset` of the ruleset that they were gathered under. */
	ruleset: string | null;
	entries: number;
	clients: GroupRow[];
	networks: GroupRow[];
	protocols: GroupRow[];
	cost: number;
	every: number;
}
