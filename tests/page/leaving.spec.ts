// SPDX-License-Identifier: Apache-2.0
/** Themes swap the children of #view without loading a page: what was left must not go on asking the router. */

import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { OBJECT } from '../../web/src/contract.ts';
import type { Tab } from './preview.ts';
import { openPreview, test } from './preview.ts';

interface Call {
	params: [session: string, object: string, method: string];
}

interface Visited {
	load: () => unknown;
	render: (loaded: unknown) => Node | Promise<Node>;
}

/** LuCI as far as a theme uses it. */
interface Shell {
	L: { require: (name: string) => Promise<Visited>; Poll: { queue: unknown[] } };
}

const TABS: Tab[] = ['status', 'connections'];
const CARD = 'view.status.include.35_nft-offload';

/** Opens a tab whose clock stands still; what it asks the router is added to `calls`. */
async function open(page: Page, tab: Tab, calls: string[]): Promise<void> {
	const url = page.url().replace(/\/nft-offload.*/, `/nft-offload/${tab}`);
	await page.clock.install();
	page.on('request', (request) => {
		if (!request.url().includes('/ubus/'))
			return;
		for (const { params: [, object, method] } of [request.postDataJSON() as Call | Call[]].flat())
			if (object === OBJECT)
				calls.push(method);
	});
	await page.goto(url);
	await asks(page, calls);
}

/** Lets time pass until the page has asked a few times more. */
async function asks(page: Page, calls: string[]): Promise<void> {
	const before = calls.length;
	await expect.poll(async () => {
		await page.clock.runFor(2000);
		return calls.length - before;
	}).toBeGreaterThan(3);
}

/** Lets an hour pass, in parts: between two of them the router can answer what was asked. */
async function hour(page: Page): Promise<void> {
	for (let minute = 0; minute < 60; minute++)
		await page.clock.runFor(60_000);
}

/** What a theme does when somebody goes elsewhere. */
async function leave(page: Page): Promise<void> {
	await page.evaluate(() => document.getElementById('view')!.replaceChildren('Another page'));
	await page.clock.runFor(10);
}

/** What a theme does when somebody comes: `stage` is hidden, and what it holds is moved into sight later in the same task. */
async function visit(page: Page, name: string): Promise<void> {
	await page.evaluate(async (wanted) => {
		const { L } = window as unknown as Shell;
		const view = await L.require(wanted);
		const made = await view.render(await view.load());
		const stage = document.createElement('div');
		stage.hidden = true;
		document.body.append(stage);
		stage.append(made);
		await Promise.resolve();
		stage.remove();
		document.getElementById('view')!.replaceChildren(made);
	}, name);
}

const pollers = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as Shell).L.Poll.queue.length);

for (const tab of TABS) {
	test(`${tab}: an hour after the page was left not one call was made`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview);
		const calls: string[] = [];
		await open(page, tab, calls);
		await leave(page);
		calls.length = 0;
		await hour(page);
		expect(calls).toEqual([]);
		expect(await pollers(page)).toBe(0);
		await page.context().close();
	});

	test(`${tab}: after five visits it asks as after one, and when the last is left it is silent`, async ({ browser, preview }) => {
		const page = await openPreview(browser, preview);
		const calls: string[] = [];
		await open(page, tab, calls);
		const first = await pollers(page);
		expect(first).toBeGreaterThan(0);
		for (let visits = 0; visits < 5; visits++) {
			await leave(page);
			await visit(page, `view.nft-offload.${tab}`);
			/* a page that is moved about goes on */
			await asks(page, calls);
		}
		await expect.poll(() => pollers(page)).toBe(first);
		await leave(page);
		calls.length = 0;
		await hour(page);
		expect(calls).toEqual([]);
		await page.context().close();
	});
}

test('the card on the overview asks when LuCI does, and never by itself', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	const calls: string[] = [];
	await open(page, 'status', calls);
	await leave(page);
	calls.length = 0;
	for (let refreshes = 1; refreshes <= 5; refreshes++) {
		await visit(page, CARD);
		await expect(page.locator('#view')).toContainText('Working');
		expect(calls.filter((method) => method === 'status')).toHaveLength(refreshes);
	}
	calls.length = 0;
	await hour(page);
	expect(calls).toEqual([]);
	await page.context().close();
});
