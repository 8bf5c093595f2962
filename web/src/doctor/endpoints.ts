// SPDX-License-Identifier: Apache-2.0
import type { AddressedNetwork, CoverageFacts } from '../contract.ts';
import type { Flow } from './coverage-types.ts';

const bits = (number: number, width: number): string => number.toString(2).padStart(width, '0');

/** An address as its 32 or 128 bits; '' when it is none. */
export function bitsOf(address: string): string {
	if (/^[\d.]+$/.test(address))
		return address.split('.').map((byte) => bits(Number(byte), 8)).join('');
	if (!/^[\da-f.]*:[\da-f:.]*$/i.test(address))
		return '';
	const [head, tail = ''] = address.split('::').map((half) => half.split(':').filter(Boolean)
		.map((group) => (group.includes('.') ? bitsOf(group) : bits(parseInt(group, 16), 16))).join(''));
	return head!.padEnd(128 - tail.length, '0') + tail;
}

/** Never forwarded: loopback, link-local, multicast, broadcast. */
const LOCAL = '127.0.0.0/8 224.0.0.0/4 255.255.255.255/32 169.254.0.0/16 ::1/128 fe80::/10 ff00::/8';

/** What a network that netifd does not know may have as well: a VPN's device in a zone. */
const PRIVATE = '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7';

interface Prefix { prefix: string; width: number }

const prefixOf = (cidr: string): Prefix => {
	const [address, length] = cidr.split('/');
	const all = bitsOf(address!);
	return { prefix: all.slice(0, Number(length ?? all.length)), width: all.length };
};
const [local, hidden] = [LOCAL, PRIVATE].map((list) => list.split(' ').map(prefixOf)) as [Prefix[], Prefix[]];

/** Where an address is. */
export interface Place {
	network: AddressedNetwork | null;
	/** It is the router's own, or one that is never forwarded. */
	router: boolean;
	/** Only the default route says so. */
	guessed: boolean;
}

export type Atlas = (address: string) => Place;

/** Tells where addresses are, by the longest prefix over the networks' subnets, else by the default route. */
export function atlasOf({ networks, zones, own }: CoverageFacts): Atlas {
	const raw = zones.some(({ devices }) => devices.length);
	const prefixes = networks.flatMap((network) => [
		...network.addresses.map((address) => ({ ...prefixOf(address), network, own: true })),
		...network.subnets.map((cidr) => ({ ...prefixOf(cidr), network, own: false })),
	]).sort((a, b) => b.prefix.length - a.prefix.length);
	return (address) => {
		const all = bitsOf(address);
		const within = ({ prefix, width }: Prefix): boolean => prefix !== '' && width === all.length && all.startsWith(prefix);
		const found = prefixes.find(within);
		const outside = networks.filter((network) => network.default_route && network.up);
		const speaks = outside.filter((network) => prefixes.some((one) => one.network === network && one.width === all.length));
		const [first, ...others] = speaks.length ? speaks : outside;
		const told = others.every((other) => other.l3_device === first!.l3_device) && !(raw && hidden.some(within));
		return {
			network: found?.network ?? (told && first || null),
			router: !!found?.own || own.includes(address) || local.some(within),
			guessed: !found,
		};
	};
}

/** Both ends of a flow: whoever opened it, and whom it really goes to after NAT. */
export function endsOf({ original, reply }: Flow, place: Atlas): { from: Place; to: Place } {
	/* Several networks may have a default route; the router's own address in the NAT tuple tells which one it is. */
	const end = (address: string, nat: string): Place => {
		const there = place(address);
		const via = there.guessed ? place(nat) : there;
		return via.router && there.guessed ? { ...there, network: via.network } : there;
	};
	return { from: end(original.src, original.dst), to: end(reply.src, reply.dst) };
}
