// SPDX-License-Identifier: Apache-2.0
/** The preview in the stand-ins for LuCI's themes; see docs/themes. */
import type { Page } from '@playwright/test';

export const THEMES = ['bootstrap', 'material', 'openwrt-2020', 'argon', 'aurora', 'footstrap'] as const;
export type Theme = typeof THEMES[number];

/** px; beside a side menu the page has 224 to 272 px less. */
export const WIDTHS = [360, 900, 1280] as const;

export interface Look {
	theme: Theme;
	/** By the theme's own switch, if it has one. */
	dark: boolean;
	/** What the operating system would rather have. */
	system: 'light' | 'dark';
}

/** From the next page that is loaded on. */
export async function wear(page: Page, { theme, dark, system }: Look): Promise<void> {
	const url = new URL(page.url()).origin;
	await page.emulateMedia({ colorScheme: system });
	await page.context().addCookies([
		{ name: 'testbed_theme', value: `like-${theme}`, url },
		{ name: 'testbed_dark', value: String(dark), url },
	]);
}
