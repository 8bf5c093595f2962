// SPDX-License-Identifier: Apache-2.0
/** Values as text: ucv_to_string, ucv_to_jsonstring_formatted and printf. */
import { formatDouble } from './floats.mjs';
import { Double, OBJ, Obj, Regexp, isObject, keysOf, natives, own, refuse } from './values.mjs';
import { toBits, toDouble, toInteger } from './numbers.mjs';

function escaped(text) {
	return text.replace(/["\\\x00-\x1f]/g, (c) => {
		switch (c) {
		case '"': return '\\"';
		case '\\': return '\\\\';
		case '\b': return '\\b';
		case '\f': return '\\f';
		case '\n': return '\\n';
		case '\r': return '\\r';
		case '\t': return '\\t';
		default: return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
		}
	});
}

function doubleText(value, json) {
	if (value !== value)
		return json ? '"NaN"' : 'NaN';
	if (value === Infinity || value === -Infinity)
		return (value < 0 ? '-' : '') + (json ? '1e309' : 'Infinity');

	const text = formatDouble(value, 'g', 14);

	return json && !/[.e]/.test(text) ? `${text}.0` : text;
}

/** From the rewritten code, whose names are ucode's with a $ behind. */
function functionText(f) {
	if (natives.has(f))
		return `function ${f.name}(...) { [native code] }`;

	const [ , word, name, list ] = /^(function)? ?([^(]*)\(([^)]*)\)/.exec(Function.prototype.toString.call(f));
	const parameters = list.replace(/\$[0-9]+(?: = null)?/g, '');

	return word ? `function${name && ` ${name.slice(0, -1)}`}(${parameters}) { ... }` : `(${parameters}) => { ... }`;
}

/** The result of a `tostring` in the value's prototype, undefined when there is none. */
function ownText(v, json) {
	const proto = v instanceof Obj ? Object.getPrototypeOf(v) : OBJ;

	if (proto === OBJ || !Object.hasOwn(proto, 'tostring') || typeof proto.tostring !== 'function')
		return undefined;

	const text = proto.tostring.call(v);

	return typeof text === 'string' ? (json ? `"${escaped(text)}"` : text) : json ? '""' : '';
}

/**
 * ucv_to_stringbuf_formatted.
 * pad: '' for plain text, '\1' for JSON on one line, else the character to indent with, `size` times a level.
 */
function format(v, pad, size, depth, seen) {
	const json = pad !== '';

	if (v == null)
		return 'null';

	switch (typeof v) {
	case 'string': return json ? `"${escaped(v)}"` : v;
	case 'number': case 'bigint': case 'boolean': return String(v);
	case 'function': return json ? `"${functionText(v)}"` : functionText(v);
	}

	if (v instanceof Double)
		return doubleText(v.value, json);
	if (seen.includes(v))
		return 'null';

	const special = ownText(v, json);

	if (special !== undefined)
		return special;

	if (v instanceof Regexp) {
		const text = `/${escaped(v.source)}/${v.global ? 'g' : ''}${v.icase ? 'i' : ''}${v.newline ? 's' : ''}`;

		return json ? `"${text}"` : text;
	}

	const array = Array.isArray(v);

	if (!array && !isObject(v))
		return json ? `"<${v.kind} 0x1>"` : `<${v.kind} 0x1>`;

	const gap = (level) => pad !== '' && pad !== '\x01' ? `\n${pad.repeat(level * size)}` : ' ';
	const inner = [ ...seen, v ];
	const items = array ?
		v.map((item) => format(item, pad || '\x01', size, depth + 1, inner)) :
		keysOf(v).map((key) => `"${escaped(key)}": ${format(own(v, key), pad || '\x01', size, depth + 1, inner)}`);
	const body = items.map((item) => gap(depth + 1) + item).join(',') + gap(depth);

	return array ? `[${body}]` : `{${body}}`;
}

/** Any value as `print` and `+` have it. */
export function str(v) {
	return typeof v === 'string' ? v : format(v, '', 0, 0, []);
}

/** As %J has it; `indent`: '' for one line, or the text of one level. */
export function jsonText(v, indent = '') {
	return format(v, indent === '' ? '\x01' : indent[0], indent.length, 0, []);
}

const SPEC = /%(?:([1-9][0-9]*)\$)?([#0\- +]*)([1-9][0-9]*)?(?:\.(-?)([0-9]*))?(.?)/gs;

function padded(body, flags, width, numeric) {
	if (body.length >= width)
		return body;
	if (flags.includes('-'))
		return body.padEnd(width);
	if (!numeric || !flags.includes('0'))
		return body.padStart(width);

	const lead = /^[+\- ]?(?:0[xX](?=.))?/.exec(body)[0];

	return lead + body.slice(lead.length).padStart(width - lead.length, '0');
}

function signedText(text, flags) {
	return text[0] === '-' ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function unsignedText(v, flags, conversion) {
	const n = BigInt.asUintN(64, toBits(v, true));
	const text = n.toString(conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16);

	if (flags.includes('#') && n !== 0n && conversion !== 'u')
		return (conversion === 'o' ? '0' : '0x') + text;

	return text;
}

function convert(v, flags, width, precision, conversion) {
	const lower = conversion.toLowerCase();
	let text;

	switch (conversion) {
	case 'd': case 'i':
		return padded(signedText(String(BigInt.asIntN(64, toBits(v, false))), flags), flags, width, true);

	case 'o': case 'u': case 'x': case 'X':
		text = padded(unsignedText(v, flags, lower), flags, width, true);
		break;

	case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': {
		const d = toDouble(v);

		text = signedText(formatDouble(d, lower, precision ?? 6, flags.includes('#')), flags);
		text = padded(text, flags, width, Number.isFinite(d));
		break;
	}

	case 'c': {
		const code = Number(BigInt.asUintN(8, BigInt(toInteger(v))));

		if (code === 0)
			refuse('%c of a zero byte: C ends the string there');

		return padded(String.fromCharCode(code), flags, width, false);
	}

	case 's':
		// null ignores width and precision
		if (v == null)
			return '(null)';

		text = str(v);

		if (text.includes('\0'))
			refuse('%s of a string with a zero byte: C ends it there');

		return padded(precision == null ? text : text.slice(0, precision), flags, width, false);

	case 'J':
		return padded(jsonText(v, precision == null ? '' : precision > 0 ? ' '.repeat(precision) : '\t'), flags, width, false);
	}

	return conversion === lower ? text : text.toUpperCase();
}

/**
 * sprintf(): `args` begin with the format. As in uc_printf_common, a precision
 * counts for %e %f %g %s alone, and %.J indents.
 */
export function sprintf(args) {
	const text = typeof args[0] === 'string' ? args[0] : '';
	let next = 1;

	return text.replace(SPEC, (whole, position, flags, width, minus, digits, conversion) => {
		if (conversion === '%')
			return '%';

		if (conversion === '' || !'diouxXeEfFgGcsJ'.includes(conversion))
			return whole;

		const at = position ? Number(position) : next;

		next++;

		const precision = digits === undefined ? null : minus ? 0 : Number(digits || 0);

		return convert(args[at], flags, Number(width ?? 0), precision, conversion);
	});
}

