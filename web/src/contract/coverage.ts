// SPDX-License-Identifier: Apache-2.0
import type { ProbedDevice, Uptime } from './common.ts';
import type { Loaded, Network } from './status.ts';

/**
 * What a network device is, as far as the kernel's path walk minds. From
 * DEVTYPE in /sys/class/net/X/uevent, else from netifd's proto of the network on
 * it, else from ARPHRD_* in its `type`.
 */
export type LinkKind =
	| 'ethernet' | 'bridge' | 'vlan' | 'dsa' | 'wlan' | 'ppp' | 'wireguard'
	/** IPv4 in IPv4; IPv6 in IPv4 (6in4, 6rd); anything in IPv6 (DS-Lite, MAP); GRE of any sort; xfrm and vti. */
	| 'ipip' | 'sit' | 'ip6tnl' | 'gre' | 'ipsec'
	| 'macvlan' | 'bond' | 'ifb'
	/** No link header: QMI and MBIM modems, tun. */
	| 'rawip' | 'tun'
	| 'loopback' | 'other';

/** A network device of the router, as sysfs shows it. Every device of /sys/class/net, at most 128. */
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
	/** The router's own addresses in it, IPv4 and IPv6, without a mask. */
	addresses: string[];
	/** CIDR of its addresses, of prefixes assigned to it and of its routes but the default one. */
	subnets: string[];
	/** Seconds it has been up, netifd's `uptime`; null while it is down. */
	uptime: number | null;
	/** The network it runs over, as an alias (`@lan`) or netifd's dynamic ones (wan_6) tell. */
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
	/** `Loaded.ruleset` of the ruleset that they were gathered under. */
	ruleset: string | null;
	/** uname -r */
	kernel: string;
	loaded: Loaded;
	/** When the ruleset was loaded last: the time of /var/run/fw4.state; null when it is not there, or the clock jumped since. */
	loaded_since: Uptime | null;
	zones: Zone[];
	forwardings: Forwarding[];
	networks: AddressedNetwork[];
	/** The router's own addresses in networks of no zone, such as one whose zone names its device. */
	own: string[];
	links: Link[];
	helpers: Helper[];
	/**
	 * br_netfilter shows a bridge's own frames to the forward hook, which may flag
	 * their flows (net.bridge.bridge-nf-call-iptables or -ip6tables, or that of one bridge).
	 */
	bridged: boolean;
	/** net.netfilter.nf_conntrack_{tcp_timeout_established,udp_timeout,udp_timeout_stream}, s; null where conntrack is not loaded. */
	timeouts: { established: number | null; udp: number | null; udp_stream: number | null };
	/** Each device of the flowtable, and each that firewall4 would list, tried alone with `nft -c`; null outside hardware mode. */
	probed: ProbedDevice[] | null;
}
