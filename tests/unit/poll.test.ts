// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from './browser.ts';
import { playing, rpcError, show } from './browser.ts';
import { status } from './fixtures/status.ts';

const TIMED_OUT = (): never => { throw rpcError('XHR request timed out'); };

beforeEach(() => {
	vi.stubGlobal('fetch', vi.fn(async () => ({ ok: false })));
	vi.useFakeTimers();
});

afterEach(() => {
	hide(false);
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function hide(hidden: boolean): void {
	Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
	document.dispatchEvent(new Event('visibilitychange'));
}

/** A router that can be switched between ways to answer. */
function router(first: Answer = () => status('software')) {
	let answer = first;
	return { answer: (call: Parameters<Answer>[0]) => answer(call), becomes: (next: Answer) => { answer = next; } };
}

describe('asking', () => {
	it('goes on every two seconds, keeping the sampler alive', async () => {
		const page = await show(router().answer);
		await page.wait(10_000);
		expect(page.calls.length).toBe(6);
		expect(page.calls).toEqual(Array(6).fill({ method: 'status', args: { watch: true } }));
	});

	it('rests while nobody can see the page, and starts at once when somebody can', async () => {
		const page = await show(router().answer);
		hide(true);
		page.calls.length = 0;
		await page.wait(60_000);
		expect(page.calls.length).toBe(0);
		hide(false);
		await page.wait(10);
		expect(page.calls.length).toBe(1);
	});

	it('never asks the same twice at a time, however slow the router is', async () => {
		const open: Record<string, number> = {};
		let most = 0;
		const play = playing([status('software')]);
		const slow: Answer = async (call) => {
			most = Math.max(most, open[call.method] = (open[call.method] ?? 0) + 1);
			await new Promise((resolve) => setTimeout(resolve, 5000));
			open[call.method]!--;
			return play(call);
		};
		const page = await show(slow);
		hide(true);
		hide(false);
		await page.wait(60_000);
		expect(most).toBe(1);
		expect(page.calls.length).toBeGreaterThan(5);
		expect(page.root.querySelector('[data-code]')).toBeNull();
	});

	it('gives up on an answer after eight seconds', async () => {
		const page = await show(() => new Promise(() => undefined));
		await page.wait(7000);
		expect(page.text()).toContain('Asking the router…');
		await page.wait(1500);
		expect(page.one('[data-code=UNREACHABLE]').textContent).toContain('The router does not answer.');
	});

	it('becomes rarer while there is no answer, and normal again afterwards', async () => {
		const one = router(TIMED_OUT);
		const page = await show(one.answer);
		await page.wait(120_000);
		expect(page.calls.length).toBeGreaterThanOrEqual(10);
		expect(page.calls.length).toBeLessThanOrEqual(13);
		one.becomes(() => status('software'));
		await page.wait(15_000);
		page.calls.length = 0;
		await page.wait(10_000);
		expect(page.calls.length).toBe(5);
	});
});

describe('trouble', () => {
	it.each<[string, Answer, string]>([
		['no answer', TIMED_OUT, 'UNREACHABLE'],
		['an HTTP error', () => { throw rpcError('RPC call to luci.nft-offload/status failed with HTTP error 502: Bad Gateway'); }, 'UNREACHABLE'],
		['rpcd without the object', () => { throw rpcError('RPC call to luci.nft-offload/status failed with error -32000: Object not found'); }, 'NO_SERVICE'],
		['ubus without the object', () => 4, 'NO_SERVICE'],
		['ubus without the method', () => 3, 'NO_SERVICE'],
		['a call that ubus timed out', () => 7, 'UNREACHABLE'],
		['a plugin that threw', () => 9, 'NO_SERVICE'],
		['missing rights', () => { throw rpcError('RPC call to luci.nft-offload/status failed with error -32002: Access denied'); }, 'DENIED'],
		['missing rights, from ubus', () => 6, 'DENIED'],
		['a session that has ended', () => { throw rpcError('Login session is expired', 'SessionError'); }, 'SESSION_EXPIRED'],
		['another version', () => ({ ...status('software'), api: 2 }), 'OTHER_VERSION'],
		['a reply without sense', () => ({ api: 1 }), 'OTHER_VERSION'],
	])('%s is %s', async (_name, trouble, code) => {
		const one = router(trouble);
		const page = await show(one.answer);
		await page.wait(1000);
		expect(page.one('.nfo-message').dataset.code).toBe(code);
		expect(page.root.querySelector('button')).toBeNull();
	});

	it('keeps what was last seen in sight, without an action, and goes away by itself', async () => {
		const one = router();
		const page = await show(one.answer);
		one.becomes(TIMED_OUT);
		await page.wait(4000);
		expect(page.one('[data-code=UNREACHABLE]').textContent).toContain('goes on by itself');
		expect(page.one('[data-tile=asked]').textContent).toContain('Software');
		expect(page.button('Load again').disabled).toBe(true);
		one.becomes(() => status('off', 2000));
		await page.wait(15_000);
		expect(page.root.querySelector('[data-code=UNREACHABLE]')).toBeNull();
		expect(page.one('[data-tile=asked]').textContent).toContain('Off');
		expect(page.button('Load again').disabled).toBe(false);
	});

	it('says when an action met it, and does not leave the button dead', async () => {
		const one = router();
		const page = await show((call) => (call.method === 'status' ? one.answer(call) : 6));
		await page.click('Load again');
		expect(page.one('[role=alert]').dataset.code).toBe('DENIED');
		expect(page.button('Load again').disabled).toBe(false);
	});
});

describe('a session that has ended', () => {
	const expired = (): never => { throw rpcError('Login session is expired', 'SessionError'); };

	const comeBack = async (page: Awaited<ReturnType<typeof show>>): Promise<void> => {
		window.dispatchEvent(new Event('focus'));
		await page.wait(10);
	};

	it('is not asked again, but loads the page anew when somebody who has logged in comes back to it', async () => {
		const answers = [{ ok: false }, { ok: true }];
		const fetched = vi.fn(async () => answers.shift()!);
		vi.stubGlobal('fetch', fetched);
		const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => undefined);

		const page = await show(expired);
		expect(page.calls.length).toBe(1);
		expect(page.one('[data-code=SESSION_EXPIRED]').textContent).toContain('Log in again');
		await page.wait(60_000);
		expect(fetched).not.toHaveBeenCalled();
		await comeBack(page);
		expect(reload).not.toHaveBeenCalled();
		await comeBack(page);
		expect(reload).toHaveBeenCalledTimes(1);
		expect(page.calls.length).toBe(1);
	});

	it('waits on while the router is not there', async () => {
		vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('Failed to fetch'); }));
		const page = await show(expired);
		await comeBack(page);
		expect(page.one('[data-code=SESSION_EXPIRED]')).not.toBeNull();
	});
});
