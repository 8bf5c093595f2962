// SPDX-License-Identifier: Apache-2.0
/** Ten thousand connections in the life of a page. */

import { expect } from '@playwright/test';
import type { FlowRow, FlowsArguments } from '../../web/src/contract.ts';
import { FLOW_ROWS } from '../../web/src/contract/flows.ts';
import { flowsFacts } from '../unit/fixtures/surveys.ts';
import { answer, askedIn, methodOf } from './answering.ts';
import { openPreview, showScene, test } from './preview.ts';
import { stopTracing } from './tasks.ts';

/** ms of CPU that a task of the page may take. */
const LONG = 50;
/** Answers of FLOW_ROWS rows: 10,000 in all. */
const ANSWERS = 50;

test('10,000 rows pass through the explorer without a task of more than 50 ms', async ({ browser, preview }) => {
	const page = await openPreview(browser, preview);
	await page.addInitScript(() => {
		const every = window.setInterval.bind(window) as (handler: () => void, delay?: number) => number;
		/* the tick of LuCI's poll, of which three are between two looks of the explorer */
		window.setInterval = ((handler: () => void, delay = 0) => every(handler, delay === 1000 ? 133 : delay)) as typeof window.setInterval;
	});
	await showScene(page, 'hardware', { lives: true, tab: 'connections' });
	let answered = 0;
	/* of every answer half of the rows are new, and the others have moved on */
	const moved = (asked: FlowsArguments): object => {
		const facts = flowsFacts(asked);
		answered++;
		return { running: false, facts: { ...facts, at: 1000 + answered, rows: facts.rows.map((row, index): FlowRow => {
			const next: FlowRow = [...row];
			next[6] += index % 2 ? answered * 300 : 0;
			next[12] += answered * 1e6;
			return next;
		}) } };
	};
	await page.route('**/ubus/**', async (route) => {
		if (!askedIn(route).every((asked) => methodOf(asked) === 'flows'))
			return route.fallback();
		await answer(route, ({ params }) => moved(params![3]));
	});
	const rows = page.getByRole('table', { name: 'Connections' }).getByRole('row');
	await page.locator('[data-room=flows]').scrollIntoViewIfNeeded();
	await expect(rows).toHaveCount(26);
	const first = await rows.nth(1).textContent() ?? '';

	/* the page's own tasks: what a test asks of a page, such as where a button is, takes the same thread */
	await browser.startTracing(page, { categories: ['toplevel'] });
	await page.evaluate(() => {
		const timer = window.setInterval(() => {
			const more = document.querySelector<HTMLElement>('[data-room=flows] > div > .btn');
			if (more)
				more.click();
			else
				window.clearInterval(timer);
		}, 200);
	});
	await expect.poll(() => answered, { timeout: 120_000 }).toBeGreaterThanOrEqual(ANSWERS);
	const tasks = await stopTracing(browser);

	await expect(rows).toHaveCount(FLOW_ROWS + 1);
	/* every answer moves every row on: one in sight is always a new one, one out of sight when it comes into sight */
	await expect(rows.nth(1)).not.toHaveText(first);
	const last = await rows.last().textContent() ?? '';
	await rows.last().scrollIntoViewIfNeeded();
	await expect(rows.last()).not.toHaveText(last);

	expect(tasks.length).toBeGreaterThan(ANSWERS * FLOW_ROWS / 25);
	expect(tasks.filter((ms) => !(ms <= LONG))).toEqual([]);
	console.log(`${tasks.length} tasks for ${answered * FLOW_ROWS} rows, the longest ${Math.max(...tasks).toFixed(1)} ms of CPU`);
	await page.context().close();
});
