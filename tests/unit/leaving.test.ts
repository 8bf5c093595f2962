// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
/** Themes that swap pages (footstrap, aurora) take ours out of the document and tell nobody. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { playing, show } from './browser.ts';
import { SCENES } from './fixtures/scenes.ts';
import { loadView } from './luci.ts';


const HOUR = 3_600_000;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const everyCall = (page: Awaited<ReturnType<typeof show>>): number => page.calls.length + page.surveys.length;

describe.each(['status', 'connections'] as const)('the tab %s', (tab) => {
	it('makes not one call in the hour after it has left the document', async () => {
		const page = await show(playing(SCENES.software), { tab });
		await page.wait(10_000);
		expect(everyCall(page)).toBeGreaterThan(4);

		page.root.remove();
		await page.wait(10);
		const before = everyCall(page);
		await page.wait(HOUR);
		expect(everyCall(page)).toBe(before);
		expect(page.root.textContent).toBe('');
		expect(vi.getTimerCount()).toBeLessThanOrEqual(1); /* LuCI's own poll */
	});

	it('goes on when a theme moves it within one task, as from a stage into the page', async () => {
		const page = await show(playing(SCENES.software), { tab });
		const place = document.createElement('main');
		document.body.append(place);
		page.root.remove();
		place.append(page.root);
		const before = everyCall(page);
		await page.wait(10_000);
		expect(everyCall(page)).toBeGreaterThan(before + 3);
	});
});

describe('five visits', () => {
	it('leave one poller', async () => {
		const calls: string[] = [];
		const play = playing(SCENES.software);
		const view = await loadView('view.nft-offload.status', async (_object, method, args) => {
			calls.push(method);
			return structuredClone(await play({ method, args }));
		}, true);
		const place = document.createElement('main');
		document.body.append(place);
		for (let visit = 0; visit < 5; visit++) {
			place.replaceChildren(view.render(undefined));
			await vi.advanceTimersByTimeAsync(5000);
		}
		calls.length = 0;
		await vi.advanceTimersByTimeAsync(60_000);
		const asked = calls.filter((method) => method === 'status').length;
		expect(asked).toBeGreaterThanOrEqual(29);
		expect(asked).toBeLessThanOrEqual(31);
	});
});

describe('a page that nobody ever saw', () => {
	it('ends by itself', async () => {
		const calls: string[] = [];
		const play = playing(SCENES.software);
		const view = await loadView('view.nft-offload.status', async (_object, method, args) => {
			calls.push(method);
			return structuredClone(await play({ method, args }));
		}, true);
		view.render(undefined);
		await vi.advanceTimersByTimeAsync(70_000);
		calls.length = 0;
		await vi.advanceTimersByTimeAsync(HOUR);
		expect(calls).toEqual([]);
	});
});

describe('the card on the overview', () => {
	it('asks when LuCI has it refreshed, and by itself never', async () => {
		const calls: string[] = [];
		const play = playing(SCENES.software);
		const card = await loadView('view.status.include.35_nft-offload', async (_object, method, args) => {
			calls.push(method);
			return structuredClone(await play({ method, args }));
		}, false);
		const shown = card.render(await card.load!());
		document.body.append(shown);
		await vi.advanceTimersByTimeAsync(1000);
		shown.remove();
		calls.length = 0;
		await vi.advanceTimersByTimeAsync(HOUR);
		expect(calls).toEqual([]);
	});
});
