// SPDX-License-Identifier: Apache-2.0
/** LuCI's languages: which one a request gets, and its catalogues. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';

/**
 * The language of a page: `luci.main.lang`, or with `auto` the first of the
 * browser's that is listed in the section `luci.languages`.
 * @param {string|undefined} accepted the header Accept-Language
 * @returns {string} as in the names of catalogues: `de`, `zh-cn`
 */
export function languageOf(accepted = '') {
	const luci = Object.fromEntries(sections('luci').map(section => [section['.name'], section]));
	const chosen = luci.main?.lang ?? 'auto';

	if (chosen !== 'auto')
		return chosen.replace('_', '-');

	for (const tag of accepted.split(',')) {
		const [language, country] = tag.split(';')[0].trim().split('-');

		for (const name of country ? [`${language}_${country.toLowerCase()}`, language] : [language])
			if (luci.languages?.[name])
				return name.replace('_', '-');
	}

	return 'en';
}

/**
 * What LuCI's browser side gets as `window.TR`: the texts of all catalogues of
 * a language by the hash of what they translate, eight hexadecimal digits.
 * @param {string} language
 * @returns {Record<string, string>}
 */
export function translations(language) {
	const directory = at('/usr/lib/lua/luci/i18n');
	/** @type {Record<string, string>} */
	const texts = {};

	for (const name of existsSync(directory) ? readdirSync(directory).sort() : []) {
		if (!name.endsWith(`.${language}.lmo`))
			continue;

		/* texts, then an index of { hash, number of plural forms, offset, length }, then the index's offset */
		const data = readFileSync(join(directory, name));

		for (let entry = data.readUInt32BE(data.length - 4); entry < data.length - 4; entry += 16) {
			const [key, , offset, length] = [0, 4, 8, 12].map(at => data.readUInt32BE(entry + at));

			texts[key.toString(16).padStart(8, '0')] = data.toString('utf8', offset, offset + length);
		}
	}

	return texts;
}
