// SPDX-License-Identifier: Apache-2.0
/** The page in languages with other letters, longer words, and another direction: nothing clipped, nothing English. */

import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { messagesOf } from '../../tools/package/lmo.ts';
import { template } from '../../web/build/pot.ts';
import type { Scene } from '../unit/fixtures/scenes.ts';
import { SCENES } from '../unit/fixtures/scenes.ts';
import { CONFLICTS, COVERAGE, GROUPS } from '../unit/fixtures/surveys.ts';
import { clipped } from './clipped.ts';
import type { Language } from './preview.ts';
import { catalogue, LOCALES, openPreview, showScene, test } from './preview.ts';

const WIDTHS = [360, 1280];
/** Between them they show every part of the page. */
const SHOWN: Scene[] = ['hardware', 'slowIn', 'moduleMissing', 'foreign', 'applying', 'trial', 'refused', 'lost'];

/** The texts that a person sees or hears, a line each; the router's own words and threads' names aside. */
function words(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const root = document.querySelector('.nfo')!;
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode())
			if (text.textContent?.trim() && !text.parentElement!.closest('style, pre, code, [target], span[dir], strong[dir], b[dir]'))
				found.push(text.textContent.trim());
		return [...found, ...[...root.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')!)];
	});
}

/** Without the marks that only turn a text's direction. */
const bare = (text: string): string => text.replace(/[\u200e\u200f\u2066-\u2069]/g, '');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Recognises a text as this English one, wherever it stands with more than one word; placeholders stand for anything. */
function english(text: string): RegExp {
	const pattern = escaped(text).replaceAll('%%', '%').replace(/%[sd]/g, '.+?');
	return / /.test(text) ? new RegExp(`(^|[^\\p{L}])${pattern}($|[^\\p{L}])`, 'u') : new RegExp(`^\\(?${pattern}\\)?:?$`, 'u');
}

for (const language of Object.keys(LOCALES) as Language[])
	test(`${language}: the page fits and is translated`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview, language);
		const entries = catalogue(language);
		const same = new Set(entries.flatMap(({ english: texts, translated }) => texts.filter((text) => translated.map(bare).includes(text))));
		const untranslated = entries.flatMap((entry) => entry.english).filter((text) => !same.has(text)).map((text) => [text, english(text)] as const);
		/* a text that is new may wait for its translator until `make test-all` */
		const waiting = process.env.EVERYTHING ? [] : messagesOf(template()).map(({ msgid = '' }) => msgid).filter((text) => text && !entries.some((entry) => entry.english.includes(text)));
		const waits = (shown: string): boolean => waiting.some((text) => english(text).test(shown));
		const latin = new Set([...entries.flatMap(({ translated }) => translated), ...waiting].join(' ').match(/[a-zA-Z]{3,}/g));

		await expect(page.locator('html')).toHaveAttribute('lang', LOCALES[language].toLowerCase());
		await expect(page.locator('.nfo')).toHaveCSS('direction', language === 'ar' ? 'rtl' : 'ltr');
		const seen = new Set<string>();
		for (const scene of SHOWN) {
			await showScene(page, scene);
			const shown = await words(page);
			expect(shown.length, scene).toBeGreaterThan(30);
			for (const text of shown.filter((one) => !seen.has(one) && !waits(one)))
				expect.soft(untranslated.filter(([, pattern]) => pattern.test(text)).map(([message]) => message), `${scene}: “${text}”`).toEqual([]);
			if (language !== 'de') {
				/* other letters: a Latin word is a fact of the router, or the translator's */
				const facts = JSON.stringify([SCENES[scene], COVERAGE, CONFLICTS, GROUPS]);
				expect.soft(shown.join(' ').match(/[a-zA-Z]{3,}/g)?.filter((word) => !latin.has(word) && !facts.includes(word)), scene).toEqual([]);
			}
			shown.forEach((text) => seen.add(text));
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 900 });
				expect.soft(await clipped(page), `${scene}, ${width} px`).toEqual([]);
			}
		}
		await showScene(page, 'slowIn', { lives: true, tab: 'connections' });
		const explorer = page.locator('[data-room=flows]');
		await expect(explorer.locator('tbody tr')).toHaveCount(25);
		for (const width of [...WIDTHS, 900]) {
			await page.setViewportSize({ width, height: 900 });
			expect.soft(await clipped(page), `connections, ${width} px`).toEqual([]);
		}
		await page.context().close();
	});
