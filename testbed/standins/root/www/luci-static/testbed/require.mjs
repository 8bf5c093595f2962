// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { dom } from './dom.mjs';
import { poll } from './poll.mjs';
import { request } from './request.mjs';
import { rpc } from './rpc.mjs';
import { ui } from './ui.mjs';
import { View } from './view.mjs';

/** What LuCI has built in, or loads before any view. Everything else is fetched. */
const classes = { baseclass: Base, dom, poll, request, rpc, ui, view: View };

/**
 * Reads the leading string literals of a class file the way luci.js does: comments are
 * skipped, the first literal that is neither `require …` nor `use strict` ends it.
 * @param {string} source
 * @returns {{ name: string, as: string }[]}
 */
export function dependencies(source) {
	const result = [];
	let start = -1, quote = '', comment = '', escaped = false, previous = '';

	for (let index = 0; index < source.length; previous = source[index++]) {
		const c = source[index];

		if (escaped)
			escaped = false;
		else if (comment) {
			if ((comment === '/' && c === '\n') || (comment === '*' && previous === '*' && c === '/'))
				comment = '';
		}
		else if ((c === '*' || c === '/') && previous === '/')
			comment = c;
		else if (c === '\\')
			escaped = true;
		else if (quote && c === quote) {
			const literal = source.slice(start, index);
			const match = /^require[ \t]+(\S+)(?:[ \t]+as[ \t]+([a-zA-Z_]\S*))?$/.exec(literal);

			if (match)
				result.push({ name: match[1], as: match[2] ?? match[1].replace(/[^a-zA-Z0-9_]/g, '_') });
			else if (!/^use[ \t]+strict$/.test(literal))
				break;

			quote = '';
		}
		else if (!quote && (c === '"' || c === '\'')) {
			start = index + 1;
			quote = c;
		}
	}

	return result;
}

/** A browser's globals that no class file sees: luci.js evaluates it where it has classes and a variable of these names. */
const HIDDEN = ['Headers', 'Request', 'Response', 'name'];

async function compile(L, name, from) {
	const url = L.resource(`${name.replaceAll('.', '/')}.js`);
	const reply = await request.get(url, { cache: true });

	if (!reply.ok)
		throw Object.assign(new Error(`HTTP error ${reply.status} while loading class file "${url}"`), { name: 'NetworkError' });

	const source = reply.text();
	const needs = dependencies(source);
	const instances = await Promise.all(needs.map(need => load(L, need.name, from)));
	const parameters = ['window', 'document', 'L', ...needs.map(need => need.as)];
	/* indirect, so that the body sees globals only */
	// eslint-disable-next-line no-eval
	const factory = (0, eval)(`'use strict';\n(function(${HIDDEN.join(', ')}) { return function(${parameters.join(', ')}) { ${source} } })()\n\n//# sourceURL=${reply.url}\n`);
	const Class = factory.call(factory, window, document, L, ...instances);

	if (!Base.isSubclass(Class))
		throw new TypeError(`"${name}" factory yields invalid constructor`);

	return new Class();
}

/**
 * L.require(): loads a class file with what it requires, once, and instantiates it.
 * @param {object} L
 * @param {string} name dotted, below /luci-static/resources
 * @param {string[]} [from] what is being loaded on the way here
 * @returns {Promise<any>}
 */
export function load(L, name, from = []) {
	if (from.includes(name))
		return Promise.reject(Object.assign(new Error(`Circular dependency: class "${name}" depends on "${from.join('" which depends on "')}"`),
			{ name: 'DependencyError' }));

	return Promise.resolve(classes[name] ??= compile(L, name, [name, ...from]));
}
