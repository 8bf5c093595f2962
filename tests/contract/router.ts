// SPDX-License-Identifier: Apache-2.0
/** The router on which the contract's scripts run, and what each of them begins with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A router on which every method can do its work. */
export const router = {
	files: Object.fromEntries<string>([
		...['/sbin/fw4', '/usr/sbin/nft', '/etc/rc.d/S19firewall', '/sys/module/nf_flow_table/x', '/sys/module/nf_flow_table_inet/x', '/sys/module/nft_flow_offload/x', '/sys/class/net/br-lan/lower_lan1/x'].map((path): [string, string] => [path, '']),
		['/sys/class/net/br-lan/uevent', 'DEVTYPE=bridge\n'], ['/proc/sys/net/netfilter/nf_conntrack_acct', '1\n'], ['/proc/sys/net/netfilter/nf_conntrack_count', '9\n'],
		['/proc/stat', 'cpu  100 0 50 800 20 0 30 0 0 0\n'],
		['/proc/net/nf_conntrack', 'ipv4     2 tcp      6 src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2 packets=9 bytes=90000 src=10.0.0.2 dst=10.0.0.1 sport=2 dport=1 packets=7 bytes=376 [OFFLOAD] mark=0 zone=0 use=3\n'],
	]),
	uci: { firewall: { d: { '.type': 'defaults' }, z: { '.type': 'zone', name: 'lan', network: ['lan'] } } },
	ubus: { 'network.interface': { dump: { interface: [{ interface: 'lan', up: true, proto: 'static', device: 'br-lan', l3_device: 'br-lan' }] } } },
	commands: [
		['system', 0, ''],
		['/usr/sbin/nft -a list table inet nft_offload', 0, 'table inet nft_offload { # handle 3\n\tset slow {\n\t\telements = { "br-lan" . "wan" . ipv4 . tcp counter packets 5 bytes 300 }\n\t}\n\tset options {\n\t\telements = { 192.168.1.2 . 203.0.113.2 expires 9s }\n\t}\n}\n'],
		['/usr/sbin/nft', 0, ''],
	],
};

/** A file of this directory. */
const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

export const PRELUDE = read('prelude.uc');

export const STATES = `${PRELUDE}\n${read('states.uc')}`;

/** Bytes of `text` as a string literal of ucode. */
export function literal(text: string): string {
	return `'${[...Buffer.from(text)].map((byte) => /[\w ,:.{}[\]"-]/.test(String.fromCharCode(byte)) && byte < 128
		? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;
}
