// SPDX-License-Identifier: Apache-2.0
/** ucode's split(), match() and replace() (lib.c). */
import { exec } from './regexp.mjs';
import { str } from './text.mjs';
import { Refusal, Regexp, isInteger, refuse } from './values.mjs';

function splitByRegexp(text, separator, limit) {
	const parts = [];
	let rest = text, notbol = false;

	for (; limit > 1; limit--) {
		const m = exec(separator, rest, notbol);

		if (!m)
			break;

		if (m[0].length) {
			parts.push(rest.slice(0, m.index));
			rest = rest.slice(m.index + m[0].length);
		}
		else if (rest.length) {
			parts.push(rest[0]);
			rest = rest.slice(1);
		}
		else {
			return parts;
		}

		notbol = true;
	}

	parts.push(rest);

	return parts;
}

export function split(text, separator, limit) {
	if (typeof text !== 'string' || separator == null)
		return null;

	const isRegexp = separator instanceof Regexp;

	if (!isRegexp && typeof separator !== 'string')
		return null;

	const most = limit == null ? Infinity : limit < 0 || !isInteger(limit) ? refuse('split() with such a limit') : Number(limit);

	if (most === 0)
		return [];
	if (isRegexp)
		return splitByRegexp(text, separator, most);
	if (text === '')
		return [ '' ];
	if (most === Infinity)
		return text.split(separator);

	const parts = [];
	let from = 0;

	if (separator === '') {
		while (parts.length < most - 1 && from < text.length)
			parts.push(text[from++]);

		if (from < text.length)
			parts.push(text.slice(from));

		return parts;
	}

	while (parts.length < most - 1) {
		const at = text.indexOf(separator, from);

		if (at < 0)
			break;

		parts.push(text.slice(from, at));
		from = at + separator.length;
	}

	parts.push(text.slice(from));

	return parts;
}

function groupsOf(m) {
	return Array.from(m, (group) => group ?? null);
}

export function match(subject, pattern) {
	if (!(pattern instanceof Regexp) || subject == null)
		return null;

	let rest = str(subject);

	if (!pattern.global) {
		const m = exec(pattern, rest);

		return m && groupsOf(m);
	}

	const found = [];

	for (let notbol = false; ; notbol = true) {
		const m = exec(pattern, rest, notbol);

		if (!m)
			break;

		found.push(groupsOf(m));

		// as the C does it: after an empty match one byte on, wherever it was
		if (m[0].length)
			rest = rest.slice(m.index + m[0].length);
		else if (rest.length)
			rest = rest.slice(1);
		else
			break;
	}

	return found.length ? found : null;
}

/** The replacement for one match: `before` and `after` are what the C calls $` and $'. */
function substitute(replacement, m, before, after) {
	if (typeof replacement === 'function')
		return str(replacement(...groupsOf(m)) ?? null);

	return str(replacement).replace(/\$([^]?)/g, (whole, c) => {
		switch (c) {
		case '&': return m[0];
		case '`': return before;
		case "'": return after;
		case '$': return '$';
		case '': return '';
		}

		return c >= '1' && c <= '9' && m[c] !== undefined ? m[c] : whole;
	});
}

function replaceRegexp(text, pattern, replacement, limit) {
	let rest = text, result = '', notbol = false;

	for (; limit > 0; limit--) {
		const m = exec(pattern, rest, notbol);

		if (!m)
			break;

		const before = rest.slice(0, m.index), after = rest.slice(m.index + m[0].length);

		result += before + substitute(replacement, m, before, after);

		if (m[0].length) {
			rest = after;
		}
		else if (rest.length) {
			if (m.index > 0)
				throw new Refusal(`replace() by /${pattern.source}/: an empty match inside the text`);

			result += rest[0];
			rest = rest.slice(1);
		}
		else {
			break;
		}

		if (!pattern.global)
			break;

		notbol = true;
	}

	return result + rest;
}

export function replace(subject, pattern, replacement, limit) {
	if (pattern == null || subject == null || replacement == null)
		return null;

	let most = limit == null ? Infinity : Number(limit);
	const text = str(subject);

	if (pattern instanceof Regexp)
		return replaceRegexp(text, pattern, replacement, most);

	const needle = str(pattern);
	let result = '', from = 0;

	if (needle === '')
		refuse('replace() of an empty string');

	for (; most > 0; most--) {
		const at = text.indexOf(needle, from);

		if (at < 0)
			break;

		const before = text.slice(from, at);

		result += before + substitute(replacement, [ needle ], before, text.slice(at + needle.length));
		from = at + needle.length;
	}

	return result + text.slice(from);
}
