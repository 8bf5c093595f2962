// SPDX-License-Identifier: Apache-2.0
'use strict';

// What a reply of facts may have, bytes
const ROOM = 24576;
const EMPTY = length('[ ]');

function size(value) {
	return length(sprintf('%J', value));
}

/** `facts`, its longest list cut as often as it takes to be a reply of at most 24 KB. */
export function fitted(facts) {
	while (size(facts) > ROOM) {
		let longest = null, most = EMPTY;

		for (let key in keys(facts)) {
			let bytes = type(facts[key]) == 'array' ? size(facts[key]) : 0;

			if (bytes > most) {
				longest = key;
				most = bytes;
			}
		}

		if (!longest)
			break;

		facts[longest] = slice(facts[longest], 0, length(facts[longest]) * 3 / 4);
	}

	return facts;
};
