// SPDX-License-Identifier: Apache-2.0

/**
 * Reads the leading string literals of a class file the way luci.js does: comments are
 * skipped, the first literal that is neither `require …` nor `use strict` ends it.
 * @param {string} source
 * @returns {{ name: string, as: string }[]}
 */
export function dependencies(source) {
	const result = [];
	let start = -1, quote = '', comment = '', escaped = false, previous = '';

	for (let index = 0; index < source.length; previous = source[index++]) {
		const c = source[index];

		if (escaped)
			escaped = false;
		else if (comment) {
			if ((comment === '/' && c === '\n') || (comment === '*' && previous === '*' && c === '/'))
				comment = '';
		}
		else if ((c === '*' || c === '/') && previous === '/')
			comment = c;
		else if (c === '\\')
			escaped = true;
		else if (quote && c === quote) {
			const literal = source.slice(start, index);
			const match = /^require[ \t]+(\S+)(?:[ \t]+as[ \t]+([a-zA-Z_]\S*))?$/.exec(literal);

			if (match)
				result.push({ name: match[1], as: match[2] ?? match[1].replace(/[^a-zA-Z0-9_]/g, '_') });
			else if (!/^use[ \t]+strict$/.test(literal))
				break;

			quote = '';
		}
		else if (!quote && (c === '"' || c === '\'')) {
			start = index + 1;
			quote = c;
		}
	}

	return result;
}
