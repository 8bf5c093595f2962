// SPDX-License-Identifier: Apache-2.0
/**
 * ucode source → acorn's tree. acorn reads JavaScript; where it is laxer than
 * ucode (missing semicolons, trailing commas in calls, JavaScript's keywords)
 * rewrite.mjs refuses the tree.
 */
import { Parser } from 'acorn';
import { parseNumber } from './numbers.mjs';
import { syntaxError } from './source.mjs';
import { Refusal, Regexp, UcodeError, toBytes } from './values.mjs';
import { check } from './regexp.mjs';

// acorn's strict mode forbids 0755 and names that ucode allows
const UcodeParser = Parser.extend((Base) => class extends Base {
	strictDirective() {
		return false;
	}
});

/**
 * @param {string} source bytes
 * @param {string} filename
 * @returns {{ program: import('acorn').Program, inserted: Set<number>, trailing: Set<number> }}
 * `inserted`: where acorn put a semicolon; `trailing`: where a list ends with a comma.
 */
export function parse(source, filename) {
	const inserted = new Set(), trailing = new Set();

	try {
		const program = UcodeParser.parse(source, {
			ecmaVersion: 'latest',
			sourceType: 'script',
			allowImportExportEverywhere: true,
			allowReturnOutsideFunction: true,
			allowHashBang: true,
			onInsertedSemicolon: (at) => inserted.add(at),
			onTrailingComma: (at) => trailing.add(at)
		});

		return { program, inserted, trailing };
	}
	catch (e) {
		if (e instanceof SyntaxError)
			throw syntaxError(e.message.replace(/ \([0-9]+:[0-9]+\)$/, ''), source, e.pos ?? 0, filename);

		throw e;
	}
}

const SIMPLE = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([^]))/g;

/** The text between quotes → its bytes, by ucode's escapes (parse_escape). */
export function unescape(raw) {
	let lead = 0;

	return raw.replace(ESCAPE, (_, unicode, hex, octal, other) => {
		if (hex)
			return String.fromCharCode(parseInt(hex, 16));
		if (octal) {
			if (parseInt(octal, 8) > 255)
				throw new UcodeError('Syntax error', 'Invalid escape sequence');

			return String.fromCharCode(parseInt(octal, 8));
		}
		if (!unicode) {
			if (other === 'u' || other === 'x')
				throw new UcodeError('Syntax error', 'Invalid escape sequence');

			return SIMPLE[other] ?? other;
		}

		const code = parseInt(unicode, 16);

		if ((code & 0xfc00) === 0xd800) {
			lead = code;

			return '';
		}

		if ((code & 0xfc00) !== 0xdc00)
			return toBytes(String.fromCharCode(code));

		const pair = lead ? String.fromCharCode(lead, code) : '\ufffd';

		lead = 0;

		return toBytes(pair);
	});
}

const MACROS = {
	d: '[[:digit:]]', D: '[^[:digit:]]', w: '[[:alnum:]_]', W: '[^[:alnum:]_]', s: '[[:space:]]', S: '[^[:space:]]'
};

/** A regular expression as written between slashes → Regexp (parse_string with kind '/'). */
export function regexpLiteral(pattern, flags) {
	if (/[^gis]/.test(flags))
		throw new Refusal(`flags of /${pattern}/${flags}: ucode has g, i and s`);

	let source = '', set = false;

	for (let i = 0; i < pattern.length; i++) {
		const c = pattern[i];

		if (c === '\\') {
			const next = pattern[++i];

			if (/[ux0-7]/.test(next)) {
				const whole = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3})/.exec(pattern.slice(i - 1));

				source += unescape(whole?.[0] ?? `\\${next}`);
				i += (whole?.[0].length ?? 2) - 2;
			}
			else if (set ? next === '^' : '^bBdDsSwW<>.[$()|*+?{\\'.includes(next)) {
				source += set ? `\\${next}` : MACROS[next] ?? `\\${next}`;
			}
			else {
				source += SIMPLE[next] ?? next;
			}

			continue;
		}

		source += c;

		if (!set && c === '[') {
			set = true;

			for (const lead of [ '^', ']' ])
				if (pattern[i + 1] === lead)
					source += pattern[++i];
		}
		else if (set && c === '[' && /[:.=]/.test(pattern[i + 1] ?? '')) {
			const end = pattern.indexOf(`${pattern[i + 1]}]`, i + 2);

			source += pattern.slice(i + 1, end + 2);
			i = end + 1;
		}
		else if (set && c === ']') {
			set = false;
		}
	}

	return check(new Regexp(source, flags));
}

/** A number as written → its value. */
export function numberLiteral(raw) {
	const value = /^[0-9][0-9a-fA-Fxob.eE+-]*$/.test(raw) ? parseNumber(raw, true) : null;

	if (value == null)
		throw new Refusal(`number ${raw}: ucode does not read it`);

	return value;
}
