// SPDX-License-Identifier: Apache-2.0
import type { Loaded, Network, ProbedDevice, Uptime } from '../contract.ts';

/**
 * What a network device is, as far as the kernel's path walk minds. From
 * DEVTYPE in /sys/class/net/X/uevent, else from ARPHRD_* in its `type`.
 */
export type LinkKind =
	| 'ethernet' | 'bridge' | 'vlan' | 'dsa' | 'wlan' | 'ppp' | 'wireguard'
	/** IPv4 in IPv4, IPv6 in IPv4 (6in4, 6rd), anything in IPv6 (DS-Lite, MAP), GRE of any sort. */
	| 'ipip' | 'sit' | 'ip6tnl' | 'gre'
	| 'macvlan' | 'bond' | 'ifb'
	/** No link header: QMI and MBIM modems, tun. */
	| 'rawip' | 'tun'
	| 'loopback' | 'other';

/** A network device of the router, as sysfs shows it. */
export interface Link {
	name: string;
	kind: LinkKind;
	ifindex: number;
	up: boolean;
	mtu: number;
	/** The bridge or bond it belongs to. */
	master: string | null;
	/** The devices directly below, from lower_*: a VLAN's parent, a bridge's ports. */
	lower: string[];
	/**
	 * The device that carries it where sysfs does not say: the NIC of a PPPoE
	 * session (/proc/net/pppoe, else netifd's `device`), the underlay of a tunnel
	 * as netifd or the route to its remote end tells. null: none, or not known.
	 */
	carrier: string | null;
	/** The bridge tells VLANs apart (vlan_filtering). */
	vlan_filtering: boolean;
	/** Kernel driver of the NIC, null when it is virtual. */
	driver: string | null;
}

export interface Zone {
	name: string;
	networks: string[];
	/** Raw `option device`; firewall4 matches them but does not offload them. */
	devices: string[];
	masq: boolean;
	masq6: boolean;
	mtu_fix: boolean;
}

/** Traffic that the firewall lets pass from one zone to another. */
export interface Forwarding {
	src: string;
	dest: string;
}

/** A network with its addresses, to tell whose a flow is. */
export interface AddressedNetwork extends Network {
	/** CIDR of its own addresses and of prefixes assigned to it, IPv4 and IPv6. */
	subnets: string[];
	/** Seconds it has been up, netifd's `uptime`; null while it is down. */
	uptime: number | null;
	/** Names of the networks it runs over, as netifd's `dynamic` and alias (`@lan`) tell. */
	over: string | null;
}

/** A conntrack helper that the loaded ruleset assigns: its connections never take the fast path. */
export interface Helper {
	/** The kernel's name: ftp, sip, … */
	name: string;
	protocol: 'tcp' | 'udp';
	port: number;
}

/** What decides which packets can take the fast path. Gathered by a worker. */
export interface CoverageFacts {
	at: Uptime;
	/** uname -r */
	kernel: string;
	loaded: Loaded;
	zones: Zone[];
	forwardings: Forwarding[];
	networks: AddressedNetwork[];
	links: Link[];
	helpers: Helper[];
	/** Each device of the flowtable, and each that firewall4 would list, tried alone with `nft -c`; null outside hardware mode. */
	probed: ProbedDevice[] | null;
}

/** `facts` is what the last scan found, null before the first; one that is older than a few seconds starts another. */
export interface CoverageReply {
	running: boolean;
	facts: CoverageFacts | null;
}
