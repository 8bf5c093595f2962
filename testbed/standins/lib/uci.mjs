// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { at } from './paths.mjs';

/**
 * The sections of a committed package.
 * @param {string} name
 * @param {string} [type] only of this type
 * @returns {Record<string, any>[]} options by name, plus `.name`, `.type`, `.anonymous`
 */
export function sections(name, type) {
	const result = [];
	for (const line of readFileSync(at(`/etc/config/${name}`), 'utf8').split('\n')) {
		const w = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(m => m[1] ?? m[2] ?? m[3]);
		const s = result.at(-1);
		if (w[0] === 'config') result.push({ '.type': w[1], '.name': w[2] ?? `cfg${result.length}`, '.anonymous': !w[2] });
		if (w[0] === 'option') s[w[1]] = w[2];
		if (w[0] === 'list') (s[w[1]] ??= []).push(w[2]);
	}
	return type ? result.filter(s => s['.type'] === type) : result;
}
