// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
/** A comparison under way says when it will end. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Transaction } from '../../web/src/contract.ts';
import { playing, show } from './browser.ts';
import { SCENES } from './fixtures/scenes.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** The clock on the page at 1010, by a comparison of which one phase of three is over; null: there is none. */
async function clockWith(transaction: Partial<Transaction>): Promise<string | null> {
	const last = SCENES.comparing.at(-1)!;
	const page = await show(playing([{ ...last, now: 1010, transaction: { ...last.transaction!, ...transaction } }]));
	expect(page.one('.nfo-trial').textContent).toContain('being measured');
	return page.root.querySelector('.nfo-clock')?.textContent ?? null;
}

it('counts down what is left of this phase, and the phase behind it', async () => {
	expect(await clockWith({})).toBe('0:25');
});

it('promises no end while a phase has not begun', async () => {
	expect(await clockWith({ deadline: null })).toBeNull();
});
