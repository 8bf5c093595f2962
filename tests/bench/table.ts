// SPDX-License-Identifier: Apache-2.0
/** A table of conntrack as a busy router has it, and what it adds up to. */
import type { FlowSums, Path, Protocol } from '../../web/src/contract';

/** A generator of its own, so that every run has the same table. */
function random(seed: number): (below: number) => number {
	return (below) => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;

		return Math.floor(seed / 2 ** 32 * below);
	};
}

function clientAddress(number: number): string {
	return `192.168.${Math.floor(number / 254)}.${number % 254 + 1}`;
}

interface Options {
	seed?: number;
	/** Tenths of the flows that are IPv6. */
	ipv6?: number;
	/** How many IPv4 clients there are, below 192.168.0.0/16; each IPv6 flow has a client of its own. */
	clients?: number;
	/** No flow is slow. */
	offloaded?: boolean;
}

/**
 * `entries` lines of /proc/net/nf_conntrack: TCP, UDP, ICMP and GRE over both
 * families, offloaded in software and hardware, assured, unreplied, with
 * states, timeouts and helpers' leftovers, as Linux 6.12 prints them.
 */
export function conntrackTable(entries: number, { seed = 65536, ipv6 = 3, clients = 2032, offloaded = false }: Options = {}): { text: string; paths: FlowSums['paths'] } {
	const pick = random(seed);
	const sum = () => ({ flows: 0, packets: 0, bytes: 0 });
	const protocols = () => ({ tcp: sum(), udp: sum(), other: sum() });
	const families = () => ({ ipv4: protocols(), ipv6: protocols() });
	const paths = { hardware: families(), software: families(), slow: families() };
	const lines: string[] = [];
	const hex = () => pick(65536).toString(16).padStart(4, '0');

	for (let i = 0; i < entries; i++) {
		const family = pick(10) < ipv6 ? 'ipv6' : 'ipv4';
		const kind = (['tcp', 'tcp', 'tcp', 'tcp', 'tcp', 'udp', 'udp', 'udp', 'udp', 'icmp'] as const)[pick(10)] ?? 'tcp';
		const name = kind === 'icmp' ? (pick(8) ? (family === 'ipv6' ? 'icmpv6' : 'icmp') : 'gre') : kind;
		const number = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, gre: 47 }[name];
		const path: Path = kind === 'icmp' && !offloaded ? 'slow' : (['slow', 'slow', 'software', 'hardware'] as const)[pick(4) | (offloaded ? 2 : 0)] ?? 'slow';
		const lan = family === 'ipv6' ? `fd00:0001:0000:0000:${hex()}:${hex()}:${hex()}:${hex()}` : clientAddress(pick(clients / 254) * 254 + pick(254));
		const wan = family === 'ipv6' ? `2001:0db8:${hex()}:${hex()}:0000:0000:0000:${hex()}` : `${pick(200) + 11}.${pick(256)}.${pick(256)}.${pick(256)}`;
		const own = family === 'ipv6' ? lan : '203.0.113.1';
		const big = pick(20) === 0;
		const packets = [pick(big ? 5_000_000 : 400) + 1, pick(big ? 9_000_000 : 300)] as const;
		const bytes = packets.map((count) => count * (40 + pick(1400))) as [number, number];
		const unreplied = path === 'slow' && packets[1] === 0;
		const source = 1024 + pick(60000), target = [443, 80, 53, 123, 5201, 22][pick(6)] ?? 443;
		const tuple = (from: string, to: string, a: number, b: number) => `src=${from} dst=${to} ${name === 'gre' ? `srckey=0x${a.toString(16)} dstkey=0x${b.toString(16)}`
			: kind === 'icmp' ? `type=8 code=0 id=${a}` : `sport=${a} dport=${b}`} `;
		const state = kind === 'tcp' ? `${(['ESTABLISHED', 'TIME_WAIT', 'SYN_SENT', 'CLOSE_WAIT', 'ESTABLISHED'])[pick(5)]} ` : name === 'gre' ? 'timeout=180, stream_timeout=180 ' : '';
		const flag = { hardware: '[HW_OFFLOAD] ', software: '[OFFLOAD] ', slow: !unreplied && kind !== 'icmp' ? '[ASSURED] ' : '' }[path];

		lines.push(`${family}     ${family === 'ipv6' ? 10 : 2} ${name.padEnd(8)} ${number} ${path === 'slow' ? `${pick(432000)} ${state}` : ''}`
			+ `${tuple(lan, wan, source, target)}packets=${packets[0]} bytes=${bytes[0]} ${unreplied ? '[UNREPLIED] ' : ''}`
			+ `${tuple(wan, own, target, source)}packets=${packets[1]} bytes=${bytes[1]} ${flag}mark=${pick(6) ? 0 : pick(65536)} zone=0 use=${2 + pick(2)}\n`);

		const protocol: Protocol = kind === 'icmp' ? 'other' : kind;
		const into = paths[path][family][protocol];

		into.flows++;
		into.packets += packets[0] + packets[1];
		into.bytes += bytes[0] + bytes[1];
	}

	return { text: lines.join(''), paths };
}
