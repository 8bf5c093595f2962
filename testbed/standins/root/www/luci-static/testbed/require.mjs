// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { dependencies } from './dependencies.mjs';
import { dom } from './dom.mjs';
import { poll } from './poll.mjs';
import { request } from './request.mjs';
import { rpc } from './rpc.mjs';
import { ui } from './ui.mjs';
import { View } from './view.mjs';

/** What LuCI has built in, or loads before any view. Everything else is fetched. */
const classes = { baseclass: Base, dom, poll, request, rpc, ui, view: View };

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
