// SPDX-License-Identifier: Apache-2.0
'use strict';

/** An IPv6 address in full, as /proc prints it; anything else as it is. */
export function full(address) {
	let bytes = index(address, ':') < 0 ? null : iptoarr(address);

	return bytes ? join(':', map([ 0, 2, 4, 6, 8, 10, 12, 14 ], (i) => sprintf('%02x%02x', bytes[i], bytes[i + 1]))) : address;
};

/** An IPv6 address as RFC 5952 has it; anything else as it is. */
export function short(address) {
	let bytes = index(address, ':') < 0 ? null : iptoarr(address);

	return bytes ? arrtoip(bytes) : address;
};

// { bytes, mask } of an address or a CIDR, null when it is none
function prefix(text) {
	let words = split(text, '/', 2), bytes = iptoarr(words[0]), most = 8 * length(bytes),
	    mask = words[1] == null ? most : int(words[1]);

	return bytes && mask >= 0 && mask <= most ? { bytes, mask } : null;
}

function masked(bytes, mask) {
	return arrtoip(map(bytes, (byte, i) => byte & (0xff00 >> min(max(mask - 8 * i, 0), 8)) & 0xff));
}

// Whether `wide` holds `narrow`
function holds(wide, narrow) {
	return length(wide.bytes) == length(narrow.bytes) && wide.mask <= narrow.mask &&
		masked(narrow.bytes, wide.mask) == masked(wide.bytes, wide.mask);
}

// Text of a prefix's whole octets or hexadecimal digits, and what may follow
function gate(found) {
	let six = length(found.bytes) == 16, unit = six ? 4 : 8,
	    whole = int(found.mask / unit), rest = found.mask % unit,
	    text = six ? full(arrtoip(found.bytes)) : join('.', found.bytes),
	    tails = null;

	if (rest) {
		let step = 1 << (unit - rest),
		    first = (six ? hex(substr(text, whole + int(whole / 4), 1)) : found.bytes[whole]) & ~(step - 1);

		tails = six ? {} : [];

		for (let i = first; i < first + step; i++)
			tails[six ? sprintf('%x', i) : i] = true;
	}

	text = six ? substr(text + ' ', 0, whole + int(whole / 4))
		: whole == 4 ? text + ' ' : join('', map(slice(found.bytes, 0, whole), (byte) => byte + '.'));

	return [ '=' + text, six ? 1 : 0, tails ];
}

/**
 * How to find in a line of conntrack the addresses of `prefixes` (addresses
 * and CIDR; others are left out), by family: { ipv4, ipv6 }, each a list of
 * [ literal, width, tails ]: the literal text `=192.168.`, and if not everything
 * behind it belongs, the `width` characters (0: the number) that may follow, as
 * the keys of `tails`. IPv6 as /proc prints it.
 */
export function gates(prefixes) {
	let found = filter(map(prefixes, prefix), (one) => one?.mask > 0), by = [ [], [] ];

	for (let i = 0; i < length(found); i++)
		if (!length(filter(found, (wide, k) => k != i && holds(wide, found[i]) && (k < i || !holds(found[i], wide)))))
			push(by[length(found[i].bytes) == 16 ? 1 : 0], gate(found[i]));

	return { ipv4: by[0], ipv6: by[1] };
};

/** The gates of addresses that begin with `text`, be it part of one or a whole one; null when no address does. */
export function beginning(text) {
	if (match(text, /^[0-9]+\.[0-9.]*$/))
		return { ipv4: [ [ '=' + text + (iptoarr(text) ? ' ' : ''), 0, null ] ], ipv6: [] };

	if (!match(text, /^[0-9a-f:]+$/) || index(text, ':') < 0)
		return null;

	let zeros = substr(text, -2) == '::';

	if (!zeros && iptoarr(text))
		return gates([ text ]);

	// "fd00::" is also a beginning: two groups of zeros and more
	let groups = split(zeros ? substr(text, 0, -2) + ':0:0:' : text, ':'), last = pop(groups), literals = [];

	if (zeros && groups[0] == '')
		shift(groups);

	if (length(groups) > 7 || length(filter(groups, (group) => !length(group) || length(group) > 4)) || length(last) > 4)
		return { ipv4: [], ipv6: [] };

	let start = '=' + join('', map(groups, (group) => substr('000' + group, -4) + ':'));

	if (length(last))
		for (let digits = length(last); digits <= (ord(last, 0) == 48 ? length(last) : 4); digits++)
			push(literals, [ start + substr('000', 0, 4 - digits) + last, 0, null ]);
	else
		push(literals, [ start, 0, null ]);

	return { ipv4: [], ipv6: literals };
};

/** The same gates for IPv6 as `conntrack` shortens it: they let more pass. */
export function loose(gates) {
	return {
		ipv4: gates.ipv4,
		ipv6: map(gates.ipv6, (one) => {
			let text = '';

			for (let group in slice(split(substr(one[0], 1), ':'), 0, -1)) {
				if (group == '0000')
					break;

				text += ltrim(group, '0') + ':';
			}

			return [ '=' + text, 0, null ];
		})
	};
};

/** How many addresses of a line are behind the gates of its family; stops counting at `enough`. */
export function hits(line, of_family, enough) {
	let found = 0;

	for (let one in of_family) {
		if (index(line, one[0]) < 0)
			continue;

		let pieces = split(line, one[0]), width = one[1], tails = one[2];

		if (!tails)
			found += length(pieces) - 1;
		else
			for (let i = 1; i < length(pieces); i++)
				if (tails[width ? substr(pieces[i], 0, width) : int(pieces[i])])
					found++;

		if (found >= enough)
			break;
	}

	return found;
};

/** A function that tells whether a line has an address behind one of the gates. It runs for each line. */
export function within(gates) {
	let of4 = gates.ipv4, of6 = gates.ipv6, index_ = index, ord_ = ord, split_ = split, substr_ = substr, int_ = int;

	return (line) => {
		for (let one in ord_(line, 3) == 54 ? of6 : of4) {
			if (index_(line, one[0]) < 0)
				continue;

			let width = one[1], tails = one[2];

			if (!tails)
				return true;

			for (let piece in split_(line, one[0]))
				if (tails[width ? substr_(piece, 0, width) : int_(piece)])
					return true;
		}

		return false;
	};
};

/** The same for a set of addresses, by the ends: who began, and who answers. Either form of IPv6. */
export function ends_in(addresses) {
	let known = {}, split_ = split, substr_ = substr, index_ = index, at = 'src=', blank = ' ';

	for (let address in addresses)
		known[address] = known[full(address)] = true;

	return (line) => {
		let pieces = split_(line, at, 3), source = pieces[1], to = pieces[2];

		return known[substr_(source, 0, index_(source, blank))] ?? known[substr_(to, 0, index_(to, blank))] ?? false;
	};
};
