// SPDX-License-Identifier: Apache-2.0
/** @typedef {{ family: 4|6, addr: string, bits: number }} Subnet */

function toNumber({ family, addr }) {
	if (family === 4)
		return addr.split('.').reduce((number, part) => number << 8n | BigInt(part), 0n);

	const [head, tail] = addr.split('::');
	const groups = text => text ? text.split(':') : [];
	const left = groups(head), right = groups(tail ?? '');
	const middle = tail === undefined ? [] : new Array(8 - left.length - right.length).fill('0');

	return [...left, ...middle, ...right].reduce((number, group) => number << 16n | BigInt(`0x${group}`), 0n);
}

function toText(family, number) {
	if (family === 4)
		return [24n, 16n, 8n, 0n].map(shift => number >> shift & 0xffn).join('.');

	const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map(shift => (number >> shift & 0xffffn).toString(16));

	/* the URL parser writes an address in its short form */
	return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** @param {Subnet} subnet @returns {Subnet} with the host bits cleared */
export function network(subnet) {
	const width = subnet.family === 4 ? 32n : 128n;
	const host = width - BigInt(subnet.bits);

	return { ...subnet, addr: toText(subnet.family, toNumber(subnet) >> host << host) };
}

/** The subnet in nft's words. @param {Subnet} subnet */
export function cidr(subnet) {
	return subnet.bits === (subnet.family === 4 ? 32 : 128) ? subnet.addr : `${network(subnet).addr}/${subnet.bits}`;
}

/** Whether an address lies in a subnet. @param {Subnet} host @param {Subnet} subnet */
export function contains(host, subnet) {
	return host.family === subnet.family && network({ ...host, bits: subnet.bits }).addr === network(subnet).addr;
}
