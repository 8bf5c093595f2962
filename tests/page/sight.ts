// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

/** What cannot be seen, or not well enough, on a page as a theme shows it, in words. */
export function unseen(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		/** WCAG 2: text, graphics and the outline of controls. A button's ink and ground are the theme's; some have no more than this. */
		const TEXT = 4.5, GRAPHICS = 3, BUTTON = 2;
		const found: string[] = [];
		const root = document.querySelector<HTMLElement>('.nfo')!;
		const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
		canvas.canvas.width = canvas.canvas.height = 1;

		/** Paints colours over one another; relative luminance of the result. */
		const luminance = (layers: { colour: string; opacity: number }[]): number => {
			canvas.globalAlpha = 1;
			canvas.fillStyle = '#fff';
			canvas.fillRect(0, 0, 1, 1);
			for (const { colour, opacity } of layers) {
				canvas.globalAlpha = opacity;
				canvas.fillStyle = colour;
				canvas.fillRect(0, 0, 1, 1);
			}
			const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data]
				.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const chain = (element: Element | null): Element[] => (element ? [...chain(element.parentElement), element] : []);
		const opacity = (element: Element): number => chain(element).reduce((product, box) => product * Number(getComputedStyle(box).opacity), 1);
		/** A background and, where it is a gradient, the colour in which that begins. */
		const painted = ({ backgroundColor, backgroundImage }: CSSStyleDeclaration): string[] =>
			[backgroundColor, ...backgroundImage.startsWith('linear-gradient') ? /rgba?\([^)]*\)/.exec(backgroundImage) ?? [] : []];
		const ground = (element: Element | null) => chain(element).flatMap((box) => painted(getComputedStyle(box)).map((colour) => ({ colour, opacity: opacity(box) })));
		const contrast = (element: Element, colour: string, behind: Element | null = element): number => {
			const [low = 0, high = 0] = [luminance(ground(behind)), luminance([...ground(behind), { colour, opacity: opacity(element) }])].sort((a, b) => a - b);
			return (high + 0.05) / (low + 0.05);
		};
		const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true }) &&
			!element.closest('.nfo-spoken, details:not([open]) > :not(summary), :disabled, [aria-busy=true], [aria-hidden=true] [hidden]');
		const say = (what: string, element: Element, value: number, least: number): void => {
			if (value < least)
				found.push(`${what} of ${element.getAttribute('class') ?? element.tagName} “${element.textContent?.trim().slice(0, 40)}”: ${value.toFixed(2)}:1`);
		};

		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const element = text.parentElement!;
			if (!text.textContent?.trim() || element.closest('style, option, thead') || !shown(element))
				continue;
			say('text', element, contrast(element, getComputedStyle(element).color), element.closest('.btn') ? BUTTON : TEXT);
			const { fontSize, fontSizeAdjust } = getComputedStyle(element);
			if (Number.parseFloat(fontSize) < 10 || fontSizeAdjust !== 'none')
				found.push(`“${text.textContent}” is smaller than 10 px: ${fontSize}, adjusted by ${fontSizeAdjust}`);
		}
		for (const cell of root.querySelectorAll('td')) {
			const { content, color, textTransform } = getComputedStyle(cell, '::before');
			if (shown(cell) && content !== 'none') {
				say('head beside', cell, contrast(cell, color), TEXT);
				if (textTransform !== 'none')
					found.push(`heads of columns are in ${textTransform} letters`);
			}
		}
		for (const sign of root.querySelectorAll('.nfo-sign, .nfo-icon, .nfo-track svg'))
			if (shown(sign))
				say('stroke', sign, contrast(sign, getComputedStyle(sign).stroke), GRAPHICS);
		for (const control of root.querySelectorAll<HTMLInputElement | HTMLSelectElement>('select, input:not([type=radio])'))
			if (shown(control)) {
				const { borderTopColor, borderTopWidth, borderBottomWidth } = getComputedStyle(control);
				say('edge', control, Math.min(Number.parseFloat(borderTopWidth), Number.parseFloat(borderBottomWidth)) < 1 ? 1 : contrast(control, borderTopColor, control.parentElement), GRAPHICS);
				say('text', control, contrast(control, getComputedStyle(control).color), TEXT);
			}

		for (const sign of root.querySelectorAll('.nfo-badge > svg'))
			if (shown(sign) && sign.nextSibling) {
				const words = document.createRange();
				words.selectNodeContents(sign.parentElement!);
				words.setStartAfter(sign);
				const box = sign.getBoundingClientRect();
				const line = [...words.getClientRects()].find(({ width }) => width > 4);
				if (line && (box.bottom < line.top || box.top > line.bottom))
					found.push(`the sign of “${sign.parentElement!.textContent}” stands on a line of its own`);
			}

		for (const item of root.querySelectorAll('li'))
			if (shown(item) && getComputedStyle(item).listStyleType !== 'none' && !item.closest('.nfo-what-to-do'))
				found.push(`a bullet beside “${item.textContent?.slice(0, 40)}”`);

		for (const radio of root.querySelectorAll<HTMLInputElement>('input[type=radio]')) {
			const box = radio.getBoundingClientRect();
			const range = document.createRange();
			range.selectNodeContents(radio.closest('label')!);
			range.setStartAfter(radio);
			const label = range.getBoundingClientRect();
			const { appearance, opacity: see } = getComputedStyle(radio);
			if (appearance !== 'auto' || see !== '1' || box.width < 12 || box.width > 24 || Math.abs(box.width - box.height) > 1)
				found.push(`the radio button ${radio.value} is ${box.width}×${box.height} px, ${appearance}`);
			const gap = Math.max(label.left - box.right, box.left - label.right);
			if (gap < 0 || gap > 24 || Math.abs(box.top + box.bottom - label.top - label.bottom) / 2 > 4)
				found.push(`the label of ${radio.value} is torn from its radio button, or over it: ${gap} px`);
		}
		const answers = [...root.querySelectorAll('.nfo-trial-answer .btn')].map((button) => button.getBoundingClientRect().width);
		if (Math.max(0, ...answers) - Math.min(...answers) > 2)
			found.push(`the answers are ${answers.join(' and ')} px wide`);

		/* the title is not under a bar of the theme, and no heading of ours is made a card */
		const title = root.querySelector('h2')!;
		title.scrollIntoView({ block: 'end' });
		window.scrollTo(0, 0);
		const { left, top, height } = title.getBoundingClientRect();
		if (!title.contains(document.elementFromPoint(left + 30, top + height / 2)) || !title.contains(document.elementFromPoint(left + 30, top + 3)))
			found.push('the title is covered');
		for (const heading of root.querySelectorAll('[role=heading]'))
			if (getComputedStyle(heading).padding !== '0px' || getComputedStyle(heading).backgroundColor !== 'rgba(0, 0, 0, 0)')
				found.push(`the heading “${heading.textContent}” is a box`);
		return [...new Set(found)];
	});
}
