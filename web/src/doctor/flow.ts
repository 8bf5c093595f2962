// SPDX-License-Identifier: Apache-2.0
import type { FlowRow } from '../contract.ts';
import type { Flow } from './coverage-types.ts';

const PATHS = ['hardware', 'software', 'slow'] as const;
const known = (count: number): number | null => (count < 0 ? null : count);

/** A row of the contract in words. */
export function decodeFlow(row: FlowRow): Flow {
	const [path, protocol, state, flags, timeout, src, sport, dst, dport, mirror, packets, back, bytes, bytesBack, rate, age, still] = row;
	const [from = dst, fromPort = dport, to = src, toPort = sport] = mirror === '' ? [] : mirror.split(' ');
	return {
		path: PATHS[path],
		family: src.includes(':') ? 'ipv6' : 'ipv4',
		protocol,
		state,
		assured: (flags & 1) > 0,
		unreplied: (flags & 2) > 0,
		dnat: (flags & 4) > 0,
		snat: (flags & 8) > 0,
		timeout: known(timeout),
		original: { src, sport, dst, dport },
		reply: { src: from, sport: Number(fromPort), dst: to, dport: Number(toPort) },
		packets: [known(packets), known(back)],
		bytes: [known(bytes), known(bytesBack)],
		rate: known(rate),
		age: age < 0 ? -1 - age : age,
		exact: age >= 0,
		still,
	};
}
