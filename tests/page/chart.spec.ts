// SPDX-License-Identifier: Apache-2.0
/** The charts of the last five minutes, as they are drawn, and as they are used by mouse and by keys. */

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { FIVE_MINUTES } from '../unit/fixtures/minutes.ts';
import { openPreview, showScene, test } from './preview.ts';
import { stopTracing } from './tasks.ts';
import { wear } from './themes.ts';

/** ms of CPU that a task of the page may take. */
const LONG = 50;

const chart = (page: Page): Locator => page.locator('[data-room=chart]');
const plots = (page: Page): Locator => chart(page).getByRole('application');
const moment = (page: Page): Locator => chart(page).locator('.nfo-moment');
const spoken = (page: Page): Locator => chart(page).locator('[aria-live=polite]');
const legend = (page: Page, name: string): Locator => chart(page).getByRole('listitem').filter({ hasText: name });

/** Custom properties of style.css, with six hexadecimal digits each. */
const COLOURS = { hardware: '--nfo-hardware', software: '--nfo-software', slow: '--nfo-slow' } as const;

/** More pixels of one colour than noise: the areas of a chart are some pixels high, and their patterns and smooth edges have other colours. */
const SEEN = 100;

/** How many pixels of a part of a chart, from and to a share of its width, have the colour of each path. */
async function pixels(page: Page, name: string, from = 0, to = 1): Promise<Record<keyof typeof COLOURS, number>> {
	return chart(page).locator(`[data-chart=${name}] canvas`).evaluate((element, { colours, from, to }) => {
		const canvas = element as HTMLCanvasElement;
		const plot = canvas.parentElement!.querySelector('.u-over')!.getBoundingClientRect();
		const whole = canvas.getBoundingClientRect();
		const ratio = canvas.width / whole.width;
		const left = Math.round((plot.left - whole.left + plot.width * from) * ratio);
		const { data } = canvas.getContext('2d')!.getImageData(left, 0, Math.round(plot.width * (to - from) * ratio), canvas.height);
		const count = (property: string): number => {
			const [red, green, blue] = getComputedStyle(canvas).getPropertyValue(property).match(/[0-9a-f]{2}/gi)!.map((digits) => parseInt(digits, 16));
			let found = 0;
			for (let at = 0; at < data.length; at += 4)
				if (data[at] === red && data[at + 1] === green && data[at + 2] === blue)
					found++;
			return found;
		};
		return { hardware: count(colours.hardware), software: count(colours.software), slow: count(colours.slow) };
	}, { colours: COLOURS, from, to });
}

async function open(...[browser, preview, language]: Parameters<typeof openPreview>): Promise<Page> {
	const page = await openPreview(browser, preview, language);
	await showScene(page, FIVE_MINUTES, { lives: true });
	await expect(chart(page).locator('> p')).toContainText(/118/);
	await plots(page).scrollIntoViewIfNeeded();
	return page;
}

test('every path is drawn where it was, and nothing where nothing was counted', async ({ browser, preview }) => {
	const page = await open(browser, preview);
	for (const name of ['throughput', 'connections']) {
		/* seconds 0 to 75 of 300, the gap, and the last minute; two seconds are missing at the left */
		const software = await pixels(page, name, 0.03, 0.25);
		expect(software.hardware).toBe(0);
		expect(software.software).toBeGreaterThan(SEEN);
		expect(software.slow).toBeGreaterThan(SEEN);
		expect(await pixels(page, name, 0.37, 0.45)).toEqual({ hardware: 0, software: 0, slow: 0 });
		const hardware = await pixels(page, name, 0.8, 1);
		for (const path of ['hardware', 'software', 'slow'] as const)
			expect(hardware[path], path).toBeGreaterThan(SEEN);
	}
	await page.context().close();
});

test('a path is hidden and shown again by its button, with the mouse and with keys', async ({ browser, preview }) => {
	const page = await open(browser, preview);
	const button = legend(page, 'Network chip').getByRole('button');
	await expect(button).toHaveAttribute('aria-pressed', 'true');
	await button.click();
	await expect(button).toHaveAttribute('aria-pressed', 'false');
	await expect.poll(async () => (await pixels(page, 'throughput')).hardware).toBe(0);
	expect((await pixels(page, 'connections')).hardware).toBe(0);
	expect((await pixels(page, 'throughput')).software).toBeGreaterThan(SEEN);
	await expect(legend(page, 'Network chip')).toHaveText(/–$/);
	await button.press('Space');
	await expect(button).toHaveAttribute('aria-pressed', 'true');
	await expect.poll(async () => (await pixels(page, 'throughput')).hardware).toBeGreaterThan(SEEN);
	/* without any path there are axes still */
	for (const name of ['Network chip', 'Flowtable', 'Firewall'])
		await legend(page, name).getByRole('button').press('Enter');
	await expect.poll(() => pixels(page, 'throughput')).toEqual({ hardware: 0, software: 0, slow: 0 });
	await page.context().close();
});

test('the cursor is moved by keys, sample by sample, and says what was then', async ({ browser, preview }) => {
	const page = await open(browser, preview);
	await expect(moment(page)).toHaveText('Point at a moment, or choose one with the arrow keys.');
	await plots(page).focus();
	/* where the focus is can be seen */
	await page.keyboard.press('ArrowLeft');
	expect(await plots(page).evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
	await expect(moment(page)).toHaveText('0 seconds ago');
	await page.keyboard.press('ArrowLeft');
	await expect(moment(page)).toHaveText('2 seconds ago');
	await expect(spoken(page)).toHaveText(/^2 seconds ago; Network chip [\d.]+ Mbit\/s · 200; Flowtable 150 Mbit\/s · \d+; Firewall \d+ Mbit\/s · 40; CPU 10 %$/);
	await page.keyboard.press('Home');
	await expect(moment(page)).toHaveText('296 seconds ago');
	await expect(legend(page, 'Network chip')).toHaveText(/0 bit\/s · 0$/);
	await page.keyboard.press('ArrowLeft');
	await expect(moment(page)).toHaveText('296 seconds ago');
	await page.keyboard.press('ArrowRight');
	await expect(moment(page)).toHaveText('294 seconds ago');
	await page.keyboard.press('End');
	await expect(moment(page)).toHaveText('0 seconds ago');
	/* one line through all charts, at the same place */
	const cursors = await chart(page).locator('.u-cursor-x').evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().left));
	expect(cursors).toHaveLength(3);
	expect(new Set(cursors).size).toBe(1);
	await page.keyboard.press('Escape');
	await expect(moment(page)).toHaveText('Point at a moment, or choose one with the arrow keys.');
	await expect(spoken(page)).toHaveText('');
	for (const line of await chart(page).locator('.u-cursor-x').all())
		await expect(line).toBeHidden();
	await page.context().close();
});

test('the cursor is moved by the mouse, in all charts at once', async ({ browser, preview }) => {
	const page = await open(browser, preview);
	const box = (await chart(page).locator('[data-chart=connections] .u-over').boundingBox())!;
	const at = (seconds: number): Promise<void> => page.mouse.move(box.x + box.width * (1 - seconds / 300), box.y + box.height / 2);
	await at(60.5);
	await expect(moment(page)).toHaveText('60 seconds ago');
	await expect(legend(page, 'Network chip')).toHaveText(/Mbit\/s · 200$/);
	/* a mouse is not read out */
	await expect(spoken(page)).toHaveText('');
	const cursors = await chart(page).locator('.u-cursor-x').evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().left));
	expect(cursors.map((left) => Math.abs(left - (box.x + box.width * (1 - 60.5 / 300))) < 2)).toEqual([true, true, true]);
	await at(180);
	await expect(moment(page)).toHaveText('Nothing was measured at this moment.');
	await expect(legend(page, 'Firewall')).toHaveText(/–$/);
	await page.mouse.move(5, 5);
	await expect(moment(page)).toHaveText('Point at a moment, or choose one with the arrow keys.');
	await page.context().close();
});

/** Whether there is something as light, or as dark, as text on a page of that kind: the labels of the axes. */
function label(page: Page): Promise<'light' | 'dark' | 'none'> {
	return chart(page).locator('[data-chart=throughput] canvas').evaluate((element) => {
		const canvas = element as HTMLCanvasElement;
		const { data } = canvas.getContext('2d')!.getImageData(0, 0, 50, canvas.height);
		const opaque = [...Array(data.length / 4).keys()].filter((pixel) => data[4 * pixel + 3]! > 200).map((pixel) => data[4 * pixel]!);
		const mean = opaque.reduce((total, value) => total + value, 0) / opaque.length;
		return opaque.length < 20 ? 'none' : mean > 128 ? 'light' : 'dark';
	});
}

test('the charts follow the theme from light to dark', async ({ browser, preview }) => {
	const page = await open(browser, preview);
	await page.emulateMedia({ colorScheme: 'light' });
	await expect.poll(() => label(page)).toBe('dark');
	await page.emulateMedia({ colorScheme: 'dark' });
	await expect.poll(() => label(page)).toBe('light');
	await page.context().close();
});

test('they follow a theme that turns dark by one more sheet, as argon does', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	await wear(page, { theme: 'argon', dark: false, system: 'light' });
	await showScene(page, FIVE_MINUTES, { lives: true });
	await expect.poll(() => label(page)).toBe('dark');
	await page.addStyleTag({ url: '/luci-static/like-argon/dark.css' });
	await expect.poll(() => label(page)).toBe('light');
	await page.context().close();
});

test('the charts are drawn under the strict policy of luci-plugin-csp, and nothing is refused', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	const policy = 'default-src \'none\'; script-src \'self\' \'unsafe-inline\' \'unsafe-eval\' \'trusted-types-eval\'; img-src \'self\' data: blob:; style-src \'self\' \'unsafe-inline\'; connect-src \'self\'';
	await page.context().route('**/admin/network/nft-offload/status', async (route) => {
		const response = await route.fetch();
		return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
	});
	await page.addInitScript(() => {
		const refused: string[] = [];
		Object.assign(window, { refused });
		document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => refused.push(`${violatedDirective}: ${blockedURI}`));
	});
	await showScene(page, FIVE_MINUTES, { lives: true });
	await expect.poll(async () => (await pixels(page, 'throughput')).hardware).toBeGreaterThan(SEEN);
	const refused = (): Promise<string[]> => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
	expect(await refused()).toEqual([]);
	/* the policy is there: what it forbids is refused */
	await page.evaluate(() => { new Audio('data:audio/wav;base64,AAAA').load(); });
	await expect.poll(refused).toEqual(['media-src: data']);
	await page.context().close();
});

for (const language of [undefined, 'ar'] as const)
	test(`360 px wide${language ? ', right to left' : ''}: the charts are within the page, old on the left and new on the right`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview, language);
		await page.setViewportSize({ width: 1280, height: 900 });
		await showScene(page, FIVE_MINUTES, { lives: true });
		await expect(chart(page).locator('> p')).toContainText(/118/);
		await page.setViewportSize({ width: 360, height: 740 });
		await plots(page).scrollIntoViewIfNeeded();
		expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
		const canvas = chart(page).locator('canvas').first();
		/* it was drawn anew, not just cut off */
		await expect.poll(async () => (await canvas.boundingBox())!.width).toBeLessThan(360);
		const box = (await canvas.boundingBox())!;
		expect(box.width).toBeGreaterThan(250);
		expect(box.x).toBeGreaterThanOrEqual(0);
		expect(box.x + box.width).toBeLessThanOrEqual(360);
		await expect.poll(async () => (await pixels(page, 'throughput', 0.8, 1)).hardware).toBeGreaterThan(SEEN);
		expect((await pixels(page, 'throughput', 0, 0.3)).hardware).toBe(0);
		await plots(page).focus();
		await page.keyboard.press('End');
		const line = (await chart(page).locator('.u-cursor-x').first().boundingBox())!;
		expect(line.x).toBeGreaterThan(box.x + box.width * 0.8);
		await page.keyboard.press('ArrowLeft');
		expect((await chart(page).locator('.u-cursor-x').first().boundingBox())!.x).toBeLessThan(line.x);
		await page.context().close();
	});

test('no task of the page takes more than 50 ms while a full chart goes on', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	const statuses = FIVE_MINUTES.slice(0, 120);
	await showScene(page, statuses, { lives: true });
	await plots(page).scrollIntoViewIfNeeded();
	await browser.startTracing(page, { categories: ['toplevel'] });
	/* the rest comes while it is measured */
	statuses.push(...FIVE_MINUTES.slice(120));
	await expect(chart(page).locator('> p')).toContainText(/118/);
	/* at rest: a task that goes on when the measurement ends has no duration */
	await page.evaluate(() => (window as unknown as { L: { Poll: { stop: () => boolean } } }).L.Poll.stop());
	await page.waitForTimeout(1000);
	const tasks = await stopTracing(browser);
	expect(tasks.length).toBeGreaterThan(30);
	expect(tasks.filter((ms) => !(ms <= LONG))).toEqual([]);
	console.log(`the longest task of ${tasks.length}: ${Math.max(...tasks).toFixed(1)} ms of CPU`);
	await page.context().close();
});
