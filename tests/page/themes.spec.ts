// SPDX-License-Identifier: Apache-2.0
/** The pages in every theme, light and dark, narrow and wide: nothing invisible, nothing clipped, nothing torn apart. */

import { expect } from '@playwright/test';
import type { Scene } from '../unit/fixtures/scenes.ts';
import { clipped } from './clipped.ts';
import type { Tab } from './preview.ts';
import { openPreview, showScene, test } from './preview.ts';
import { unseen } from './sight.ts';
import { THEMES, wear, WIDTHS } from './themes.ts';

/** Between them they show every kind of thing that the pages have. */
const SHOWN: { scene: Scene; tab: Tab }[] = [
	{ scene: 'trial', tab: 'status' },
	{ scene: 'slowIn', tab: 'status' },
	{ scene: 'refused', tab: 'connections' },
];

for (const theme of THEMES)
	for (const dark of [false, true])
		test(`${theme}, ${dark ? 'dark' : 'light'}: all of it can be seen`, async ({ browser, preview }) => {
			const page = await openPreview(browser, preview);
			/* the operating system is of another mind than the theme's switch */
			await wear(page, { theme, dark, system: dark ? 'light' : 'dark' });
			for (const { scene, tab } of SHOWN) {
				await showScene(page, scene, { lives: true, tab });
				await page.locator(tab === 'status' ? '[data-room=coverage] tbody tr' : '[data-room=flows] tbody tr').first().waitFor();
				/* what is told last may be drawn later, and move the groups out of sight; they ask only where they can be seen */
				const folded = page.locator('.nfo details:not([open]) > summary');
				const groups = page.locator('[data-room=groups]');
				await expect(async () => {
					while (await folded.count())
						await folded.first().click({ timeout: 5000 });
					if (tab === 'connections') {
						await groups.scrollIntoViewIfNeeded({ timeout: 5000 });
						await groups.locator('tbody tr').first().waitFor({ timeout: 2000 });
					}
				}).toPass();
				for (const width of WIDTHS) {
					await page.setViewportSize({ width, height: 900 });
					const where = `${scene}, ${tab}, ${width} px`;
					expect.soft(await unseen(page), where).toEqual([]);
					expect.soft(await clipped(page), where).toEqual([]);
				}
			}
			await page.context().close();
		});

test('what is behind the page is known however a theme turns dark, and when it does', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	const root = page.locator('[data-nfo-dark]');
	for (const theme of THEMES)
		for (const dark of [false, true]) {
			await wear(page, { theme, dark, system: dark ? 'light' : 'dark' });
			await showScene(page, 'hardware', { lives: true });
			/* two of them have no switch */
			await expect(root, `${theme}, ${dark}`).toHaveCount(dark && !['material', 'openwrt-2020'].includes(theme) ? 1 : 0);
		}
	await page.evaluate(() => document.documentElement.setAttribute('data-darkmode', 'false'));
	await expect(root).toHaveCount(0);
	await page.evaluate(() => document.documentElement.setAttribute('data-darkmode', 'true'));
	await expect(root).toHaveCount(1);
	await page.context().close();
});

for (const theme of ['aurora', 'footstrap'] as const)
	test(`${theme} changes tabs without loading a page`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview);
		await wear(page, { theme, dark: false, system: 'light' });
		await showScene(page, 'hardware', { lives: true });
		await page.evaluate(() => { document.body.dataset.loaded = 'once'; });
		const pollers = (): Promise<number> => page.evaluate(() => (window as unknown as { L: { Poll: { queue: unknown[] } } }).L.Poll.queue.length);
		const [first] = [await pollers()];
		for (let turn = 0; turn < 2; turn++) {
			await page.locator('#tabmenu').getByText('Connections').click();
			await page.locator('[data-room=flows] tbody tr').first().waitFor();
			await expect(page.locator('.nfo')).toHaveCount(1);
			await page.locator('#tabmenu').getByText('Status').click();
			await page.locator('.nfo-tiles').waitFor();
			await expect(page.locator('.nfo')).toHaveCount(1);
		}
		await expect.poll(pollers).toBe(first);
		await expect(page.locator('body[data-loaded=once]')).toHaveCount(1);
		await page.context().close();
	});
