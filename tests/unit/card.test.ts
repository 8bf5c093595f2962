// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CONFLICTS, coverageUnder } from './fixtures/surveys.ts';
import { SCENES } from './fixtures/scenes.ts';
import type { Scene } from './fixtures/scenes.ts';
import { rpcError } from './browser.ts';
import { installGlobals, loadView } from './luci.ts';

const CARD = 'view.status.include.35_nft-offload';

beforeEach(() => {
	vi.resetModules();
	installGlobals();
});

/** LuCI's overview: `load`, then `render`, again and again. What it shows each time. */
async function shown(answer: (method: string) => unknown, times: number): Promise<(HTMLElement | null)[]> {
	const card = await loadView(CARD, async (_object, method) => structuredClone(await answer(method)), false);
	expect(card['title']).toBe('Flow Offloading');
	const found: (HTMLElement | null)[] = [];
	for (let time = 0; time < times; time++)
		found.push(card.render(await card.load!()));
	return found;
}

function router(scene: Scene, asked: string[] = []): (method: string) => unknown {
	let next = 0;
	return (method) => {
		asked.push(method);
		switch (method) {
		case 'status': return SCENES[scene][Math.min(next++, SCENES[scene].length - 1)];
		case 'coverage': return { running: false, facts: coverageUnder(SCENES[scene][0]!) };
		case 'conflicts': return { running: false, facts: CONFLICTS };
		default: throw new Error(method);
		}
	};
}

const cells = (card: HTMLElement | null): string[][] => [...card?.querySelectorAll('tr') ?? []].map((row) => [...row.children].map(({ textContent }) => textContent ?? ''));

describe('the card on the overview', () => {
	it('says the mode, whether it works, the share past the firewall, and how much stands in the way', async () => {
		const all = await shown(router('hardware'), SCENES.hardware.length);
		expect(new Set(all).size).toBe(1);
		const [mode, working, share, findings] = cells(all.at(-1)!);
		expect(mode).toEqual(['Mode', 'Hardware']);
		expect(working?.[0]).toBe('Working');
		expect(share?.[1]).toMatch(/^9\d(\.\d)? %$/);
		expect(findings?.[1]).toMatch(/^\d+ · Open the page$/);
		expect(all.at(-1)!.querySelector('a')!.getAttribute('href')).toBe('/cgi-bin/luci/admin/network/nft-offload');
	});

	it('says what does not work', async () => {
		const [last] = (await shown(router('slowIn'), SCENES.slowIn.length)).slice(-1);
		expect(last!.querySelector('[data-verdict]')!.getAttribute('data-verdict')).not.toBe('WORKING');
	});

	it('does not ask for what changes seldom at every refresh', async () => {
		const asked: string[] = [];
		await shown(router('hardware', asked), 10);
		expect(asked.filter((method) => method === 'status')).toHaveLength(10);
		expect(asked.filter((method) => method === 'coverage')).toHaveLength(1);
	});

	it.each<[string, () => unknown]>([
		['a router without the backend', () => { throw rpcError('Object not found'); }],
		['an account that may not', () => 6],
		['nonsense', () => 'nonsense'],
	])('is not there, and disturbs nothing: %s', async (_name, answer) => {
		expect(await shown(answer, 2)).toEqual([null, null]);
	});

	it('waits for surveys that are not done', async () => {
		const [card] = await shown((method) => (method === 'status' ? SCENES.hardware[0] : { running: true, facts: null }), 1);
		expect(cells(card!)[3]?.[1]).toBe('– · Open the page');
	});
});
