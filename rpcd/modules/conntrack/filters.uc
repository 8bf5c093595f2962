// SPDX-License-Identifier: Apache-2.0
'use strict';

import { beginning, ends_in, full, gates, hits, loose, within } from 'nft_offload.conntrack.address';

// Hosts that a search by name finds
const ADDRESSES = 1024;

// Addresses that are in no network though nobody owns them: loopback, link-local, multicast
const NOWHERE = [ '127.0.0.0/8', '224.0.0.0/8', '239.0.0.0/8', '255.255.255.255', '::1', 'fe80::/10', 'ff00::/8' ];

// Addresses of an expanded line: those that `conntrack` shortened
function expanded(line) {
	return join(' ', map(split(line, ' '), (word) =>
		substr(word, 0, 4) in [ 'src=', 'dst=' ] ? substr(word, 0, 4) + full(substr(word, 4)) : word));
}

function subnets(networks) {
	let found = [];

	for (let net in networks)
		push(found, ...net.subnets);

	return found;
}

// One of the four addresses is in one of the networks `chosen`; those that no
// network has belong to the ones with a default route
function in_networks(chosen, networks) {
	let own = gates(subnets(chosen));

	if (!length(filter(chosen, (net) => net.default_route)))
		return { gates: own };

	let others = gates([ ...subnets(filter(networks, (net) => !(net in chosen))), ...NOWHERE ]),
	    inside = within(own);

	return { test: (line) => inside(line) || hits(line, ord(line, 3) == 54 ? others.ipv6 : others.ipv4, 4) < 4 };
}

function begins(name, text) {
	return substr(lc(name), 0, length(text)) == text;
}

// The networks and the hosts whose name begins so
function by_name(text, hosts, networks) {
	let nets = filter(networks, (net) => begins(net.name, text)),
	    addresses = slice(filter(keys(hosts), (address) => begins(hosts[address], text)), 0, ADDRESSES);

	if (length(addresses) < 3 && !length(nets))
		return { gates: gates(addresses) };

	let found = in_networks(nets, networks);

	if (!length(addresses))
		return found;

	let ends = ends_in(addresses), inside = found.test ?? within(found.gates);

	return { test: length(nets) ? (line) => inside(line) || ends(line) : ends };
}

// The gates of a CIDR; null when it is none, because a name may have a slash, too
function prefix(text) {
	let found = gates([ text ]);

	return length(found.ipv4) || length(found.ipv6) ? found : null;
}

// One gate of one family is a text to look for
function only_literal(found) {
	let all = [ ...found.ipv4, ...found.ipv6 ];

	return length(all) == 1 && !all[0][2] ? all[0][0] : null;
}

/**
 * What a query asks of a line: { literal, test, more, families }: text that it
 * has and two functions, each or null, and in which families there may be one.
 * `hosts`: names by address; `networks`: the contract's AddressedNetwork[].
 */
export function filters(query, hosts, networks, source) {
	let text = lc(query.search), literal = null, selected = [];

	if (match(text, /^:?[0-9]+$/))
		literal = `port=${ltrim(text, ':')} `;
	else if (length(text)) {
		let found = index(text, '/') > 0 ? prefix(text) : beginning(text);

		push(selected, found ? { gates: found } : by_name(text, hosts, networks));
	}

	if (length(query.zone))
		push(selected, in_networks(filter(networks, (net) => net.zone == query.zone), networks));

	let tests = [], last = [], families = { ipv4: true, ipv6: true };

	// what is dear for a line that `conntrack` shortened
	let exactly = (test) => source != 'conntrack' ? test
		: (line) => test(ord(line, 3) == 54 ? expanded(line) : line);

	for (let one in selected) {
		for (let family in keys(families))
			families[family] &&= !one.gates || length(one.gates[family]) > 0;

		if (!one.gates) {
			push(last, exactly(one.test));
			continue;
		}

		let by_text = only_literal(one.gates);

		if (source == 'conntrack' && length(one.gates.ipv6)) {
			push(tests, within(loose(one.gates)));
			push(last, exactly(within(one.gates)));
		}
		else if (by_text && !literal) {
			literal = by_text;
		}
		else {
			push(tests, within(one.gates));
		}
	}

	push(tests, ...last);

	return {
		literal, families, test: tests[0],
		more: length(tests) < 2 ? null : (line) => {
			for (let i = 1; i < length(tests); i++)
				if (!tests[i](line))
					return false;

			return true;
		}
	};
};
