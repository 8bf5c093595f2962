// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures of the page in other languages in docs/, wide and on a
 * phone, with made-up facts and without a router.
 *
 *	npx tsx tests/pictures/languages.ts
 */

import { chromium } from '@playwright/test';
import { join } from 'node:path';
import config from '../../playwright.config.ts';
import { REPOSITORY } from '../../host/repository.ts';
import type { Language } from '../page/preview.ts';
import { LOCALES, openPreview, showScene, startPreview } from '../page/preview.ts';

const PICTURES = [{ suffix: '', width: 1280 }, { suffix: '-phone', width: 360 }];

const preview = await startPreview();
const browser = await chromium.launch(config.use?.launchOptions);
try {
	for (const language of Object.keys(LOCALES) as Language[]) {
		const page = await openPreview(browser, preview, language);
		await showScene(page, 'trial', { lives: true });
		/* a room asks for what it shows where it is on screen */
		for (const room of await page.locator('[data-room]').all()) {
			await room.scrollIntoViewIfNeeded();
			await page.waitForTimeout(1000);
		}
		for (const { suffix, width } of PICTURES) {
			/* what is not on screen is not laid out */
			await page.setViewportSize({ width, height: 8000 });
			await page.waitForTimeout(2000);
			const height = await page.evaluate(() => Math.ceil(document.querySelector('.nfo')!.getBoundingClientRect().bottom));
			await page.screenshot({ path: join(REPOSITORY, `docs/page-${language}${suffix}.png`), clip: { x: 0, y: 0, width, height } });
		}
	}
} finally {
	await browser.close();
	preview.stop();
}
