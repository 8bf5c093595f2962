// SPDX-License-Identifier: Apache-2.0
'use strict';

import { parse } from 'nft_offload.conntrack.sums';
import { short } from 'nft_offload.conntrack.address';
import { filters } from 'nft_offload.conntrack.filters';
import { read_table } from 'nft_offload.conntrack.table';

/** What an answer has at most: rows, and bytes of JSON (FLOW_ROWS and FLOW_BYTES of the contract). */
export const ROWS = 200;
export const BYTES = 24576;

// What a reply has around its facts, bytes
const ENVELOPE = 64;

// So many matching flows, those with the most bytes, are kept from pass to pass:
// of them the rows are chosen, and what they moved since is known. Lines are
// collected up to twice as many, then the rest goes.
const KEEP = { bytes: 400, age: 400, rate: 800 };

// A line up to its protocol's name, e.g. "ipv6     10 udp"
const PREFIX = 15;

// An age, s, in front of bytes, in one integer
const AGE_BITS = 34;

// The order of what is kept, likewise: sort() is fast for integers only. Below
// it a number of at most KEEP; in it bytes, or an age in front of pages.
const INDEX_BITS = 11;
const ORDER = 1 << 49;
const PAGES_BITS = 22;

/** The words of conntrack's flags: [ to be found in a line, or not ]. */
const FLAGS = { hardware: [ '[H', false ], software: [ '[O', false ], slow: [ 'LOAD]', true ] };

function number(text) {
	let value = int(text);

	return value >= 0 && `${value}` == text ? value : -1;
}

// A port's place: ICMP has an id and a type, GRE keys
function port(words) {
	let text = words.sport ?? words.id ?? words.srckey ?? '0';

	return [
		substr(text, 0, 2) == '0x' ? hex(text) : max(0, number(text)),
		words.srckey ? hex(words.dstkey ?? '0') : max(0, number(words.dport ?? words.type ?? '0'))
	];
}

/**
 * Reads a line as the contract's FlowRow, but for the last three: { row,
 * addresses, age }, age null without nf_conntrack_timestamp. ICMP's id and
 * type take the places of the ports, and GRE's keys. null when it is no line
 * of conntrack, or is cut short before the reply's addresses.
 */
export function read_row(line) {
	let there = {}, back = {}, into = there, named = [], flags = 0, path = 2;

	for (let word in split(rtrim(line, '\n'), ' ')) {
		let pair = split(word, '=', 2), name = pair[0];

		if (pair[1] == null) {
			switch (word) {
			case '': break;
			case '[HW_OFFLOAD]': path = 0; break;
			case '[OFFLOAD]': path = 1; break;
			case '[ASSURED]': flags |= 1; break;
			case '[UNREPLIED]': flags |= 2; break;
			default: push(named, word);
			}

			continue;
		}

		if (name == 'src' && there.src != null)
			into = back;

		into[name] ??= pair[1];
	}

	if (!(named[0] in [ 'ipv4', 'ipv6' ]) || !there.src || !there.dst || !back.src || !back.dst)
		return null;

	let mirrored = there.src == back.dst && there.dst == back.src,
	    sender = short(there.src), to = short(there.dst),
	    answers = mirrored ? to : short(back.src), target = mirrored ? sender : short(back.dst),
	    ports = port(there), replied = port(back), icmp = there.type != null,
	    counted = there.packets != null && there.bytes != null && back.packets != null && back.bytes != null,
	    timed = number(named[4]) >= 0,
	    counter = (text) => counted ? number(text) : -1;

	if (answers != to || (!icmp && replied[0] != ports[1]))
		flags |= 4;

	if (target != sender || (!icmp && replied[1] != ports[0]))
		flags |= 8;

	return {
		row: [
			path, named[2] == 'unknown' ? named[3] : named[2],
			named[2] == 'tcp' ? named[timed ? 5 : 4] ?? '' : '', flags, timed ? number(named[4]) : -1,
			sender, ports[0], to, ports[1], flags & 12 ? join(' ', [ answers, replied[0], target, replied[1] ]) : '',
			counter(there.packets), counter(back.packets), counter(there.bytes), counter(back.bytes)
		],
		addresses: mirrored ? [ sender, to ] : [ sender, to, answers, target ],
		age: back['delta-time'] ? max(0, number(back['delta-time'])) : null
	};
};

// The `most` lines with the greatest keys: consider() returns the least that is still worth it.
// `late` are lines that are not tested yet.
function collector(most, test, more) {
	let names = [], lines = [], least = -2, left_out = false;

	let cut = () => {
		let ordered = sort(slice(names)), n = length(names) - most, ties = 0, best = [], of_best = [];

		if (n <= 0)
			return;

		least = ordered[n];
		left_out = true;

		for (let i = n; i < length(ordered) && ordered[i] == least; i++)
			ties++;

		for (let i = 0; i < length(names); i++)
			if (names[i] > least || (names[i] == least && ties-- > 0)) {
				push(best, names[i]);
				push(of_best, lines[i]);
			}

		names = best;
		lines = of_best;
	};

	return {
		consider: (key, line, late) => {
			// a word where a number belongs
			if (key != key)
				key = -1;

			if (key > least && (!late || !test || (test(line) && (!more || more(line))))) {
				push(names, key);
				push(lines, line);

				if (length(names) >= 2 * most)
					cut();
			}

			return least;
		},
		result: () => {
			cut();

			return { lines, left_out };
		}
	};
}

/**
 * The hot loop, once for each line of the table: what it costs is what a search
 * costs. Text that a line must have is looked for before it is taken apart. The
 * tests come early as long as few lines pass them; else they are `late`, once there
 * is a choice, for those that are worth keeping.
 */
function search(fd, query, choose, by_age) {
	let substr_ = substr, split_ = split, index_ = index, int_ = int,
	    by = 'line', at = 's=', prefix = PREFIX, since = 'delta-time=', most = (1 << AGE_BITS) - 1,
	    literal = choose.literal, test = choose.test, more = choose.more,
	    flag = FLAGS[query.path]?.[0], absent = FLAGS[query.path]?.[1],
	    collected = collector(KEEP[query.sort], test, choose.more), consider = collected.consider,
	    kinds = {}, line, pieces, key, late = false, least = -2, others = 0, failed = 0, matched = 0;

	let kind = (line) => {
		let entry = parse(line);

		return entry ? (kinds[substr(line, 0, PREFIX)] = choose.families[entry.family] && (!length(query.family) || entry.family == query.family) &&
			(!length(query.protocol) || entry.protocol == query.protocol)) : false;
	};

	while ((line = fd.read(by))) {
		if (!(kinds[substr_(line, 0, prefix)] ?? kind(line)) ||
		    (literal && index_(line, literal) < 0) ||
		    (flag && (index_(line, flag) < 0) != absent)) {
			others++;
			continue;
		}

		if (test && !late && !(test(line) && (!more || more(line)))) {
			failed++;
			continue;
		}

		pieces = split_(line, at, 5);
		matched++;
		key = int_(pieces[2]) + int_(pieces[4]);

		if (by_age)
			key = (int_(split_(pieces[4] ?? '', since, 2)[1]) << AGE_BITS) | min(key, most);

		if (!(key <= least)) {
			least = consider(key, line, late);
			late ||= least > -2 && matched > failed / 4;
		}
	}

	return { entries: matched + others + failed, matched, late, ...collected.result() };
}

// What makes a flow: family, protocol, and the original direction's tuple
function key_of(line) {
	return substr(line, 0, PREFIX) + split(split(line, ' src=', 3)[1] ?? '', ' packets=', 2)[0];
}

// What is remembered of a line
function follow(line, at, before) {
	let pieces = split(line, 's=', 5), bytes = int(pieces[2]) + int(pieces[4]),
	    key = key_of(line), was = before?.known?.[key], counted = pieces[4] != null && bytes >= 0, moved = null;

	if (was && counted && bytes < was[0])
		was = null;

	// one that was not seen before may be new, or was missed by that look: its bytes say nothing
	if (was && counted && was[0] >= 0)
		moved = bytes - was[0];

	return {
		line, key, moved, bytes: counted ? bytes : -1,
		first: was ? was[1] : at,
		moved_at: was && !moved ? was[2] : at
	};
}

// Its place in the order, a number up to 2 * ORDER
function order(flow, sort_by, age) {
	let bytes = min(max(0, flow.bytes), ORDER - 1);

	switch (sort_by) {
	case 'rate': return flow.moved > 0 ? ORDER + flow.moved : bytes;
	case 'age': return (min(age, (1 << 27) - 1) << PAGES_BITS) | min(bytes >> 12, (1 << PAGES_BITS) - 1);
	default: return bytes;
	}
}

// Bytes of a value in JSON, without the blanks that %J puts between a row's words
function size(value, blanks) {
	return length(sprintf('%J', value)) - blanks;
}

/**
 * One pass over conntrack for one query: { facts, memory }, the contract's
 * FlowsFacts but for `at`, `cost` and `every`, and what the next pass is to be
 * given; null where there is no conntrack.
 *
 * Rows are chosen among the 400 matching flows with the most bytes, 800 for
 * sort `rate`; with nf_conntrack_timestamp (`by_age`) sort `age` chooses among all.
 * So when more match, `rate` misses a flow that is fast but has few bytes yet.
 * What a flow moves is known from the second look that has it.
 *
 * before: memory of the pass before, null on the first. at: now.
 * networks, hosts: as for filters().
 */
export function pass(query, before, at, networks, hosts, by_age, file) {
	by_age = by_age && query.sort == 'age';

	return read_table(query.path, query.family, file, (fd, source) => {
		let choose = filters(query, hosts, networks, source),
		    found = search(fd, query, choose, by_age),
		    memory = { at, known: {} },
		    window = before ? at - before.at : 0, followed = [], places = [], named = {}, rows = [];

		for (let line in found.lines) {
			let flow = follow(line, at, before);

			// a dump may repeat a line
			if (memory.known[flow.key])
				continue;

			memory.known[flow.key] = [ flow.bytes, flow.first, flow.moved_at ];

			push(places, (order(flow, query.sort, by_age ? int(split(line, 'delta-time=', 2)[1]) : int(at - flow.first)) << INDEX_BITS) | length(followed));
			push(followed, flow);
		}

		found.lines = null;

		let facts = {
			query, source, entries: found.entries,
			matched: found.late && choose.test ? null : found.matched,
			rows, more: found.left_out, hosts: named
		}, room = BYTES - ENVELOPE - size({ ...facts, at, cost: 1.5, every: 1.5 }, 0);

		for (let place in reverse(sort(places))) {
			let flow = followed[place & ((1 << INDEX_BITS) - 1)],
			    one = read_row(flow.line);

			if (!one)
				continue;

			push(one.row,
				flow.moved == null || window <= 0 ? -1 : int(flow.moved / window),
				one.age ?? -1 - int(at - flow.first),
				int(at - flow.moved_at));

			let names = {}, needs = size(one.row, 17);

			for (let address in one.addresses)
				if (hosts[address] && !named[address])
					names[address] = hosts[address];

			if (length(names))
				needs += size(names, 0);

			if (length(rows) == ROWS || needs > room) {
				facts.more = true;
				break;
			}

			room -= needs;
			push(rows, one.row);

			for (let address in keys(names))
				named[address] = names[address];
		}

		return { facts, memory };
	});
};
