// SPDX-License-Identifier: Apache-2.0
/** ucode's builtin functions on strings (lib.c). */
import { integer, toInteger, toIntegerStrict } from './numbers.mjs';
import { match, replace, split } from './matching.mjs';
import { check } from './regexp.mjs';
import { sprintf, str } from './text.mjs';
import { Double, Regexp, UcodeError, isInteger, refuse, toBytes } from './values.mjs';
import { fnmatch } from './wildcards.mjs';

const NAN = new Double(NaN);

function clamp(offset, length) {
	return offset < 0 ? Math.max(0, length + offset) : Math.min(offset, length);
}

function trimStart(text, set) {
	let i = 0;

	while (i < text.length && set.includes(text[i]))
		i++;

	return text.slice(i);
}

function trimEnd(text, set) {
	let i = text.length;

	while (i > 0 && set.includes(text[i - 1]))
		i--;

	return text.slice(0, i);
}

function trimmer(...steps) {
	return (text, set) => {
		if (typeof text !== 'string' || (set != null && typeof set !== 'string'))
			return null;

		return steps.reduce((rest, step) => step(rest, set ?? ' \t\r\n'), text);
	};
}

/** strtoll(): [ value, whether anything was a number ]. */
function parseInteger(text, base) {
	let rest = text.replace(/^[ \t\n\v\f\r]+/, ''), negative = false;

	if (rest[0] === '-' || rest[0] === '+') {
		negative = rest[0] === '-';
		rest = rest.slice(1);
	}

	if ((base === 0 || base === 16) && /^0x[0-9a-f]/i.test(rest)) {
		rest = rest.slice(2);
		base = 16;
	}
	else if (base === 0) {
		base = rest[0] === '0' ? 8 : 10;
	}

	const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
	let value = 0n, n = 0;

	for (; n < rest.length && digits.includes(rest[n].toLowerCase()); n++)
		value = value * BigInt(base) + BigInt(digits.indexOf(rest[n].toLowerCase()));

	return [ negative ? -value : value, n > 0 ];
}

const DECIMAL = /^[ \t\n\v\f\r]*([+-]?[0-9]+)/;

function int(v, base) {
	if (typeof v !== 'string') {
		const n = toIntegerStrict(v);

		if (n == null && v != null && !(v instanceof Double))
			return NAN;

		return n ?? NAN;
	}

	// the common case: short decimal digits up to the first other letter
	if (base == null) {
		const m = DECIMAL.exec(v);

		if (!m)
			return NAN;
		if (m[1].length < 16)
			return Number(m[1]) + 0;
	}

	if (base != null && !isInteger(base))
		refuse('int() with a base that is no integer');

	const [ value, any ] = parseInteger(v, base == null ? 10 : Number(base));

	if (!any || value > 2n ** 63n - 1n || value < -(2n ** 63n))
		return NAN;

	return integer(value);
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The functions that need no virtual machine. */
export const strings = {
	lc: (v) => str(v).replace(/[A-Z]+/g, (part) => part.toLowerCase()),
	uc: (v) => str(v).replace(/[a-z]+/g, (part) => part.toUpperCase()),
	trim: trimmer(trimStart, trimEnd),
	ltrim: trimmer(trimStart),
	rtrim: trimmer(trimEnd),
	split,
	match,
	replace,
	int,

	hex(v) {
		if (typeof v !== 'string' || !/^(?:0x)?[0-9a-f]+$/i.test(v))
			return NAN;

		const value = BigInt(`0x${v.replace(/^0x/i, '')}`);

		return integer(value > 2n ** 63n - 1n ? 2n ** 63n - 1n : value);
	},

	ord(text, at) {
		if (typeof text !== 'string')
			return null;

		let i = 0;

		if (at !== undefined) {
			if (!isInteger(at) && !(at instanceof Double))
				return null;

			i = Number(toInteger(at));
			i = i < 0 ? i + text.length : i;
		}

		return i >= 0 && i < text.length ? text.charCodeAt(i) : null;
	},

	chr: (...codes) => String.fromCharCode(...codes.map((code) => Math.min(255, Math.max(0, Number(toInteger(code)))))),

	uchr: (...codes) => codes.map((code) => {
		const n = toIntegerStrict(code);

		return toBytes(n == null || n < 0 || n > 0x10ffff ? '\ufffd' : String.fromCodePoint(Number(n)));
	}).join(''),

	substr(text, offset, length) {
		if (typeof text !== 'string')
			return null;

		const from = offset === undefined ? 0 : clamp(Number(toInteger(offset)), text.length);

		if (length === undefined)
			return text.slice(from);

		const n = Number(toInteger(length));

		return text.slice(from, n < 0 ? Math.max(from, text.length + n) : from + n);
	},

	sprintf: (...args) => sprintf(args),

	regexp(source, flags) {
		if (flags != null && typeof flags !== 'string')
			throw new UcodeError('Type error', 'Given flags argument is not a string');

		const unknown = /[^gis]/.exec(flags ?? '');

		if (unknown)
			throw new UcodeError('Type error', `Unrecognized flag character '${unknown[0]}'`);

		return check(new Regexp(str(source), flags ?? ''));
	},

	wildcard(subject, pattern, ignoreCase) {
		if (subject == null || typeof pattern !== 'string')
			return null;

		return fnmatch(pattern, str(subject), !!ignoreCase);
	},

	hexenc: (v) => v == null ? null : Buffer.from(str(v), 'latin1').toString('hex'),

	hexdec(text, skip) {
		if (typeof text !== 'string' || (skip != null && typeof skip !== 'string'))
			return null;

		const digits = [ ...text ].filter((c) => /[0-9a-fA-F]/.test(c) || !(skip ?? ' \t\n').includes(c)).join('');

		return /^(?:[0-9a-fA-F]{2})*$/.test(digits) ? Buffer.from(digits, 'hex').toString('latin1') : null;
	},

	b64enc: (text) => typeof text === 'string' ? Buffer.from(text, 'latin1').toString('base64') : null,

	b64dec(text) {
		if (typeof text !== 'string' || !BASE64.test(text))
			return null;

		const digits = text.replace(/\s/g, '');

		return digits.length % 4 === 0 ? Buffer.from(digits, 'base64').toString('latin1') : null;
	}
};
