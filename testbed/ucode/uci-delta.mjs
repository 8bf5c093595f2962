// SPDX-License-Identifier: Apache-2.0
/** Uncommitted changes: the lines of /tmp/.uci/<package> (libuci's delta.c). */
import { NAME, TYPE, UciError, Words, quote } from './uci-format.mjs';

/** First character of a line → operation, as changes() names it; none: 'set'. */
const OPERATIONS = { '+': 'add', '-': 'remove', '@': 'rename', '^': 'order', '|': 'list-add', '~': 'list-del' };
const CHARACTERS = Object.fromEntries(Object.entries(OPERATIONS).map(([ c, operation ]) => [ operation, c ]));

/** @typedef {{ operation: string, section: string, option: string | null, value: string | null }} Change */

// uci_validate_text: no control characters but tab and line ends
const TEXT = /^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$/;

/**
 * package[.section[.option]][=value] → its parts, null where absent (uci_parse_ptr).
 * @param {string} text
 */
export function parseAddress(text) {
	const equals = text.indexOf('=');
	const value = equals < 0 ? null : text.slice(equals + 1);
	const [ name, section = null, option = null, more ] = (equals < 0 ? text : text.slice(0, equals)).split('.');

	if (more !== undefined || !TYPE.test(name) || (option !== null && !NAME.test(option)) || (value !== null && !TEXT.test(value)))
		throw new UciError('Parse error');

	return { package: name, section, option, value };
}

function parseLine(words) {
	const word = words.next();

	words.end();

	const operation = OPERATIONS[word[0]] ?? 'set';
	const address = parseAddress(operation === 'set' ? word : word.slice(1));
	const { section, option, value } = address;

	if (!section || !NAME.test(section) || (operation !== 'remove' && value === null) ||
	    (operation === 'order' && option !== null) || (operation === 'rename' && !NAME.test(value)) ||
	    (operation.startsWith('list') && option === null))
		throw new UciError('Invalid argument');

	return { package: address.package, change: { operation, section, option, value } };
}

/**
 * The changes of a delta file that parse and belong to `name`; others are left out, as libuci does.
 * @param {string} text @param {string} name
 * @returns {Change[]}
 */
export function parseDeltas(text, name) {
	const words = new Words(text);
	const changes = [];

	while (words.at < text.length) {
		if (text[words.at] === '\n') {
			words.at++;
			continue;
		}

		try {
			const line = parseLine(words);

			if (line.package === name)
				changes.push(line.change);
		}
		catch (e) {
			if (!(e instanceof UciError))
				throw e;
		}

		words.skipLine();
	}

	return changes;
}

/** One line of a delta file. @param {string} name @param {Change} change */
export function formatDelta(name, { operation, section, option, value }) {
	const target = `${CHARACTERS[operation] ?? ''}${name}.${section}${option === null ? '' : `.${option}`}`;

	return operation === 'remove' && value === null ? `${target}\n` : `${target}=${quote(value)}\n`;
}
