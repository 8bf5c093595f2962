// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';

/**
 * @typedef {object} Node
 * @property {string} [title]
 * @property {number} [order]
 * @property {{ type: string, path?: string }} [action]
 * @property {{ acl?: string[], fs?: object, uci?: object }} [depends]
 * @property {boolean} satisfied
 * @property {boolean} [readonly]
 * @property {Record<string, Node>} children
 */

function fileDepends(spec) {
	return Object.entries(spec).every(([path, kind]) => kind !== 'absent' && kind !== false ? existsSync(at(path)) : !existsSync(at(path)));
}

/** `{ "firewall": true }`, `{ "firewall": { "@defaults": true } }`; options are not looked at. */
function uciDepends(spec) {
	return Object.entries(spec).every(([name, wanted]) => existsSync(at(`/etc/config/${name}`)) &&
		(typeof wanted !== 'object' || Object.keys(wanted).every(section => section.startsWith('@')
			? sections(name, section.slice(1)).length > 0
			: sections(name).some(found => found['.name'] === section))));
}

function satisfied({ depends }) {
	const any = (spec, check) => !spec || [spec].flat().some(check);

	return any(depends?.fs, fileDepends) && any(depends?.uci, uciDepends);
}

/**
 * LuCI's menu tree, from /usr/share/luci/menu.d.
 * @returns {Node} the root
 */
export function menu() {
	/** @type {Node} */
	const root = { satisfied: true, children: {} };
	const directory = at('/usr/share/luci/menu.d');

	for (const file of readdirSync(directory).filter(name => name.endsWith('.json')).sort())
		for (const [path, spec] of Object.entries(JSON.parse(readFileSync(join(directory, file), 'utf8')))) {
			let node = root;

			for (const part of path.split('/'))
				node = node.children[part] ??= { satisfied: true, children: {} };

			Object.assign(node, spec, { satisfied: satisfied(spec) });
		}

	return root;
}

/**
 * What a session may do with a page.
 * @param {string[]} groups access groups the page depends on
 * @param {Record<string, string[]>} access groups of the session with their permissions
 * @returns {boolean|null} null: nothing; false: read only
 */
export function permission(groups, access) {
	if (!groups.length)
		return true;

	if (groups.some(group => !access[group]?.length))
		return null;

	return groups.some(group => access[group].includes('write'));
}

/**
 * Follows a path; stops at a `firstchild` and takes its first page that the session may see.
 * @param {Node} root
 * @param {string[]} path
 * @param {Record<string, string[]>} access
 * @returns {{ node: Node, path: string[], permission: boolean|null } | null} null: no such page
 */
export function resolve(root, path, access) {
	/** @type {string[]} */
	const groups = [];
	let node = root;

	for (const part of path) {
		node = node.children[part];

		if (!node?.satisfied)
			return null;

		groups.push(...node.depends?.acl ?? []);
	}

	if (node.action?.type !== 'firstchild' && node !== root)
		return node.action ? { node, path, permission: permission(groups, access) } : null;

	const children = Object.entries(node.children)
		.filter(([, child]) => child.title && child.satisfied)
		.sort(([, a], [, b]) => (a.order ?? 9999) - (b.order ?? 9999));

	for (const [name] of children) {
		const found = resolve(root, [...path, name], access);

		if (found && found.permission !== null)
			return found;
	}

	return null;
}
