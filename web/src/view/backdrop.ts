// SPDX-License-Identifier: Apache-2.0
/**
 * What the theme paints behind the page. A theme may be dark by an attribute,
 * by one more style sheet, or by the browser's color-scheme, and these need
 * not agree (docs/themes); only the painted colour is always right.
 */

/** As on a screen, 0 to 255. */
interface Colour {
	red: number;
	green: number;
	blue: number;
}

/** Relative luminance at which white and black text stand out equally. */
const MIDDLE = 0.179;

/**
 * The colour behind an element: the backgrounds of all that it stands in, one
 * painted over the other, however the theme writes them. null where nothing
 * can be painted, as in a test's document.
 */
export function backdropOf(element: Element): Colour | null {
	const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	if (!context)
		return null;
	const layers = ['#fff'];
	for (let box: Element | null = element; box; box = box.parentElement)
		layers.splice(1, 0, getComputedStyle(box).backgroundColor);
	for (const layer of layers) {
		context.fillStyle = layer;
		context.fillRect(0, 0, 1, 1);
	}
	const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
	return { red, green, blue };
}

/** Whether light text is the one to read on a colour; luminance as in WCAG 2. */
export function isDark({ red, green, blue }: Colour): boolean {
	const linear = (part: number): number => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) < MIDDLE;
}

/** On the element that followBackdrop() tells, which gets an event of this name when the theme may be another. */
const FOLLOWED = 'data-nfo-followed';

/** Calls `read` whenever the theme around `element` may be another, once what is behind the page is known. Returns what ends it. */
export function whenThemeChanges(element: Element, read: () => void): () => void {
	const root = element.closest(`[${FOLLOWED}]`);
	root?.addEventListener(FOLLOWED, read);
	return () => root?.removeEventListener(FOLLOWED, read);
}

/**
 * Tells the style sheets what is behind `root`, now and whenever the theme
 * changes it: `--nfo-backdrop` is its colour, and `data-nfo-dark` is there if
 * that is dark. Returns what ends it.
 */
export function followBackdrop(root: HTMLElement): () => void {
	if (typeof ResizeObserver !== 'function')
		return () => undefined;
	root.toggleAttribute(FOLLOWED, true);
	const read = (): void => {
		const colour = root.isConnected ? backdropOf(root) : null;
		if (!colour)
			return;
		root.style.setProperty('--nfo-backdrop', `rgb(${colour.red}, ${colour.green}, ${colour.blue})`);
		root.toggleAttribute('data-nfo-dark', isDark(colour));
		root.dispatchEvent(new Event(FOLLOWED));
	};
	/* it is called when the root comes into sight, before anything is drawn */
	const sight = new ResizeObserver(read);
	sight.observe(root);
	const system = window.matchMedia('(prefers-color-scheme: dark)');
	system.addEventListener('change', read);
	const theme = new MutationObserver(read);
	for (const element of [document.documentElement, document.body])
		theme.observe(element, { attributes: true });
	/* a sheet that is added */
	theme.observe(document.head, { childList: true });
	/* a theme may fade into its new colour */
	const faded = ({ target }: Event): void => {
		if (target instanceof Node && target.contains(root))
			read();
	};
	document.addEventListener('transitionend', faded);
	return () => {
		sight.disconnect();
		theme.disconnect();
		system.removeEventListener('change', read);
		document.removeEventListener('transitionend', faded);
	};
}
