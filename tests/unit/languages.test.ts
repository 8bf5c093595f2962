// SPDX-License-Identifier: Apache-2.0
/**
 * Every catalogue against the texts of the sources. What it says is checked
 * always; that it says everything, and nothing else, before a release (`make
 * test-all`): who adds a text cannot be asked to know twelve languages.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hash as browserHash } from '../../testbed/standins/root/www/luci-static/testbed/translate.mjs';
import type { Message } from '../../tools/package/lmo.ts';
import { hash, messagesOf } from '../../tools/package/lmo.ts';
import { template } from '../../web/build/pot.ts';

const PO = fileURLToPath(new URL('../../luci-app-nft-offload/po', import.meta.url));

/** The plural forms of LuCI's own catalogues: all catalogues of a language share one formula in the browser. */
const slavic = (n: number): number => (n % 10 === 1 && n % 100 !== 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2);
const LUCI: Record<string, (n: number) => number> = {
	ar: (n) => (n === 0 ? 0 : n === 1 ? 1 : n === 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5),
	de: (n) => +(n !== 1),
	es: (n) => +(n !== 1),
	fr: (n) => +(n > 1),
	ja: () => 0,
	pl: (n) => (n === 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2),
	pt_BR: (n) => +(n > 1),
	ru: slavic,
	tr: () => 0,
	uk: slavic,
	zh_Hans: () => 0,
	zh_Hant: () => 0,
};
const NUMBERS = [...Array(1000).keys()];

const name = ({ msgctxt, msgid }: Message): string => (msgctxt ? `${msgctxt}: ${msgid}` : msgid ?? '');
/** In the order in which LuCI fills them; it knows no `%1$s`. */
const placeholders = (text: string): string[] => text.match(/%[^\s%]*?[a-zA-Z%]/g) ?? [];
const ends = (text: string): string => `${/^\s*/.exec(text)![0]}|${/\s*$/.exec(text)![0]}`;

const wanted = messagesOf(template()).filter(({ msgid }) => msgid);
/** Texts that no translator has seen yet are a fault. */
const COMPLETE = process.env.EVERYTHING === '1';

it('every language that is promised has a catalogue', () => {
	expect(readdirSync(PO).filter((entry) => entry !== 'templates').sort()).toEqual(Object.keys(LUCI).sort());
});

describe.each(Object.keys(LUCI))('%s', (language) => {
	const text = readFileSync(join(PO, language, 'nft-offload.po'), 'utf8');
	const [header, ...messages] = messagesOf(text);
	const byName = new Map(messages.map((message) => [name(message), message]));
	const used = new Set(NUMBERS.map(LUCI[language]!));

	it('has every message of the template once, and no other', () => {
		const has = messages.map(name), wants = wanted.map(name);
		expect(new Set(has).size).toBe(has.length);
		const missing = wants.filter((one) => !has.includes(one)), superfluous = has.filter((one) => !wants.includes(one));
		if (COMPLETE)
			expect({ missing, superfluous }).toEqual({ missing: [], superfluous: [] });
		else if (missing.length || superfluous.length)
			console.warn(`${language}: ${missing.length} texts wait for a translator, ${superfluous.length} are no longer used`);
		for (const message of wanted.filter((one) => has.includes(name(one))))
			expect(byName.get(name(message))?.msgid_plural, name(message)).toBe(message.msgid_plural);
	});

	it('has nothing fuzzy and nothing obsolete', () => {
		expect(text).not.toMatch(/^#,.*\bfuzzy\b|^#~/m);
	});

	it('has LuCI\'s own plural forms', () => {
		const [, count, formula] = /nplurals=(\d); *plural=(.*?);/.exec(header?.msgstr.join('') ?? '') ?? [];
		expect(Number(count)).toBe(used.size);
		// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what LuCI does
		const plural = new Function('n', `return +(${formula})`) as (n: number) => number;
		expect(NUMBERS.filter((n) => plural(n) !== LUCI[language]!(n))).toEqual([]);
	});

	it.each(wanted.filter((message) => COMPLETE || byName.has(name(message))).map((message) => [name(message), message] as const))('%s', (key, { msgid = '', msgid_plural }) => {
		const { msgstr } = byName.get(key) ?? { msgstr: [] };
		expect(msgstr).toHaveLength(msgid_plural ? used.size : 1);
		for (const [form, translated] of msgstr.entries()) {
			expect(translated.trim()).not.toBe('');
			expect(ends(translated)).toBe(ends(msgid));
			/* "one minute", "two minutes": a form for a single number may say it in words */
			const single = msgid_plural !== undefined && NUMBERS.filter((n) => LUCI[language]!(n) === form).length === 1;
			if (!single || placeholders(translated).length)
				expect(placeholders(translated)).toEqual(placeholders(msgid_plural ?? msgid));
		}
	});
});

it('a browser finds what a catalogue was compiled from', () => {
	for (const { msgid = '', msgctxt, msgid_plural } of wanted) {
		const key = (msgctxt ? `${msgctxt}\x01` : '') + msgid + (msgid_plural ? '\x020' : '');
		for (const end of ['', 'a', 'é', '…'])
			expect(browserHash(key + end)).toBe(hash(key + end).toString(16).padStart(8, '0'));
	}
});
