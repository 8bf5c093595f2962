// SPDX-License-Identifier: Apache-2.0
/** Shell patterns. */
import { refuse } from './values.mjs';

/** fnmatch(3) without flags but case folding: `*` and `?` match '/' too. */
export function fnmatch(pattern, text, ignoreCase = false) {
	return new RegExp(`^${globSource(pattern, '[^]')}$`, ignoreCase ? 'i' : '').test(text);
}

/** A shell pattern as a regular expression; `any` is what ? matches. */
export function globSource(pattern, any) {
	return pattern.replace(/\\([^])|\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]|([^])/g, (_, escaped, negated, set, c) => {
		if (set !== undefined && set.includes('[:'))
			refuse(`${pattern}: character classes in shell patterns`);
		if (set !== undefined)
			return `[${negated ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
		if (c === '*')
			return `${any}*`;
		if (c === '?')
			return any;

		return (escaped ?? c).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	});
}
