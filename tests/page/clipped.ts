// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

/** What sticks out of its box, or out of the window, or is torn apart between two lines, in words. */
export function clipped(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		/** Letters may be taller than their line. */
		const TALLER = 4;
		const found: string[] = [];
		/** Only for ears, or folded away. */
		const unseen = (element: Element): boolean => {
			const head = element.closest('thead');
			return element.closest('.nfo-spoken, details:not([open]) > :not(summary)') !== null || head !== null && getComputedStyle(head).clipPath !== 'none';
		};
		const root = document.querySelector('.nfo')!;
		const { clientWidth, scrollWidth } = document.documentElement;
		if (scrollWidth > clientWidth)
			found.push(`the page is ${scrollWidth} px wide`);
		/* where a theme scrolls another box than the page */
		for (let box = root.parentElement; box; box = box.parentElement)
			if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth)
				found.push(`${box.className || box.tagName} scrolls sideways`);

		for (const box of root.querySelectorAll<HTMLElement>('*'))
			if (box.textContent && box.clientWidth && !unseen(box) && !box.closest('svg') && box.scrollWidth > box.clientWidth + 1)
				found.push(`${box.className || box.tagName}: ${box.scrollWidth} of ${box.clientWidth} px`);

		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const parent = text.parentElement!;
			if (!text.textContent?.trim() || unseen(parent) || parent.closest('style, pre, option'))
				continue;
			const range = document.createRange();
			if (document.documentElement.lang !== 'zh-cn')
				for (const word of text.textContent.matchAll(/\p{L}+/gu)) {
					range.setStart(text, word.index);
					range.setEnd(text, word.index + word[0].length);
					if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
						found.push(`“${word[0]}” is torn apart`);
				}
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
