// SPDX-License-Identifier: Apache-2.0
/** The rooms below the choice of a mode, in a browser: for every eye, every hand and every screen, and never in the way. */

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Tab } from './preview.ts';
import { openPreview, showScene, test } from './preview.ts';

const room = (page: Page, name: string): Locator => page.locator(`[data-room=${name}]`);
const rows = (page: Page): Locator => page.getByRole('table', { name: 'Connections' }).getByRole('row');

/** Opens whatever can be opened on a tab. */
async function unfold(page: Page, tab: Tab): Promise<void> {
	await (tab === 'status' ? room(page, 'coverage').getByRole('table') : rows(page).nth(1)).waitFor();
	const folded = page.locator('.nfo details:not([open]) > summary');
	while (await folded.count())
		await folded.first().click();
	if (tab === 'connections')
		await expect(room(page, 'groups').getByRole('table')).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const)
	test(`axe finds nothing in the ${colorScheme} theme with every room open`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview);
		await page.emulateMedia({ colorScheme });
		for (const [scene, tab] of [['hardware', 'status'], ['slowIn', 'status'], ['hardware', 'connections']] as const) {
			await showScene(page, scene, { lives: true, tab });
			await unfold(page, tab);
			const { violations } = await new AxeBuilder({ page }).include('.nfo').analyze();
			expect(violations.map(({ id, nodes }) => `${scene}, ${tab}: ${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
		}
		await page.context().close();
	});

test('360 px wide: nothing to scroll sideways, every control in reach', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	await page.setViewportSize({ width: 360, height: 740 });
	for (const [scene, tab] of [['hardware', 'status'], ['slowIn', 'status'], ['hardware', 'connections']] as const) {
		await showScene(page, scene, { lives: true, tab });
		await unfold(page, tab);
		if (tab === 'connections') {
			await room(page, 'flows').getByRole('button', { name: /^Show more/ }).click();
			await expect(rows(page)).toHaveCount(51);
		}
		const { scrolls, shows } = await page.evaluate(() => ({ scrolls: document.documentElement.scrollWidth, shows: document.documentElement.clientWidth }));
		expect(scrolls, scene).toBeLessThanOrEqual(shows);
		/* one by one: what was counted before may be gone, as a finding is */
		const controls = page.locator('.nfo-room').locator('input, select, button, summary');
		for (let index = 0; index < await controls.count(); index++) {
			const control = controls.nth(index);
			/* rows that come into sight on the way may be higher than they were taken for */
			await expect(async () => {
				await control.scrollIntoViewIfNeeded();
				await expect(control, await control.innerText()).toBeInViewport({ ratio: 1, timeout: 1000 });
			}).toPass();
		}
		for (const row of tab === 'connections' ? [rows(page).nth(1), rows(page).nth(50)] : []) {
			await row.scrollIntoViewIfNeeded();
			const box = (await row.boundingBox())!;
			expect(box.x + box.width).toBeLessThanOrEqual(360);
		}
	}
	await page.context().close();
});

test('the whole explorer by keyboard', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	await showScene(page, 'hardware', { lives: true, tab: 'connections' });
	const explorer = room(page, 'flows');
	await explorer.scrollIntoViewIfNeeded();
	await expect(rows(page)).toHaveCount(26);
	const focused = page.locator(':focus');
	const status = explorer.getByRole('status');
	const press = (key: string): Promise<void> => page.keyboard.press(key);
	/** Tab by tab, as a person without a mouse gets there. */
	const reach = async (wanted: Locator): Promise<void> => {
		for (let tabs = 0; tabs < 40 && !await wanted.evaluate((element) => element === document.activeElement); tabs++)
			await press('Tab');
		await expect(wanted).toBeFocused();
		/* where the focus is can be seen */
		const { outlineStyle, boxShadow } = await wanted.evaluate((element) => getComputedStyle(element));
		expect(outlineStyle !== 'none' || boxShadow !== 'none').toBe(true);
	};
	/** A choice of a list, as typing or the arrows make it. */
	const choose = async (name: string, value: string): Promise<void> => {
		await reach(explorer.getByRole('combobox', { name }));
		for (let steps = 0; steps < 8 && await focused.inputValue() !== value; steps++)
			await press('ArrowDown');
		await expect(focused).toHaveValue(value);
	};

	await explorer.getByRole('searchbox').focus();
	await page.keyboard.type('nas');
	await expect(status).toHaveText('62 of 62');
	for (const row of (await rows(page).all()).slice(1))
		await expect(row).toContainText('nas');

	/* an age is one that is known, or at least one that says something */
	const age = (text: string): Locator => rows(page).filter({ hasText: text }).first().locator('[data-column=Age]');
	await expect(age('TCP')).toHaveText(/^\d+ (s|min)$/);
	await expect(age('ICMP')).toHaveText('–');

	await choose('Path', 'slow');
	await expect(status).toHaveText(/^\d+ of \d+$/);
	await expect(rows(page).filter({ hasText: 'Flowtable' })).toHaveCount(0);
	await choose('Protocol', 'tcp');
	await expect(rows(page).filter({ hasText: 'ICMP' })).toHaveCount(0);
	await choose('IP', 'ipv4');
	await reach(explorer.getByRole('combobox', { name: 'Zone' }));
	await choose('Order', 'age');

	/* and back to all of them */
	await explorer.getByRole('searchbox').focus();
	await press('Control+a');
	await press('Delete');
	for (const name of ['Path', 'Protocol', 'IP']) {
		await reach(explorer.getByRole('combobox', { name }));
		await press('Home');
	}
	await expect(rows(page)).toHaveCount(26);
	await reach(explorer.getByRole('button', { name: /^Show more/ }));
	await press('Enter');
	await expect(rows(page)).toHaveCount(51);
	/* pressing it does not lose the place */
	await expect(explorer.getByRole('button', { name: /^Show more/ })).toBeFocused();

	const groups = room(page, 'groups');
	await reach(groups.locator('summary'));
	await press('Enter');
	await reach(groups.getByRole('button', { name: 'Protocol' }));
	await press('Space');
	await expect(groups.getByRole('table', { name: 'Protocol' })).toContainText('udp/443');
	await expect(groups.getByRole('button', { name: 'Protocol' })).toHaveAttribute('aria-pressed', 'true');
	await page.context().close();
});

test('the chart says in words and numbers what it draws', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	await showScene(page, 'hardware', { lives: true });
	const chart = room(page, 'chart');
	await expect(chart.locator('> p')).toHaveText(/^On average 8\d\d(\.\d)? Mbit\/s, \d+ % of it past the firewall\./);
	await expect(chart.getByRole('figure')).toHaveAccessibleName('The last five minutes');
	for (const drawing of await chart.locator('svg').all())
		expect(await drawing.evaluate((svg) => svg.closest('[aria-hidden=true]') !== null)).toBe(true);
	await chart.locator('summary').click();
	const table = chart.getByRole('table', { name: 'The last five minutes' });
	await expect(table.getByRole('columnheader')).toHaveText(['Half minute', 'Network chip', 'Flowtable', 'Firewall', 'CPU']);
	await expect(table.getByRole('row').nth(1)).toContainText('Mbit/s · 214');
	await page.context().close();
});
