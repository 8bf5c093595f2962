// SPDX-License-Identifier: Apache-2.0
/** The text of /etc/config/*: what libuci's file.c reads and writes. Strings are bytes. */

export class UciError extends Error {
	/** @param {'Out of memory' | 'Invalid argument' | 'Entry not found' | 'I/O error' | 'Parse error' | 'Duplicate entry'} message uci_errstr */
	constructor(message, reason = '') {
		super(message);
		this.reason = reason;
	}
}

export const NAME = /^[A-Za-z0-9_]+$/;
/** After the word `package`. */
const PACKAGE_NAME = /^[A-Za-z0-9_-]+$/;
/** uci_validate_type and uci_validate_package: printable, no blank */
export const TYPE = /^[!-~]+$/;

/** Splits a line into words as a shell would: quotes, backslashes, comments. */
export class Words {
	constructor(text) {
		this.text = text;
		this.at = 0;
	}

	fail(reason) {
		const line = this.text.slice(0, this.at).split('\n').length;

		throw new UciError('Parse error', `${reason} at line ${line}, byte ${this.at - this.text.lastIndexOf('\n', this.at - 1) - 1}`);
	}

	blank() {
		while (this.at < this.text.length && ' \t\r\v\f'.includes(this.text[this.at]))
			this.at++;
	}

	skipLine() {
		const end = this.text.indexOf('\n', this.at);

		this.at = end < 0 ? this.text.length : end;
	}

	/** A backslash outside single quotes: the character it stands for, '' for a line that goes on. */
	escaped() {
		const m = /^\\(\r?\n|[^]|$)/.exec(this.text.slice(this.at, this.at + 3));

		this.at += m[0].length;

		return m[1].endsWith('\n') ? '' : m[1];
	}

	quoted(quote) {
		let word = '';

		for (this.at++; ;) {
			const c = this.text[this.at];

			if (c === undefined)
				this.fail(`EOF with unterminated ${quote}`);

			if (c === quote) {
				this.at++;

				return word;
			}

			if (c === '\\' && quote === '"') {
				word += this.escaped();
				continue;
			}

			word += c;
			this.at++;
		}
	}

	/** The next word of the line, '' when there is none. */
	next() {
		let word = '';

		this.blank();

		for (;;) {
			const c = this.text[this.at];

			if (c === undefined || ' \t\r\v\f\n;'.includes(c))
				return word;

			if (c === '#') {
				this.skipLine();

				return word;
			}

			if (c === "'" || c === '"')
				word += this.quoted(c);
			else if (c === '\\')
				word += this.escaped();
			else {
				word += c;
				this.at++;
			}
		}
	}

	name(pattern, required = true) {
		const word = this.next();

		if (word === '' && required)
			this.fail('insufficient arguments');
		if (word !== '' && !pattern.test(word))
			this.fail('invalid character in name field');

		return word;
	}

	end() {
		if (this.next() !== '')
			this.fail('too many arguments');
	}
}

/**
 * Reads a file. `into` gets section(type, name or '') and
 * option(name, value, isList), in order.
 * @param {string} text
 */
export function parse(text, into) {
	const words = new Words(text);
	let open = false;

	while (words.at < text.length) {
		words.blank();

		const c = text[words.at];

		if (c === '\n' || c === ';') {
			words.at++;
			continue;
		}

		if (c === undefined)
			break;

		if (c === '#') {
			words.skipLine();
			continue;
		}

		const command = /^[^ \t]*/.exec(text.slice(words.at, words.at + 16))[0];

		words.at += command.length;

		switch (command) {
		case 'p': case 'package':
			words.name(PACKAGE_NAME);
			words.end();
			break;

		case 'c': case 'config': {
			const type = words.next();

			if (!TYPE.test(type))
				words.fail(type === '' ? 'insufficient arguments' : 'invalid character in type field');

			const name = words.name(NAME, false);

			words.end();
			into.section(type, name);
			open = true;
			break;
		}

		case 'o': case 'option': case 'l': case 'list': {
			if (!open)
				words.fail('option/list command found before the first section');

			const name = words.name(NAME);
			const value = words.next();

			words.end();
			into.option(name, value, command[0] === 'l');
			break;
		}

		default:
			words.fail('invalid command');
		}
	}
}

/** A value in single quotes. */
export function quote(value) {
	return `'${value.replaceAll("'", "'\\''")}'`;
}

/** The file of a package: comments are gone, anonymous sections have no name. @param {Iterable<import('./uci-package.mjs').Section>} sections */
export function format(sections) {
	let text = '';

	for (const section of sections) {
		text += `\nconfig ${section.type}${section.anonymous ? '' : ` ${quote(section.name)}`}\n`;

		for (const [ name, value ] of section.options)
			text += Array.isArray(value) ?
				value.map((item) => `\tlist ${name} ${quote(item)}\n`).join('') : `\toption ${name} ${quote(value)}\n`;
	}

	return `${text}\n`;
}
