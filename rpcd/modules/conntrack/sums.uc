// SPDX-License-Identifier: Apache-2.0
'use strict';

import { open } from 'fs';

export const TABLE = '/proc/net/nf_conntrack';

// Flows above this many bytes are followed from pass to pass, to know what a
// path moves now; at most TRACK of them: a pass that meets more leaves the
// next a higher threshold.
const THRESHOLD = 32768;
const TRACK = 1024;
const NO_MORE = 1 << 62;

const PATHS = [ 'hardware', 'software', 'slow' ];
const FAMILIES = [ 'ipv4', 'ipv6' ];
const PROTOCOLS = [ 'tcp', 'udp', 'other' ];

const HARDWARE = 0, SOFTWARE = 1, SLOW = 2;

// A sum holds flows and packets in one integer, flows * FLOW + packets, because
// one addition a line is cheaper than two. Room for 4 * 10^12 packets.
const FLOW_BITS = 42;
const FLOW = 1 << FLOW_BITS;

// After so many lines that do not fit, none is expected to: an exception costs
// as much as parsing two
const ODD = 200;

// A line up to its protocol's name, e.g. "ipv6     10 udp": it tells the row
const PREFIX = 15;

function number(text) {
	let value = int(text);

	return value >= 0 && `${value}` == text ? value : null;
}

/**
 * Reads a line word by word, believing nothing: for lines of a shape the fast
 * way does not know, and to find out whether it knows it.
 * Returns { family, protocol, path, packets, bytes }, packets and bytes null
 * when the line has no counters (nf_conntrack_acct was off when the flow
 * began), or null when it is no line of conntrack.
 */
export function parse(line) {
	let words = filter(split(rtrim(line, '\n'), ' '), (word) => length(word)),
	    family = words[0], path = SLOW,
	    names = '', counters = [];

	if (!(family in FAMILIES) || length(words) < 4)
		return null;

	for (let word in words) {
		if (word == '[HW_OFFLOAD]')
			path = HARDWARE;
		else if (word == '[OFFLOAD]')
			path = SOFTWARE;

		let pair = split(word, '=', 2);

		if (pair[0] in [ 'packets', 'bytes' ]) {
			names += pair[0] + ' ';
			push(counters, number(pair[1]));
		}
	}

	let counted = names == 'packets bytes packets bytes ' && !(null in counters);

	return {
		family,
		protocol: words[2] in [ 'tcp', 'udp' ] ? words[2] : 'other',
		path,
		packets: counted ? counters[0] + counters[2] : null,
		bytes: counted ? counters[1] + counters[3] : null
	};
};

// The flows above the threshold, and what they moved since the pass before;
// follow() returns the threshold from then on
function follower(before, threshold) {
	let known = before?.tracked ?? {}, tracked = {}, following = 0,
	    moved = [ 0, 0, 0, 0, 0, 0 ];

	return {
		follow: function(head, path, packets, bytes) {
			if (following >= TRACK)
				return NO_MORE;

			// its timeout and state may change, its addresses make the flow
			let key = substr(head, 0, PREFIX) + substr(head, index(head, 'src=')),
			    was = known[key];

			tracked[key] = [ packets, bytes ];
			following++;
			moved[path] += packets - (was?.[0] ?? 0);
			moved[path + 3] += bytes - (was?.[1] ?? 0);

			return threshold;
		},
		result: () => ({ moved, tracked, threshold: following < TRACK ? threshold : threshold * 4 })
	};
}

/**
 * The sums of one family and protocol. `add` takes what a line splits into at
 * "s=", its four counters each at the start of a word:
 *   ipv4 2 tcp 6 [timeout state] src=A … packet|N byte|N src=B … packet|N byte|N [flags] mark=… use=…
 * int() stops at the first letter. Every word of it counts, it runs for each
 * line: own variables, because a global is looked up by its name and an
 * array's element takes three steps; a flag of five letters, because a longer
 * string is allocated each time.
 */
function row(threshold, follow) {
	let int_ = int, index_ = index,
	    hardware = 0, hardware_bytes = 0,
	    software = 0, software_bytes = 0,
	    slow = 0, slow_bytes = 0;

	return {
		add: function(head, packets, bytes, reply, last) {
			bytes = int_(bytes) + int_(last);

			if (index_(last, 'LOAD]') < 0) {
				slow += FLOW + int_(packets) + int_(reply);
				slow_bytes += bytes;
			}
			else if (index_(last, '[O') > 0) {
				software += FLOW + int_(packets) + int_(reply);
				software_bytes += bytes;
			}
			else if (index_(last, '[H') > 0) {
				hardware += FLOW + int_(packets) + int_(reply);
				hardware_bytes += bytes;
			}
			else {
				die('fewer counters, or another flag');
			}

			if (bytes > threshold)
				threshold = follow(head, index(last, 'LOAD]') < 0 ? SLOW : index(last, '[O') < 0 ? HARDWARE : SOFTWARE,
					int(packets) + int(reply), bytes);
		},
		add_parsed: function(entry) {
			let packets = FLOW + entry.packets, bytes = entry.bytes ?? 0;

			switch (entry.path) {
			case HARDWARE: hardware += packets; hardware_bytes += bytes; break;
			case SOFTWARE: software += packets; software_bytes += bytes; break;
			default: slow += packets; slow_bytes += bytes;
			}
		},
		sums: () => [ [ hardware, hardware_bytes ], [ software, software_bytes ], [ slow, slow_bytes ] ]
	};
}

// Whether int() finds in the line's pieces what the words say
function fits(pieces, entry) {
	return length(pieces) == 5 && entry.packets != null &&
		int(pieces[1]) + int(pieces[3]) == entry.packets &&
		int(pieces[2]) + int(pieces[4]) == entry.bytes;
}

/**
 * One pass over an open table: { sums, other, counted, … of the follower },
 * `sums` by family and protocol, `other` the lines that are none of conntrack's.
 *
 * A line whose family and protocol have a row takes the fast way; the first of
 * its like, and one that raises an exception there, is parsed word by word.
 * `fast`: whether there is a fast way.
 */
function add_up(fd, followed, threshold, fast) {
	let split_ = split, substr_ = substr, rows = {}, line = true, by = 'line', at = 's=', prefix = PREFIX,
	    sums = {}, odd = 0, other = 0, counted = false;

	for (let family in FAMILIES) {
		sums[family] = {};

		for (let protocol in PROTOCOLS)
			sums[family][protocol] = row(threshold, followed.follow);
	}

	let parsed = function(line) {
		let entry = parse(line);

		if (!entry) {
			other++;

			return;
		}

		let of_protocol = sums[entry.family][entry.protocol],
		    pieces = split(line, 's=', 5);

		of_protocol.add_parsed(entry);
		counted ||= entry.packets != null;

		if (entry.bytes > threshold)
			followed.follow(pieces[0], entry.path, entry.packets, entry.bytes);

		if (fast && fits(pieces, entry))
			rows[substr(line, 0, PREFIX)] ??= of_protocol.add;
	};

	while (line && odd < ODD) {
		try {
			while ((line = fd.read(by)))
				rows[substr_(line, 0, prefix)](...split_(line, at, 5));
		}
		catch (e) {
			odd++;
			parsed(line);
		}
	}

	while (line && (line = fd.read('line')))
		parsed(line);

	for (let family in FAMILIES)
		for (let protocol in PROTOCOLS)
			sums[family][protocol] = sums[family][protocol].sums();

	return { sums, other, counted };
}

// A word where a number belongs makes the sum no number
function sound(sums) {
	for (let family in FAMILIES)
		for (let protocol in PROTOCOLS)
			for (let sum in sums[family][protocol])
				if (type(sum[0]) != 'int' || type(sum[1]) != 'int')
					return false;

	return true;
}

function unpack(sum) {
	return { flows: sum[0] >> FLOW_BITS, packets: sum[0] & (FLOW - 1), bytes: sum[1] };
}

/**
 * One pass over conntrack's table.
 *
 * before: what the pass before returned, or null on the first.
 * Returns { entries, paths, moved, tracked, threshold, counted }: `paths` as in
 * the contract; `moved` packets and bytes by path since `before`; `counted`
 * whether any line had counters; null where there is no conntrack.
 */
export function pass(before, table) {
	let threshold = before?.threshold ?? THRESHOLD, found, followed;

	for (let fast in [ true, false ]) {
		let fd = open(table ?? TABLE, 'r');

		if (!fd)
			return null;

		followed = follower(before, threshold);
		found = add_up(fd, followed, threshold, fast);
		fd.close();

		if (sound(found.sums))
			break;
	}

	let entries = found.other, paths = {};

	for (let i = 0; i < length(PATHS); i++) {
		let of_path = paths[PATHS[i]] = {};

		for (let family in FAMILIES) {
			of_path[family] = {};

			for (let protocol in PROTOCOLS) {
				let sum = unpack(found.sums[family][protocol][i]);

				of_path[family][protocol] = sum;
				entries += sum.flows;
			}
		}
	}

	return { entries, paths, counted: found.counted, ...followed.result() };
};
