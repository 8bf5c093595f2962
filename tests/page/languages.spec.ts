// SPDX-License-Identifier: Apache-2.0
/** Every scene in languages with other letters, longer words, and another direction: nothing clipped, nothing English. */

import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import type { Scene } from '../unit/fixtures/scenes.ts';
import { SCENES } from '../unit/fixtures/scenes.ts';
import type { Language, Preview } from './preview.ts';
import { catalogue, LOCALES, openPreview, showScene, startPreview } from './preview.ts';

const WIDTHS = [360, 1280];

const test = base.extend<object, { preview: Preview }>({
	preview: [
		async ({}, use) => {
			const preview = await startPreview();
			await use(preview);
			preview.stop();
		},
		{ scope: 'worker' },
	],
});

/** What sticks out of its box, or out of the window, in words. */
function clipped(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		/** Letters may be taller than their line. */
		const TALLER = 4;
		const found: string[] = [];
		const root = document.querySelector('.nfo')!;
		const { clientWidth, scrollWidth } = document.documentElement;
		if (scrollWidth > clientWidth)
			found.push(`the page is ${scrollWidth} px wide`);

		for (const box of root.querySelectorAll<HTMLElement>('*'))
			if (box.textContent && box.clientWidth && !box.closest('.nfo-spoken, svg') && box.scrollWidth > box.clientWidth + 1)
				found.push(`${box.className || box.tagName}: ${box.scrollWidth} of ${box.clientWidth} px`);

		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const parent = text.parentElement!;
			if (!text.textContent?.trim() || parent.closest('.nfo-spoken, style, pre, option'))
				continue;
			const range = document.createRange();
			range.selectNodeContents(text);
			for (const rect of range.getClientRects())
				for (let box: Element | null = parent; box && box !== root.parentElement; box = box.parentElement) {
					const { display } = getComputedStyle(box);
					if (display === 'inline' || display === 'contents')
						continue;
					const { left, right, top, bottom } = box.getBoundingClientRect();
					if (rect.left < left - 1 || rect.right > right + 1 || rect.top < top - TALLER || rect.bottom > bottom + TALLER)
						found.push(`“${text.textContent}” sticks out of ${box.className || box.tagName}`);
				}
		}
		return found;
	});
}

/** The texts that a person sees or hears, a line each; the router's own words aside. */
function words(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const root = document.querySelector('.nfo')!;
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode())
			if (text.textContent?.trim() && !text.parentElement!.closest('style, pre'))
				found.push(text.textContent.trim());
		return [...found, ...[...root.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')!)];
	});
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Recognises a text as this English one, wherever it stands with more than one word; placeholders stand for anything. */
function english(text: string): RegExp {
	const pattern = escaped(text).replaceAll('%%', '%').replace(/%[sd]/g, '.+?');
	return / /.test(text) ? new RegExp(`(^|[^\\p{L}])${pattern}($|[^\\p{L}])`, 'u') : new RegExp(`^\\(?${pattern}\\)?:?$`, 'u');
}

for (const language of Object.keys(LOCALES) as Language[])
	test(`${language}: every scene fits and is translated`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview, language);
		const entries = catalogue(language);
		const same = new Set(entries.flatMap(({ english: texts, translated }) => texts.filter((text) => translated.includes(text))));
		const untranslated = entries.flatMap((entry) => entry.english).filter((text) => !same.has(text)).map((text) => [text, english(text)] as const);
		const latin = new Set(entries.flatMap(({ translated }) => translated).join(' ').match(/[a-zA-Z]{3,}/g));

		await expect(page.locator('html')).toHaveAttribute('lang', LOCALES[language].toLowerCase());
		await expect(page.locator('.nfo')).toHaveCSS('direction', language === 'ar' ? 'rtl' : 'ltr');
		for (const scene of Object.keys(SCENES) as Scene[]) {
			await showScene(page, scene);
			const shown = await words(page);
			expect(shown.length, scene).toBeGreaterThan(30);
			for (const text of shown)
				expect.soft(untranslated.filter(([, pattern]) => pattern.test(text)).map(([message]) => message), `${scene}: “${text}”`).toEqual([]);
			if (language !== 'de') {
				/* other letters: a Latin word is a fact of the router, or the translator's */
				const facts = JSON.stringify(SCENES[scene]);
				for (const word of shown.join(' ').match(/[a-zA-Z]{3,}/g) ?? [])
					expect.soft(latin.has(word) || facts.includes(word), `${scene}: ${word}`).toBe(true);
			}
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 900 });
				expect.soft(await clipped(page), `${scene}, ${width} px`).toEqual([]);
			}
		}
		await page.context().close();
	});
