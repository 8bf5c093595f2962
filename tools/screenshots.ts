// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures in docs/ from a router that runs: the page during a
 * trial of software offloading, light, dark, and on a phone.
 *
 *	npx tsx tools/screenshots.ts
 */

import { chromium } from '@playwright/test';
import { join } from 'node:path';
import config from '../playwright.config.ts';
import { Luci } from '../tests/e2e/luci.ts';
import { startTarget } from '../testbed/targets/index.ts';
import { REPOSITORY } from '../testbed/vm/cache.ts';

const PICTURES = [
	{ name: 'page-light', colorScheme: 'light', width: 1280 },
	{ name: 'page-dark', colorScheme: 'dark', width: 1280 },
	{ name: 'page-phone', colorScheme: 'light', width: 360 },
] as const;

const target = await startTarget({ progress: (what) => console.error(what) });
const browser = await chromium.launch(config.use?.launchOptions);
try {
	await target.traffic(true);
	const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	page.setDefaultTimeout(120_000);
	const luci = new Luci(page, target);
	await luci.open();
	await luci.choose('software');
	await page.getByLabel('Trial of').selectOption('600');
	await luci.tryIt.click();
	await luci.keep.waitFor({ timeout: 120_000 });
	await page.locator('[data-tile=working][data-verdict=WORKING]').waitFor({ timeout: 120_000 });
	for (const { name, colorScheme, width } of PICTURES) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 900 });
		await page.waitForTimeout(3000);
		await page.screenshot({ path: join(REPOSITORY, 'docs', `${name}.png`), fullPage: true });
	}
	await luci.goBack.click();
} finally {
	await browser.close();
	await target.stop();
}
