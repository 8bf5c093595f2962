// SPDX-License-Identifier: Apache-2.0
/**
 * What an end-to-end spec knows of the router it tests. Implemented by
 * targets/{testbed,rootfs,release,image}.ts; a spec assumes none of them.
 */

import type { Ran } from './vm/command.js';

export type { Ran };

export interface Login {
	username: string;
	password: string;
}

/** How the VM's stand-in NIC answers flowtable hardware offload. */
export type Hardware =
	| { accept: 'all' }
	/** Only these devices accept; every other refuses. */
	| { accept: 'devices'; names: string[] }
	/** Every device refuses the flowtable. */
	| { accept: 'none' }
	/** The flowtable is accepted, every flow refused. */
	| { accept: 'flowtable' };

export interface Target {
	/** 'testbed', 'rootfs', 'release' or 'image', for reports. */
	readonly kind: string;
	/** Base of the web interface, e.g. http://127.0.0.1:40123 */
	readonly url: string;
	/** May do everything. */
	readonly admin: Login;
	/** Has only the read group of luci-app-nft-offload. */
	readonly viewer: Login;
	/** Path of the page below `url`: /cgi-bin/luci/admin/network/nft-offload */
	readonly page: string;

	/** Runs a shell command on the router. Never rejects on a non-zero exit. Default timeout 60 s. */
	sh(command: string, timeout?: number): Promise<Ran>;
	/** Writes a file on the router; its directory has to be there. */
	put(path: string, data: Buffer): Promise<void>;
	/**
	 * Whether the LAN client (192.168.1.2, fd00:1::2) and the WAN server (203.0.113.2, 2001:db8::2) are
	 * hosts of their own. Where they are not, QEMU stands in for both: commands run on this machine,
	 * and reach the other side through the router at the addresses in their environment
	 * (DOWNLOAD, UPLOAD, QUESTION; TCP, the last one UDP as well), over IPv4 only.
	 */
	readonly hasHosts: boolean;
	client(command: string, timeout?: number): Promise<Ran>;
	server(command: string, timeout?: number): Promise<Ran>;
	/**
	 * Runs a command in the router's network, but with the client's and the
	 * server's tools: iproute2, conntrack, wg, node, `pppoe DEVICE MAC SESSION
	 * NAME`, an end of a PPPoE session, and `options FROM PORT TO PORT`, which sends
	 * datagrams with an IPv4 option. Their own networks are `netns` there.
	 * Only where the target has hosts; else it rejects.
	 */
	tools(command: string, timeout?: number): Promise<Ran>;

	/** Whether this target's kernel has a stand-in NIC. */
	readonly hasHardware: boolean;
	hardware(behaviour: Hardware): Promise<void>;

	/** Steady mixed traffic (TCP and UDP, short and long flows; IPv4, and IPv6 where the target has hosts) on or off. */
	traffic(on: boolean): Promise<void>;

	/** Cuts the power: no shutdown, no sync. */
	powerOff(): Promise<void>;
	/** Boots again from the same disk; resolves when the web interface answers. */
	powerOn(): Promise<void>;
	/** Stops everything this target started and removes its temporary files. */
	stop(): Promise<void>;
}
