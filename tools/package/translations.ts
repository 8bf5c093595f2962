// SPDX-License-Identifier: Apache-2.0
/** The catalogues' packages, as luci.mk makes them from po/LANGUAGE/*.po. */

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Member } from './contents.js';
import { compile } from './lmo.js';

/** By directory in po/: the code that LuCI uses on the router, and the name in its list of languages. */
const LANGUAGES: Record<string, [code: string, name: string]> = {
	ar: ['ar', 'العربية (Arabic)'],
	de: ['de', 'Deutsch (German)'],
	es: ['es', 'Español (Spanish)'],
	fr: ['fr', 'Français (French)'],
	ja: ['ja', '日本語 (Japanese)'],
	pl: ['pl', 'Polski (Polish)'],
	pt_BR: ['pt-br', 'Português do Brasil (Brazilian Portuguese)'],
	ru: ['ru', 'Русский (Russian)'],
	tr: ['tr', 'Türkçe (Turkish)'],
	uk: ['uk', 'Українська (Ukrainian)'],
	zh_Hans: ['zh-cn', '简体中文 (Simplified Chinese)'],
	zh_Hant: ['zh-tw', '正體中文 (Traditional Chinese)'],
};

export interface Translation {
	/** As in the package's name: `pt-br`. */
	code: string;
	/** As LuCI lists it: `Português do Brasil (Brazilian Portuguese)`. */
	name: string;
	members: Member[];
}

/**
 * Compiles every catalogue in `directory`, a directory for each language.
 * @param app the app's name without `luci-app-`
 * @throws Error when a language's name is not known, or a catalogue cannot be read
 */
export async function translationsIn(directory: string, app: string): Promise<Translation[]> {
	const found: Translation[] = [];

	for (const language of (await readdir(directory)).filter((name) => name !== 'templates').sort()) {
		const [code, name] = LANGUAGES[language] ?? [];
		if (!code || !name)
			throw new Error(`${join(directory, language)}: no name is known for this language`);

		const members: Member[] = [{
			path: `/etc/uci-defaults/luci-i18n-${app}-${code}`,
			mode: 0o644,
			data: Buffer.from(`uci set luci.languages.${code.replaceAll('-', '_')}='${name}'; uci commit luci\n`),
		}];
		for (const file of (await readdir(join(directory, language))).filter((entry) => entry.endsWith('.po')).sort()) {
			const data = compile(await readFile(join(directory, language, file), 'utf8'));
			if (data)
				members.push({ path: `/usr/lib/lua/luci/i18n/${basename(file, '.po')}.${code}.lmo`, mode: 0o644, data });
		}
		found.push({ code, name, members });
	}
	return found;
}
