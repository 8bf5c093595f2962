// SPDX-License-Identifier: Apache-2.0
'use strict';

// Longest texts, characters
const SEARCH = 64;
const ZONE = 64;

/** What an argument of `flows` may be; the first is what it is when it is not given. */
const CHOICES = {
	path: [ '', 'hardware', 'software', 'slow' ],
	protocol: [ '', 'tcp', 'udp', 'other' ],
	family: [ '', 'ipv4', 'ipv6' ],
	sort: [ 'bytes', 'rate', 'age' ]
};

/**
 * The contract's query from the arguments of a call: { query }, or { argument,
 * expected } of the first that cannot be. '' is like not given.
 */
export function normal(args) {
	let query = {};

	for (let name in [ 'search', 'path', 'protocol', 'family', 'zone', 'sort' ]) {
		let value = args?.[name] ?? '', choices = CHOICES[name];

		if (choices && value === '')
			value = choices[0];

		if (type(value) != 'string' || (choices && !(value in choices)))
			return { argument: name, expected: choices ? join(', ', filter(choices, (choice) => length(choice))) : 'text' };

		if (length(value) > (name == 'search' ? SEARCH : ZONE))
			return { argument: name, expected: `at most ${SEARCH} characters` };

		query[name] = value;
	}

	return { query };
};
