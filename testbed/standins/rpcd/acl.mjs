// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, typeOf } from '../lib/blob.mjs';
import { fnmatch } from '../lib/fnmatch.mjs';
import { at } from '../lib/paths.mjs';

const UNAUTHENTICATED = 'unauthenticated';

/**
 * Whether a login section gives a permission on an access group.
 * @param {object|null} login section of /etc/config/rpcd; null: nobody is logged in
 * @param {'read'|'write'} permission
 * @param {string} group
 * @returns {boolean}
 */
export function permitted(login, permission, group) {
	if (!login)
		return group === UNAUTHENTICATED;

	const list = Array.isArray(login[permission]) ? login[permission] : [];

	for (const entry of list)
		if (entry.startsWith('!') && fnmatch(entry.slice(1).trimStart(), group))
			return false;

	if (list.some(entry => entry && !entry.startsWith('!') && fnmatch(entry, group)))
		return true;

	return permission === 'read' && permitted(login, 'write', group);
}

/**
 * What a login may do, from /usr/share/rpcd/acl.d.
 * @param {object|null} login section of /etc/config/rpcd; null: nobody is logged in
 * @returns {[scope: string, object: string, method: string][]}
 */
export function grants(login) {
	const directory = at('/usr/share/rpcd/acl.d');
	/** @type {[string, string, string][]} */
	const result = [];

	for (const file of readdirSync(directory).filter(name => name.endsWith('.json')).sort()) {
		let groups;

		try {
			groups = parse(readFileSync(join(directory, file), 'utf8'));
		}
		catch {
			process.stderr.write(`Failed to parse ${file}\n`);
			continue;
		}

		for (const [group, permissions] of Object.entries(groups))
			for (const permission of /** @type {const} */ (['read', 'write'])) {
				const scopes = permissions?.[permission];

				if (typeOf(scopes) !== 'Table' || !permitted(login, permission, group))
					continue;

				for (const [scope, objects] of Object.entries(scopes)) {
					if (Array.isArray(objects))
						result.push(...objects.filter(name => typeof name === 'string').map(name => [scope, name, permission]));
					else
						for (const [object, methods] of Object.entries(objects ?? {}))
							for (const method of Array.isArray(methods) ? methods : [])
								if (typeof method === 'string')
									result.push([scope, object, method]);

					result.push(['access-group', group, permission]);
				}
			}
	}

	return result;
}
