// SPDX-License-Identifier: Apache-2.0
/**
 * blobmsg's view of JSON: integers and doubles are different types, and integers
 * come in 32 and 64 bits. JSON.parse() cannot tell 60 from 60.0, rpcd can.
 *
 * Values: null, boolean, string, integer (number, or bigint beyond 2^53), Double,
 * array, object with null prototype.
 */

/** A double, also when its value is integral. */
export class Double {
	/** @param {number} value */
	constructor(value) {
		this.value = value;
	}
}

const INT64_MIN = -(2n ** 63n), INT64_MAX = 2n ** 63n - 1n;

/** json-c refuses deeper nesting (JSON_TOKENER_DEFAULT_DEPTH). */
const MAX_DEPTH = 32;

const TOKEN = /[ \t\r\n]*(?:([[\]{},:])|("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)|(true|false|null|NaN|-?Infinity))/y;

const WORDS = { true: true, false: false, null: null };

/** What a C string keeps of it, as well-formed UTF-8. */
function cstring(text) {
	const string = JSON.parse(text);
	const end = string.indexOf('\0');

	return Buffer.from(end < 0 ? string : string.slice(0, end)).toString();
}

function integer(text) {
	const number = Number(text);

	if (Number.isSafeInteger(number))
		return number === 0 ? 0 : number;

	const big = BigInt(text);

	return big > INT64_MAX ? INT64_MAX : big < INT64_MIN ? INT64_MIN : big;
}

/**
 * Parses JSON text as json-c and blobmsg would type it. Strings end at a NUL.
 * @param {string} text
 * @returns {any}
 * @throws {SyntaxError}
 */
export function parse(text) {
	let position = 0;

	function token() {
		TOKEN.lastIndex = position;
		const match = TOKEN.exec(text);

		if (!match)
			throw new SyntaxError(`Unexpected input at ${position}`);

		position = TOKEN.lastIndex;
		return match;
	}

	function value(match, depth) {
		const [, mark, string, number, fraction, exponent, word] = match;

		if (string !== undefined)
			return cstring(string);

		if (number !== undefined)
			return fraction || exponent ? new Double(Number(number)) : integer(number);

		if (word !== undefined)
			return word in WORDS ? WORDS[word] : new Double(Number(word));

		if (depth >= MAX_DEPTH)
			throw new SyntaxError('Nesting too deep');

		if (mark === '[')
			return list(depth + 1);

		if (mark === '{')
			return table(depth + 1);

		throw new SyntaxError(`Unexpected '${mark}' at ${position}`);
	}

	function list(depth) {
		const result = [];

		for (let match = token(); match[1] !== ']'; match = token()) {
			if (result.length) {
				if (match[1] !== ',')
					throw new SyntaxError(`Expected ',' at ${position}`);

				match = token();
			}

			result.push(value(match, depth));
		}

		return result;
	}

	function table(depth) {
		const result = Object.create(null);
		let first = true;

		for (let match = token(); match[1] !== '}'; match = token()) {
			if (!first) {
				if (match[1] !== ',')
					throw new SyntaxError(`Expected ',' at ${position}`);

				match = token();
			}

			if (match[2] === undefined || token()[1] !== ':')
				throw new SyntaxError(`Expected a member at ${position}`);

			result[cstring(match[2])] = value(token(), depth);
			first = false;
		}

		return result;
	}

	const result = value(token(), 0);

	if (/[^ \t\r\n]/.test(text.slice(position)))
		throw new SyntaxError(`Trailing input at ${position}`);

	return result;
}

function quote(string) {
	/* blobmsg_format_string(): DEL and '/' stay, \f becomes \u000c */
	return `"${string.replace(/[\x00-\x1f"\\]/g, c => {
		switch (c) {
		case '\b': return '\\b';
		case '\n': return '\\n';
		case '\t': return '\\t';
		case '\r': return '\\r';
		case '"': return '\\"';
		case '\\': return '\\\\';
		default: return `\\u00${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
		}
	})}"`;
}

/** printf's %lf; NaN and infinities make invalid JSON there as well. */
function fixed(value) {
	if (Number.isNaN(value))
		return 'nan';

	if (!Number.isFinite(value))
		return value < 0 ? '-inf' : 'inf';

	return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

function write(value, depth, double) {
	switch (typeof value) {
	case 'string': return quote(value);
	case 'boolean':
	case 'bigint': return `${value}`;
	case 'number': return Number.isInteger(value) ? BigInt(value).toString() : double(value);
	case 'object': break;
	default: return 'null';
	}

	if (value === null)
		return 'null';

	if (value instanceof Double)
		return double(value.value);

	const array = Array.isArray(value);
	const indent = level => depth < 0 ? '' : `\n${'\t'.repeat(level)}`;
	const next = depth < 0 ? depth : depth + 1;
	const items = array
		? value.map(item => write(item, next, double))
		: Object.entries(value).filter(([, item]) => item !== undefined)
			.map(([key, item]) => `${quote(key)}:${depth < 0 ? '' : ' '}${write(item, next, double)}`);

	return `${array ? '[' : '{'}${indent(depth + 1)}${items.join(`,${indent(depth + 1)}`)}${indent(depth)}${array ? ']' : '}'}`;
}

/**
 * Formats as blobmsg_format_json() does: doubles with six digits.
 * @param {any} value
 * @param {boolean} [indented] one member a line, as the `ubus` command prints
 * @returns {string}
 */
export function format(value, indented = false) {
	return write(value, indented ? 0 : -1, fixed);
}

/**
 * Formats so that parse() gives the same value back; for the bus.
 * @param {any} value
 * @returns {string}
 */
export function serialize(value) {
	return write(value, -1, number => {
		const text = `${number}`;

		return /^-?\d+$/.test(text) ? `${text}.0` : text;
	});
}

/**
 * Name of the blobmsg type, as `ubus -v list` prints it.
 * @param {any} value
 * @returns {'Null'|'Boolean'|'Integer'|'Integer64'|'Double'|'String'|'Array'|'Table'}
 */
export function typeOf(value) {
	if (value === null || value === undefined)
		return 'Null';

	switch (typeof value) {
	case 'boolean': return 'Boolean';
	case 'string': return 'String';
	case 'bigint': return 'Integer64';
	case 'number':
		if (!Number.isInteger(value))
			return 'Double';

		return value >= -0x80000000 && value <= 0x7fffffff ? 'Integer' : 'Integer64';
	}

	return value instanceof Double ? 'Double' : Array.isArray(value) ? 'Array' : 'Table';
}

/**
 * blobmsg_parse(): takes the named members that have the wanted type, ignores the rest.
 * @param {Record<string, string>} policy name → type as of typeOf()
 * @param {any} message
 * @returns {Record<string, any>}
 */
export function pick(policy, message) {
	const result = Object.create(null);

	for (const [name, type] of Object.entries(policy))
		if (message && Object.hasOwn(message, name) && typeOf(message[name]) === type)
			result[name] = message[name];

	return result;
}
