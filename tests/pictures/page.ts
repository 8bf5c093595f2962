// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures in docs/ from a router that runs: the tab Status during a
 * trial of software offloading, the rooms below it, and the tab Connections,
 * light, dark, and on a phone.
 *
 *	npx tsx tests/pictures/page.ts
 */

import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import config from '../../playwright.config.ts';
import { Luci } from '../e2e/luci.ts';
import { startTarget } from '../../testbed/targets/index.ts';
import { REPOSITORY } from '../../host/repository.ts';

const LOOKS = [
	{ suffix: 'light', colorScheme: 'light', width: 1280 },
	{ suffix: 'dark', colorScheme: 'dark', width: 1280 },
	{ suffix: 'phone', colorScheme: 'light', width: 360 },
] as const;

/** Seconds of traffic before the first picture, so that the chart has something to show. */
const TRAFFIC = 90;

/** Gives the page its look, and has all of it on screen: a room that is not asks for nothing. */
async function dress(page: Page, { colorScheme, width }: typeof LOOKS[number]): Promise<void> {
	await page.emulateMedia({ colorScheme });
	await page.setViewportSize({ width, height: 900 });
	await page.waitForTimeout(3000);
	await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
	await page.waitForTimeout(10_000);
}

/** A part of the page, from one height to another, CSS pixels; to its end where that is not told. */
async function picture(page: Page, name: string, from: number, to?: number): Promise<void> {
	const { scrollWidth: width, scrollHeight: end } = await page.evaluate(() => {
		const { scrollWidth, scrollHeight } = document.documentElement;
		return { scrollWidth, scrollHeight };
	});
	await page.screenshot({ path: join(REPOSITORY, 'docs', `${name}.png`), clip: { x: 0, y: from, width, height: (to ?? end) - from } });
}

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
	/* the page stays open: what it shows of the last minutes it has seen itself */
	await page.waitForTimeout(TRAFFIC * 1000);
	for (const look of LOOKS) {
		await dress(page, look);
		const rooms = (await page.locator('.nfo-room').first().boundingBox())!.y;
		await picture(page, `page-${look.suffix}`, 0, rooms);
		await picture(page, `rooms-${look.suffix}`, rooms);
	}
	await luci.connections();
	await page.locator('[data-room=groups] > summary').click();
	await page.locator('[data-room=groups] table').waitFor();
	for (const look of LOOKS) {
		await dress(page, look);
		await picture(page, `connections-${look.suffix}`, 0);
	}
	await luci.goBack.click();
} finally {
	await browser.close();
	await target.stop();
}
