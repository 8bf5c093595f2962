// SPDX-License-Identifier: Apache-2.0
/**
 * POSIX extended regular expressions on JavaScript's engine.
 *
 * What the two do differently is compared at run time and refused: branches of
 * an alternation (POSIX takes the longest match, JavaScript the first branch),
 * and newlines (ucode before 25.12 reads the `s` flag the other way round).
 */
import { Refusal, UcodeError, refuse } from './values.mjs';

const CLASSES = {
	alpha: 'a-zA-Z', digit: '0-9', alnum: 'a-zA-Z0-9', upper: 'A-Z', lower: 'a-z',
	space: ' \\t\\n\\v\\f\\r', blank: ' \\t', punct: '!-\\/:-@\\[-`{-~', print: ' -~', graph: '!-~',
	cntrl: '\\x00-\\x1f\\x7f', xdigit: '0-9A-Fa-f'
};

const ESCAPES = {
	b: '\\b', B: '\\B', w: '[a-zA-Z0-9_]', W: '[^a-zA-Z0-9_]', s: '[ \\t\\n\\v\\f\\r]', S: '[^ \\t\\n\\v\\f\\r]',
	'<': '\\b(?=\\w)', '>': '\\b(?<=\\w)'
};

function literal(c) {
	return /[a-zA-Z0-9_]/.test(c) ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

class Translator {
	constructor(source) {
		this.source = source;
		this.at = 0;
		this.alternates = false;
		/** Whether a newline in the subject can make a difference. */
		this.sensitive = false;
	}

	bad(what) {
		throw new UcodeError('Syntax error', what);
	}

	/** A bracket expression, after its '['. */
	bracket() {
		const { source } = this;
		let set = '', negated = false, first = true;

		if (source[this.at] === '^') {
			negated = true;
			this.at++;
		}

		for (;; first = false) {
			const c = source[this.at];

			if (c === undefined)
				this.bad('Unmatched [, [^, [:, [., or [=');

			this.at++;

			if (c === ']' && !first)
				break;

			if (c === '[' && /[.=:]/.test(source[this.at] ?? '')) {
				const named = /^:([a-z]+):\]/.exec(source.slice(this.at));

				if (!named || !(named[1] in CLASSES))
					refuse(`bracket expression in /${source}/`);

				set += CLASSES[named[1]];
				this.at += named[0].length;
			}
			else if (c === '-' && !first && source[this.at] !== ']' && !set.endsWith('-')) {
				set += '-';
			}
			else {
				set += literal(c);
			}
		}

		this.sensitive ||= negated;

		return { negated, set };
	}

	/** One branch list up to ')' or the end: a tree of nodes. */
	branches(depth) {
		const list = [ [] ];

		for (;;) {
			const c = this.source[this.at];

			if (c === undefined || (c === ')' && depth > 0))
				break;

			this.at++;

			if (c === '|')
				list.push([]);
			else
				list.at(-1).push(this.piece(c, depth, list.at(-1)));
		}

		this.alternates ||= list.length > 1;

		return list;
	}

	piece(c, depth, branch) {
		const { source } = this;

		switch (c) {
		case '.':
			this.sensitive = true;

			return { any: true };

		case '^': case '$':
			this.sensitive = true;

			return { anchor: c };

		case '[':
			return this.bracket();

		case '(': {
			if (source[this.at] === '?')
				refuse(`(? in /${source}/: no POSIX expression`);

			const group = this.branches(depth + 1);

			if (source[this.at++] !== ')')
				this.bad('Unmatched ( or \\(');

			return { group };
		}

		case '*': case '+': case '?':
			return this.quantifier(c, branch);

		case '{': {
			const interval = /^[0-9]+(?:,[0-9]*)?\}/.exec(source.slice(this.at));

			if (!interval)
				refuse(`{ in /${source}/: write \\{`);

			this.at += interval[0].length;

			return this.quantifier(`{${interval[0]}`, branch);
		}

		case '\\': {
			const e = source[this.at++];

			if (e === undefined)
				this.bad('Trailing backslash');
			if (e in ESCAPES)
				return { text: ESCAPES[e] };
			if (/[a-zA-Z0-9]/.test(e))
				refuse(`\\${e} in /${source}/`);

			return { text: literal(e) };
		}
		}

		return { text: literal(c) };
	}

	quantifier(text, branch) {
		const last = branch.at(-1);

		if (!last || last.anchor || last.quantifier)
			refuse(`${text} after nothing, an anchor or another quantifier in /${this.source}/`);

		return { quantifier: text };
	}
}

/** The tree as a JavaScript expression. */
function write(branches, { newline, notbol, reversed }) {
	const node = (n) => {
		if (n.any)
			return newline ? '[^\\n]' : '[^]';
		if (n.anchor === '^')
			return newline ? (notbol ? '(?<=\\n)' : '(?<![^\\n])') : notbol ? '(?!)' : '^';
		if (n.anchor === '$')
			return newline ? '(?![^\\n])' : '$';
		if (n.group)
			return `(${write(n.group, { newline, notbol, reversed })})`;
		if (n.set !== undefined)
			return n.negated ? `[^${n.set}${newline ? '\\n' : ''}]` : `[${n.set}]`;

		return n.quantifier ?? n.text;
	};
	const written = branches.map((branch) => branch.map(node).join(''));

	return (reversed ? written.reverse() : written).join('|');
}

/** Compiled forms of one Regexp. */
class Matchers {
	constructor(regexp) {
		const translator = new Translator(regexp.source);

		this.tree = translator.branches(0);
		this.alternates = translator.alternates;
		this.sensitive = translator.sensitive;
		this.flags = regexp.icase ? 'i' : '';
		this.forms = new Map();
	}

	form(newline, notbol, reversed) {
		const id = (newline ? 4 : 0) + (notbol ? 2 : 0) + (reversed ? 1 : 0);
		let form = this.forms.get(id);

		if (!form) {
			form = new RegExp(write(this.tree, { newline, notbol, reversed }), this.flags);
			this.forms.set(id, form);
		}

		return form;
	}
}

const compiled = new WeakMap();

function matchers(regexp) {
	let found = compiled.get(regexp);

	if (!found) {
		found = new Matchers(regexp);
		compiled.set(regexp, found);
	}

	return found;
}

/** Parses the expression now, so that a bad one fails where it is written. */
export function check(regexp) {
	matchers(regexp);

	return regexp;
}

function differs(a, b) {
	return (a === null) !== (b === null) || (a !== null && (a.index !== b.index || a[0] !== b[0]));
}

/**
 * regexec(): JavaScript's match array with `index`, unmatched groups
 * undefined; or null. `notbol`: the subject's start is no line's start.
 */
export function exec(regexp, subject, notbol = false) {
	const m = matchers(regexp);
	const newlines = m.sensitive && subject.includes('\n');
	const found = m.form(false, notbol, false).exec(subject);

	if (newlines && differs(found, m.form(true, notbol, false).exec(subject)))
		throw new Refusal(`/${regexp.source}/ on text with newlines: ucode's releases find different things ` +
			'(the flag s has changed its meaning); split into lines first');

	if (m.alternates && differs(found, m.form(false, notbol, true).exec(subject)))
		throw new Refusal(`/${regexp.source}/: the longest match depends on the order of its branches`);

	if (subject.includes('\0'))
		throw new Refusal('a regular expression on text with a zero byte: C stops there');

	return found;
}
