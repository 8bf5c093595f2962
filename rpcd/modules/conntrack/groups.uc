// SPDX-License-Identifier: Apache-2.0
'use strict';

import { parse } from 'nft_offload.conntrack.sums';
import { full, gates, short, within } from 'nft_offload.conntrack.address';
import { read_table } from 'nft_offload.conntrack.table';

/** Rows that a list has at most, fewer when a reply would have more BYTES of JSON. */
export const ROWS = 64;
export const BYTES = 24576;

// What a reply has around its facts, bytes
const ENVELOPE = 160;

// Rows of a list while it is made: when there are more, all but KEEP go to ''
const MOST = 2048;
const KEEP = 512;

// Addresses whose network is remembered
const KNOWN = 4096;

const PATHS = [ 'hardware', 'software', 'slow' ];

// Flows and packets in one integer, as in conntrack.uc
const FLOW_BITS = 42;
const FLOW = 1 << FLOW_BITS;

const PREFIX = 15;

function bytes_of(sums) {
	return sums[3] + sums[4] + sums[5];
}

// A new list: the `most` keys with the most bytes stay, the others become ''. New,
// because ucode's objects look longer and longer for keys after deletions.
function fold(list, most) {
	let order = sort(map(keys(list), (key) => bytes_of(list[key]))), least = order[max(0, length(order) - most)],
	    kept = { '': list[''] ?? [ 0, 0, 0, 0, 0, 0 ] }, rest = kept[''];

	for (let key in keys(list)) {
		let sums = list[key];

		if (key == '')
			continue;

		if (bytes_of(sums) >= least && length(kept) <= most)
			kept[key] = sums;
		else
			for (let i = 0; i < 6; i++)
				rest[i] += sums[i];
	}

	return kept;
}

// A list that stays small: what a key has to say is added to its row
function adder() {
	let list = {}, count = 0;

	return {
		result: () => list,
		add: (key, path, packets, bytes) => {
			let sums = list[key];

			if (!sums) {
				if (++count > MOST) {
					list = fold(list, KEEP);
					count = length(list) + 1;
				}

				sums = list[key] ??= [ 0, 0, 0, 0, 0, 0 ];
			}

			sums[path] += FLOW + packets;
			sums[path + 3] += bytes;
		}
	};
}

// Which network an address is in: name, or '' for those outside. `inside` are
// the networks of clients.
function locator(inside, source) {
	let of = map(inside, (net) => [ net.name, within(gates(net.subnets)) ]),
	    known = {}, count = 0;

	return (address) => {
		let name = known[address];

		if (name != null)
			return name;

		if (++count > KNOWN) {
			known = {};
			count = 1;
		}

		let six = index(address, ':') >= 0,
		    line = `ipv${six ? 6 : 4}=${six && source == 'conntrack' ? full(address) : address} `;

		name = '';

		for (let net in of)
			if (net[1](line)) {
				name = net[0];
				break;
			}

		return known[address] = name;
	};
}

function rows_of(list, hosts, most) {
	if (length(list) > most)
		list = fold(list, most - 1);

	let found = map(keys(list), (key) => {
		let paths = {}, sums = list[key], address = short(key);

		for (let i = 0; i < 3; i++)
			paths[PATHS[i]] = { flows: sums[i] >> FLOW_BITS, packets: sums[i] & (FLOW - 1), bytes: sums[i + 3] };

		return { key: address, host: hosts?.[address], paths, bytes: bytes_of(sums) };
	});

	return map(sort(found, (a, b) => !length(a.key) - !length(b.key) || b.bytes - a.bytes),
		(row) => ({ key: row.key, host: row.host, paths: row.paths }));
}

// Text behind `mark` up to the next blank
function word(text, mark) {
	let at = index(text, mark);

	if (at < 0)
		return '';

	text = substr(text, at + length(mark), 40);
	at = index(text, ' ');

	return at < 0 ? text : substr(text, 0, at);
}

/**
 * One pass over conntrack: the contract's GroupsFacts but for `at`, `cost` and
 * `every`; null where there is no conntrack. Lines count as in the sums of
 * conntrack.uc, each once in each list.
 *
 * A client is the end in a network that neither masquerades nor has a default
 * route: who began, else who answers; '' when neither is. Its network is the
 * flow's. A protocol is told by the original direction's destination port. Of
 * more than 2,048 clients or ports, those that have moved little when another
 * comes are summed up under ''.
 */
export function pass(networks, hosts, file) {
	return read_table('', '', file, (fd, source) => {
		let substr_ = substr, split_ = split, index_ = index, int_ = int, by = 'line', at = 's=', prefix = PREFIX,
		    clients = adder(), nets = adder(), protocols = adder(), names = {}, entries = 0, line,
		    locate = locator(filter(networks, (net) => !net.masq && !net.default_route), source);

		let add = (line, pieces, name, path, packets, bytes) => {
			let client = word(pieces[0], 'src='), net = locate(client), port = word(line, ' dport=');

			if (!length(net)) {
				client = word(substr(line, index(line, ' src=') + 5), ' src=');
				net = locate(client);
			}

			clients.add(length(net) ? client : '', path, packets, bytes);
			nets.add(net, path, packets, bytes);
			protocols.add(length(port) ? `${name}/${port}` : name, path, packets, bytes);
		};

		while ((line = fd.read(by))) {
			let pieces = split_(line, at, 5), last = pieces[4],
			    name = names[substr_(line, 0, prefix)],
			    bytes = int_(pieces[2]) + int_(last), packets = int_(pieces[1]) + int_(pieces[3]);

			entries++;

			if (name && last && bytes >= 0 && packets >= 0) {
				add(line, pieces, name, index_(last, 'LOAD]') < 0 ? 2 : index_(last, '[O') < 0 ? 0 : 1, packets, bytes);
				continue;
			}

			let entry = parse(line);

			if (entry) {
				let words = filter(split(substr(line, 0, 40), ' '), (word) => length(word));

				name = words[2] == 'unknown' ? words[3] : words[2];

				if (words[2] != 'unknown')
					names[substr(line, 0, PREFIX)] = name;

				add(line, pieces, name, entry.path, entry.packets ?? 0, entry.bytes ?? 0);
			}
		}

		let facts = null;

		for (let most = ROWS; !facts || length(sprintf('%J', facts)) > BYTES - ENVELOPE; most -= 4)
			facts = {
				entries,
				clients: rows_of(clients.result(), hosts, most),
				networks: rows_of(nets.result(), null, most),
				protocols: rows_of(protocols.result(), null, most)
			};

		return facts;
	});
};
