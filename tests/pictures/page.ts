// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures in docs/ from a router that runs: the page during a
 * trial of software offloading, and the rooms below it, light, dark, and on a
 * phone.
 *
 *	npx tsx tests/pictures/page.ts
 */

import { chromium } from '@playwright/test';
import { join } from 'node:path';
import config from '../../playwright.config.ts';
import { Luci } from '../e2e/luci.ts';
import { startTarget } from '../../testbed/targets/index.ts';
import { REPOSITORY } from '../../host/repository.ts';

const PICTURES = [
	{ suffix: 'light', colorScheme: 'light', width: 1280 },
	{ suffix: 'dark', colorScheme: 'dark', width: 1280 },
	{ suffix: 'phone', colorScheme: 'light', width: 360 },
] as const;

/** Seconds of traffic before the first picture, so that the chart has something to show. */
const TRAFFIC = 90;

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
	await luci.connections();
	await page.locator('[data-room=groups] > summary').click();
	await page.locator('[data-room=groups] table').waitFor();
	await page.waitForTimeout(TRAFFIC * 1000);
	for (const { suffix, colorScheme, width } of PICTURES) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 900 });
		await page.waitForTimeout(3000);
		/* all of it on screen: a room that is not asks for nothing */
		const height = await page.evaluate(() => document.documentElement.scrollHeight);
		await page.setViewportSize({ width, height });
		await page.waitForTimeout(10_000);
		const rooms = (await page.locator('.nfo-room').first().boundingBox())!.y;
		await page.screenshot({ path: join(REPOSITORY, 'docs', `page-${suffix}.png`), clip: { x: 0, y: 0, width, height: rooms } });
		await page.screenshot({ path: join(REPOSITORY, 'docs', `rooms-${suffix}.png`), clip: { x: 0, y: rooms, width, height: await page.evaluate(() => document.documentElement.scrollHeight) - rooms } });
	}
	await luci.goBack.click();
} finally {
	await browser.close();
	await target.stop();
}
