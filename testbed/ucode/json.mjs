// SPDX-License-Identifier: Apache-2.0
/** json(): JSON on bytes as json-c's tokener reads it, trailing commas, comments and single quotes included. */
import { integer } from './numbers.mjs';
import { Double, Obj, UcodeError, mark, toBytes } from './values.mjs';

const DEPTH = 32;
const SPACE = /(?:[ \t\n\v\f\r]+|\/\*[^]*?\*\/|\/\/[^\n]*)*/y;
const NUMBER = /-?[0-9]+(\.[0-9]*)?(?:[eE][+-]?[0-9]*)?/y;
const WORDS = [ [ 'null', null ], [ 'true', true ], [ 'false', false ], [ 'NaN', NaN ], [ 'Infinity', Infinity ], [ '-Infinity', -Infinity ] ];
const ESCAPES = { '"': '"', "'": "'", '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Reader {
	constructor(text) {
		this.text = text;
		this.at = 0;
	}

	fail(what) {
		throw new UcodeError('Syntax error', `Failed to parse JSON string: ${this.at >= this.text.length ? 'unexpected end of data' : what}`);
	}

	skip() {
		SPACE.lastIndex = this.at;
		SPACE.test(this.text);
		this.at = SPACE.lastIndex;

		return this.text[this.at];
	}

	value(depth) {
		if (depth >= DEPTH)
			this.fail('nesting too deep');

		const c = this.skip();

		switch (c) {
		case '[': return this.array(depth);
		case '{': return this.object(depth);
		case '"': case "'": return this.string(c);
		}

		return this.number() ?? this.word();
	}

	number() {
		NUMBER.lastIndex = this.at;

		const m = NUMBER.exec(this.text);

		if (!m)
			return null;

		this.at = NUMBER.lastIndex;

		if (m[1] !== undefined || /[eE]/.test(m[0]))
			return new Double(Number(m[0].replace(/[eE][+-]?$/, '')));

		const value = BigInt(m[0]);

		return integer(value > 2n ** 64n - 1n ? 2n ** 64n - 1n : value < -(2n ** 63n) ? -(2n ** 63n) : value);
	}

	word() {
		for (const [ word, value ] of WORDS) {
			const found = this.text.slice(this.at, this.at + word.length);

			if (found.toLowerCase() !== word.toLowerCase())
				continue;

			this.at += word.length;

			return typeof value === 'number' ? new Double(value) : value;
		}

		// the letter a word goes wrong at tells json-c what it expected
		const rest = this.text.slice(this.at).toLowerCase();
		const begun = WORDS.find(([ word ]) => word.toLowerCase().startsWith(rest) || (word[0].toLowerCase() === rest[0] && typeof word !== 'number'));

		if (begun && begun[0].toLowerCase().startsWith(rest))
			this.at = this.text.length;

		return this.fail(!begun ? 'unexpected character' : typeof begun[1] === 'boolean' ? 'boolean expected' : 'null expected');
	}

	string(quote) {
		let result = '', lead = 0;

		for (this.at++; ; this.at++) {
			const c = this.text[this.at];

			if (c === undefined)
				this.fail('');

			if (c !== '\\') {
				result += (lead ? toBytes('\ufffd') : '') + (c === quote ? '' : c);
				lead = 0;

				if (c === quote)
					break;

				continue;
			}

			const e = this.text[++this.at];

			if (e !== 'u') {
				if (!(e in ESCAPES))
					this.fail('invalid string sequence');

				result += (lead ? toBytes('\ufffd') : '') + ESCAPES[e];
				lead = 0;
				continue;
			}

			const digits = this.text.slice(this.at + 1, this.at + 5);

			if (!/^[0-9a-fA-F]{4}$/.test(digits))
				this.fail('invalid string sequence');

			const code = parseInt(digits, 16);

			this.at += 4;

			if ((code & 0xfc00) === 0xdc00 && lead) {
				result += toBytes(String.fromCharCode(lead, code));
				lead = 0;
				continue;
			}

			result += lead ? toBytes('\ufffd') : '';
			lead = (code & 0xfc00) === 0xd800 ? code : 0;
			result += lead ? '' : toBytes((code & 0xfc00) === 0xdc00 ? '\ufffd' : String.fromCharCode(code));
		}

		this.at++;

		return result;
	}

	array(depth) {
		const items = [];

		for (this.at++; ;) {
			if (this.skip() === ']')
				break;

			items.push(this.value(depth + 1));

			const c = this.skip();

			if (c !== ',' && c !== ']')
				this.fail("array value separator ',' expected");
			if (c === ',')
				this.at++;
		}

		this.at++;

		return items;
	}

	object(depth) {
		const object = new Obj();

		for (this.at++; ;) {
			const quote = this.skip();

			if (quote === '}')
				break;
			if (quote !== '"' && quote !== "'")
				this.fail('quoted object property name expected');

			const key = this.string(quote);

			if (this.skip() !== ':')
				this.fail("object property name separator ':' expected");

			this.at++;
			object[mark(key)] = this.value(depth + 1);

			const c = this.skip();

			if (c !== ',' && c !== '}')
				this.fail("object value separator ',' expected");
			if (c === ',')
				this.at++;
		}

		this.at++;

		return object;
	}
}

/** @param {string} text bytes @returns ucode value; throws ucode's Syntax error */
export function parseJson(text) {
	const reader = new Reader(text);
	const value = reader.value(0);

	if (/[^ \t\n\v\f\r]/.test(text.slice(reader.at)))
		throw new UcodeError('Syntax error', 'Trailing garbage after JSON data');

	return value;
}
