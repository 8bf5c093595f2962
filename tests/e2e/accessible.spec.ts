// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

test('axe finds nothing in either theme, at rest, on trial and after it', async ({ luci, page }) => {
	const violations = async (): Promise<string[]> => {
		const found: string[] = [];
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			/* a theme may pass from one colour to the other by and by */
			await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)));
			const { violations: here } = await new AxeBuilder({ page }).include('.nfo').analyze();
			found.push(...here.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.html).join(' ')}`));
		}
		return found;
	};
	const unfold = async (): Promise<void> => {
		const folded = page.locator('.nfo details:not([open]) > summary');
		while (await folded.count())
			await folded.first().click();
	};
	await luci.open();
	await luci.connections();
	await unfold();
	expect(await violations()).toEqual([]);
	await luci.tab('Status');
	await expect(luci.tile('asked')).toBeVisible();
	await unfold();
	expect(await violations()).toEqual([]);

	await luci.choose('software');
	await luci.tryIt.click();
	await expect(luci.goBack).toBeVisible({ timeout: 90_000 });
	expect(await violations()).toEqual([]);

	await luci.goBack.click();
	await expect(luci.message('reverted')).toBeVisible({ timeout: 60_000 });
	expect(await violations()).toEqual([]);
});

test('360 px wide: nothing to scroll sideways, every action in reach', async ({ luci, page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await luci.open();

	const { scrolls, shows } = await page.evaluate(() => ({
		scrolls: document.documentElement.scrollWidth, shows: document.documentElement.clientWidth,
	}));
	expect(scrolls).toBeLessThanOrEqual(shows);
	for (const control of [...await page.locator('.nfo').getByRole('radio').all(), luci.tryIt]) {
		await control.scrollIntoViewIfNeeded();
		await expect(control).toBeInViewport({ ratio: 1 });
	}
});

test('the whole job by keyboard', async ({ luci, page, router }) => {
	await luci.open();
	await luci.card('off').getByRole('radio').focus();
	await page.keyboard.press('ArrowDown');
	await expect(luci.card('software').getByRole('radio')).toBeChecked();

	await page.keyboard.press('Tab');
	await expect(luci.tryIt).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(luci.keep).toBeVisible({ timeout: 90_000 });
	for (let tabs = 0; tabs < 40 && !await luci.keep.evaluate((button) => button === document.activeElement); tabs++)
		await page.keyboard.press('Shift+Tab');
	await expect(luci.keep).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(luci.message('kept')).toBeVisible({ timeout: 60_000 });
	expect((await router.saved()).flow_offloading).toBe('1');
});
