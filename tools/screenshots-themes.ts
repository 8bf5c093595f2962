// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures in docs/themes: both tabs in the stand-ins for LuCI's
 * themes, light and dark, at the widths that tests/page/themes.spec.ts looks
 * at. No router is needed, the facts are those of a scene.
 *
 *	npx tsx tools/screenshots-themes.ts [--directory docs/themes] [--format webp|png] [THEME…]
 */

import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import config from '../playwright.config.ts';
import { openPreview, showScene, startPreview } from '../tests/page/preview.ts';
import type { Tab } from '../tests/page/preview.ts';
import { THEMES, wear, WIDTHS } from '../tests/page/themes.ts';
import { REPOSITORY } from '../testbed/vm/cache.ts';
import type { Scene } from '../tests/unit/fixtures/scenes.ts';

const PICTURES: { tab: Tab; scene: Scene; ready: string }[] = [
	{ tab: 'status', scene: 'trial', ready: '[data-room=coverage] tbody tr' },
	{ tab: 'connections', scene: 'trial', ready: '[data-room=flows] tbody tr' },
];
/** The whole page, up to this many CSS pixels. */
const TALLEST = 2600;
/** Small files: nobody reads the words, everybody sees what is torn. */
const QUALITY = 30;
const SCALE = { 360: 0.8, 900: 0.6, 1280: 0.6 } as const;

const { values: { directory, format }, positionals } = parseArgs({
	allowPositionals: true,
	options: { directory: { type: 'string', default: join(REPOSITORY, 'docs/themes') }, format: { type: 'string', default: 'webp' } },
});

/** A picture of the page as it is, as wide as the window. */
async function picture(page: Page, width: typeof WIDTHS[number], path: string): Promise<void> {
	await page.setViewportSize({ width, height: 900 });
	/* where a theme scrolls another box than the page, that one's height counts */
	const height = await page.evaluate(() => Math.max(document.documentElement.scrollHeight, ...[...document.querySelectorAll('.main')].map((main) => main.scrollHeight + 60)));
	await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
	await page.waitForTimeout(1000);
	const devtools = await page.context().newCDPSession(page);
	const { data } = await devtools.send('Page.captureScreenshot', {
		format: format === 'png' ? 'png' : 'webp', quality: QUALITY,
		clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: format === 'png' ? 1 : SCALE[width] },
	});
	await devtools.detach();
	await writeFile(path, Buffer.from(data, 'base64'));
}

const preview = await startPreview();
const browser = await chromium.launch(config.use?.launchOptions);
try {
	await mkdir(directory, { recursive: true });
	for (const theme of THEMES.filter((one) => !positionals.length || positionals.includes(one)))
		for (const dark of [false, true]) {
			const page = await openPreview(browser, preview);
			await wear(page, { theme, dark, system: dark ? 'dark' : 'light' });
			for (const { tab, scene, ready } of PICTURES) {
				await page.setViewportSize({ width: 1280, height: TALLEST });
				await showScene(page, scene, { lives: true, tab });
				await page.locator(ready).first().waitFor();
				for (const width of WIDTHS)
					await picture(page, width, join(directory, `${theme}-${dark ? 'dark' : 'light'}-${width}-${tab}.${format}`));
			}
			await page.context().close();
		}
} finally {
	await browser.close();
	preview.stop();
}
