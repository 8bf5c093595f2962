// SPDX-License-Identifier: Apache-2.0
/**
 * fnmatch(3) with FNM_NOESCAPE and without FNM_PATHNAME: `*`, `?` and `[…]`.
 * @param {string} pattern
 * @param {string} string
 * @returns {boolean}
 */
export function fnmatch(pattern, string) {
	const source = pattern.replace(/\[([!^]?)(\]?[^\]]*)\]|[\s\S]/g, (whole, negated, set) => {
		if (whole === '*')
			return '[\\s\\S]*';

		if (whole === '?')
			return '[\\s\\S]';

		if (set)
			return `[${negated ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`;

		return whole.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	});

	return new RegExp(`^${source}$`).test(string);
}
