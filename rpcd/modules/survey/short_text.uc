// SPDX-License-Identifier: Apache-2.0
'use strict';

// Bytes
const LONGEST = 64;

/** What somebody typed, as a text that is not too long for a reply: a list's words are joined, null is ''. */
export function short_text(value) {
	return substr(`${type(value) == 'array' ? join(' ', value) : value ?? ''}`, 0, LONGEST);
};
