// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../../web/src/contract.ts';
import type { Shown } from './browser.ts';
import { playing, rpcError, show } from './browser.ts';
import { CONFLICTS, COVERAGE, coverageUnder } from './fixtures/surveys.ts';
import { SCENES } from './fixtures/scenes.ts';
import type { Scene } from './fixtures/scenes.ts';
import { OPTIONS, series, status, transaction } from './fixtures/status.ts';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	hideAll();
	sessionStorage.clear();
	vi.useRealTimers();
});

const names = Object.keys(SCENES) as Scene[];

/** Stops the pages that a test has left behind, as closing them would. */
function hideAll(): void {
	Object.defineProperty(document, 'hidden', { value: true, configurable: true });
	document.dispatchEvent(new Event('visibilitychange'));
	Object.defineProperty(document, 'hidden', { value: false, configurable: true });
}

/** Shows a scene to its end. */
async function scene(name: Scene, options: Parameters<typeof show>[1] = {}) {
	const page = await show(playing(SCENES[name]), options);
	await page.wait(2000 * SCENES[name].length);
	return page;
}

/** Every string of a value, replaced by a hostile one; what the page decides by is left alone. */
function poison<T>(value: T, key = ''): T {
	const DECIDING = ['mode', 'step', 'outcome', 'decision', 'code', 'protocol', 'type', 'nf_flow_table', 'nf_flow_table_inet', 'nft_flow_offload', 'flow_offloading', 'flow_offloading_hw'];
	if (typeof value === 'string')
		return (DECIDING.includes(key) ? value : `<img src=x onerror=alert(1)>%s%d%h&lt;${value}`) as T;
	if (Array.isArray(value))
		return value.map((item: unknown) => poison(item, key)) as T;
	if (value && typeof value === 'object')
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item as unknown, name)])) as T;
	return value;
}

describe.each(names)('scene %s', (name) => {
	it('is shown in full, without a hole in any sentence', async () => {
		const page = await scene(name);
		expect([...page.root.querySelectorAll('.nfo-tile [role=heading]')].map(({ textContent }) => textContent)).toEqual(['Asked for', 'Loaded in the kernel', 'Working']);
		expect(page.root.querySelectorAll('.nfo-lane').length).toBe(3);
		expect(page.root.querySelectorAll('[data-mode]').length).toBe(3);
		expect(page.text()).not.toMatch(/undefined|null|NaN|Infinity|\[object|%[sd]/);
	});

	it('shows facts as text, whatever they are', async () => {
		const page = await show(playing(SCENES[name].map((one) => poison<Status>(one))));
		await page.wait(2000 * SCENES[name].length);
		expect(page.root.querySelectorAll('img').length).toBe(0);
		expect(page.root.querySelector('.nfo-tiles')).not.toBeNull();
	});

	it('gives a reader everything but an action', async () => {
		const page = await scene(name, { writable: false });
		/* to look around is no action */
		const actions = [...page.root.querySelectorAll('button, input, select, textarea, a, [onclick], [tabindex]')].filter((one) => !one.closest('[data-room=findings], [data-room=chart]') && !one.matches('[data-room=coverage] a'));
		expect(actions).toEqual([]);
		expect(page.text()).toContain('Your account may look, not change.');
		const [tiles, picture] = ['.nfo-tiles', '.nfo-picture'].map((part) => page.one(part).textContent);
		const administrator = await scene(name);
		expect(administrator.one('.nfo-tiles').textContent).toBe(tiles);
		expect(administrator.one('.nfo-picture').textContent).toBe(picture);
	});

	it('puts every word through the translation', async () => {
		const page = await scene(name, { translate: (text) => text.replace(/(?<!%)[a-zA-Z]/g, 'x') });
		const facts = JSON.stringify([SCENES[name], COVERAGE, CONFLICTS]);
		const walker = document.createTreeWalker(page.one('.nfo'), NodeFilter.SHOW_TEXT);
		while (walker.nextNode())
			if (!walker.currentNode.parentElement?.closest('style, pre, a'))
				for (const word of walker.currentNode.textContent?.match(/[a-zA-Z]{3,}/g) ?? [])
					expect(/^x+$|^(TCP|UDP|IPv|OFFLOAD)$/.test(word) || facts.includes(word), word).toBe(true);
	});
});

describe('the tiles', () => {
	it.each<[Scene, string, string, string]>([
		['hardware', 'asked: good', 'loaded: good', 'working: good WORKING'],
		['off', 'asked: good', 'loaded: good', 'working: plain EVERY_PACKET_SLOW'],
		['slowIn', 'asked: good', 'loaded: good', 'working: attention DIRECTION_SLOW'],
		['refusedFlows', 'asked: good', 'loaded: good', 'working: attention HARDWARE_IDLE'],
		['fellBack', 'asked: good', 'loaded: attention HARDWARE_FELL_BACK', 'working: good WORKING'],
		['notLoaded', 'asked: good', 'loaded: attention NOT_LOADED', 'working: plain EVERY_PACKET_SLOW'],
		['firewallDown', 'asked: good', 'loaded: bad FIREWALL_DOWN', 'working: plain NOTHING_TO_JUDGE'],
		['foreign', 'asked: attention FOREIGN_CHANGES', 'loaded: good', 'working: good WORKING'],
		['invalidOption', 'asked: bad OPTION_INVALID', 'loaded: good', 'working: good WORKING'],
	])('%s', async (name, ...expected) => {
		const page = await scene(name);
		expect([...page.root.querySelectorAll<HTMLElement>('[data-tile]')]
			.map(({ dataset }) => `${dataset.tile}: ${dataset.level} ${dataset.verdict}`.trim())).toEqual(expected);
	});

	it('say the number worth remembering, and what does not work in words', async () => {
		expect((await scene('hardware')).one('[data-tile=working]').textContent).toContain('99 % of forwarded bytes bypass the firewall');
		const slow = (await scene('slowIn')).one('[data-tile=working]').textContent;
		expect(slow).toContain('Not working on the way in');
		expect(slow).toContain('from wan to lan (pppoe-wan → br-lan)');
		expect(slow).toContain('10 % of forwarded bytes bypass the firewall');
		expect((await scene('refusedFlows')).one('[data-tile=working]').textContent).toContain('Loaded, not working');
	});
});

describe('the picture', () => {
	it('is as thick as the traffic, and says it in numbers', async () => {
		const page = await scene('hardware');
		const width = (path: string): number => Number(page.one(`[data-path=${path}] svg[stroke-width]`).getAttribute('stroke-width'));
		expect(width('hardware')).toBeGreaterThan(width('software'));
		expect(width('software')).toBeGreaterThanOrEqual(width('slow'));
		expect(page.one('[data-path=hardware]').textContent).toContain('214 connections812 Mbit/s');
		expect(page.one('[data-path=slow]').textContent).toContain('12 connections1.9 Mbit/s');
	});

	it('says which path is not in use', async () => {
		const page = await scene('software');
		expect(page.one('[data-path=hardware]').textContent).toContain('not in use');
		expect(page.one('[data-path=software]').textContent).not.toContain('not in use');
	});

	it('writes the chain of devices out, ports shortened', async () => {
		const page = await scene('software');
		expect([...page.root.querySelectorAll('.nfo-box')].map(({ textContent }) => textContent))
			.toEqual(['lanbr-lan · lan1–lan4, phy1-ap0', 'wan, wan6pppoe-wan · eth1.7 · eth1']);
	});
});

describe('facts that are not there yet', () => {
	/* happy-dom lays nothing out, so nothing would ever be on screen, and what is not is not asked for */
	class EverythingOnScreen {
		constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}

		observe = (): void => this.tell([{ isIntersecting: true }]);
		disconnect = (): void => undefined;
	}
	beforeEach(() => { vi.stubGlobal('IntersectionObserver', EverythingOnScreen); });
	afterEach(() => { vi.unstubAllGlobals(); });

	const ANEW = 'The firewall was loaded anew';
	const answers = (surveyed: (call: { method: string }) => unknown, one = status('software')) => (call: { method: string; args: Record<string, unknown> }): unknown =>
		surveyed(call) ?? playing([one])(call);
	const [shown, before] = [status('software'), status('software', 1000, { loaded: { ruleset: '1-9' } })];

	it.each(['status', 'connections'] as const)('do not say that the firewall was loaded anew (%s)', async (tab) => {
		const page = await show(answers(({ method }) => (method === 'coverage' || method === 'conflicts' ? { running: true, facts: null } : undefined)), { tab });
		await page.wait(5000);
		expect(page.text()).toContain('Asking the router…');
		expect(page.text()).not.toContain(ANEW);
	});

	it.each(['status', 'connections'] as const)('nor when it is not known what is loaded (%s)', async (tab) => {
		const unknown = status('software', 1000, { loaded: { table: false, ruleset: null, error: 'nft: timed out' } });
		const page = await show(answers(({ method }) => (method === 'coverage' ? { running: true, facts: coverageUnder(shown) } : undefined), unknown), { tab });
		await page.wait(5000);
		expect(page.text()).not.toContain(ANEW);
	});

	it.each(['status', 'connections'] as const)('but those of another ruleset do (%s)', async (tab) => {
		const page = await show(answers(({ method }) => (method === 'coverage' ? { running: true, facts: coverageUnder(before) } : undefined)), { tab });
		await page.wait(5000);
		expect(page.text()).toContain(ANEW);
	});
});

describe('choosing', () => {
	const accepted = { transaction: transaction('hardware', 'checking') };

	it('tries what is chosen, for as long as is chosen', async () => {
		const page = await show(playing(SCENES.software, () => accepted));
		page.one<HTMLInputElement>('input[value=hardware]').click();
		const length = page.one<HTMLSelectElement>('select');
		length.value = '120';
		length.dispatchEvent(new Event('change', { bubbles: true }));
		await page.wait(100);
		await page.click('Try it');
		expect(page.calls.filter(({ method }) => method !== 'status')).toEqual([{ method: 'apply', args: { mode: 'hardware', confirm_timeout: 120 } }]);
	});

	it('follows what is asked for until somebody chooses, and offers to load it again', async () => {
		const page = await show(playing([status('off'), status('software', 1002)], () => accepted));
		expect(page.one<HTMLInputElement>('input[value=off]').checked).toBe(true);
		await page.wait(2500);
		expect(page.one<HTMLInputElement>('input[value=software]').checked).toBe(true);
		await page.click('Load again');
		expect(page.calls.at(-2)).toEqual({ method: 'apply', args: { mode: 'software', confirm_timeout: 60 } });
	});

	it('asks for news at once after an action', async () => {
		const page = await show(playing(SCENES.software, () => accepted));
		const before = page.calls.length;
		await page.click('Load again');
		expect(page.calls.slice(before).map(({ method }) => method)).toEqual(['apply', 'status']);
	});

	it('calls once, however often it is pressed', async () => {
		const page = await show(playing(SCENES.software, () => new Promise(() => undefined)));
		const button = page.button('Load again');
		button.click();
		await page.wait(100);
		button.click();
		button.click();
		expect(button.disabled).toBe(true);
		expect(page.calls.filter(({ method }) => method === 'apply').length).toBe(1);
	});

	it.each<[string, Status, string]>([
		['a module is missing', status('software', 1000, { prerequisites: { modules: { nf_flow_table: 'loaded', nf_flow_table_inet: 'missing', nft_flow_offload: 'missing' } } }), 'nf_flow_table_inet, nft_flow_offload'],
		['the firewall is not loaded', SCENES.firewallDown[0]!, 'The firewall is not loaded.'],
		['somebody\'s changes wait', SCENES.foreign[0]!, 'set cfg01e63d input REJECT'],
		['a trial runs', SCENES.trial[0]!, 'A trial is running: Hardware'],
	])('is impossible with a reason when %s', async (_name, facts, reason) => {
		const page = await show(playing([facts]));
		const button = [...page.root.querySelectorAll<HTMLButtonElement>('.nfo-try button')][0]!;
		expect(button.disabled).toBe(true);
		expect(page.one('.nfo-try-words').textContent).toContain(reason);
	});

	it('shows a refusal with what to do and the list', async () => {
		const error = { code: 'FOREIGN_CHANGES', message: '', detail: { changes: [['set', 'cfg01e63d', 'input', 'DROP']] } };
		const page = await show(playing([status('software')], () => ({ error })));
		await page.click('Load again');
		const message = page.one('[data-code=FOREIGN_CHANGES]');
		expect(message.getAttribute('role')).toBe('alert');
		expect(message.textContent).toContain('Apply or discard them first.');
		expect(message.querySelector('pre')?.textContent).toBe('set cfg01e63d input DROP');
	});
});

describe('a trial', () => {
	it('shows its steps, then counts down', async () => {
		const applying = await scene('applying');
		expect([...applying.root.querySelectorAll<HTMLElement>('.nfo-steps li')].map(({ dataset }) => `${dataset.step} ${dataset.state}`)).toEqual([
			'checking done', 'staging done', 'validating done', 'reloading now', 'verifying ahead',
		]);
		expect(applying.root.querySelectorAll('.nfo-trial button').length).toBe(0);

		const page = await show(playing([{ ...SCENES.trial.at(-1)!, now: 1010 }]));
		expect(page.one('.nfo-clock').textContent).toBe('0:41');
		page.calls.length = 0;
		await page.wait(800);
		expect(page.calls.length).toBe(0);
		expect(page.one('.nfo-clock').textContent).toBe('0:41');
		await page.wait(150);
		expect(['0:40', '0:41']).toContain(page.one('.nfo-clock').textContent);
		expect(page.one('.nfo-trial').textContent).toContain('goes back to Software');
	});

	it('keeps the live numbers and their verdict in sight', async () => {
		const page = await scene('trial');
		expect(page.one('[data-tile=working]').dataset.verdict).toBe('WORKING');
		expect(page.one('[data-path=hardware]').textContent).toContain('812 Mbit/s');
	});

	it.each([['Keep', 'confirm'], ['Go back', 'revert']])('%s answers it, on the page of whoever looks', async (label, method) => {
		/* This page has started nothing: the trial is another administrator's. */
		const page = await show(playing(SCENES.trial, () => ({ transaction: SCENES.trial[0]!.transaction })));
		await page.click(label);
		expect(page.calls.filter((call) => call.method !== 'status')).toEqual([{ method, args: { id: 't1' } }]);
	});

	describe('an answer that does not arrive', () => {
		const lost = (): never => { throw rpcError('RPC call to luci.nft-offload/confirm failed with HTTP error 502: Bad Gateway'); };
		const confirms = ({ calls }: Shown): number => calls.filter(({ method }) => method === 'confirm').length;
		const messages = ({ root }: Shown): (string | null)[] => [...root.querySelectorAll('.nfo-message[data-code]')].map((message) => message.getAttribute('data-code'));

		it.each<[string, object]>([
			['and is then taken', { transaction: SCENES.trial[0]!.transaction }],
			/* the router had it, only its reply was lost */
			['and was the one that counted', { error: { code: 'EXPIRED', message: '', detail: { decision: 'keep' } } }],
		])('is sent again %s', async (_how, reply) => {
			let tries = 0;
			const page = await show(playing(SCENES.trial, () => (++tries < 3 ? lost() : reply)));
			await page.click('Keep');
			expect([confirms(page), page.button('Keep').disabled, messages(page)]).toEqual([1, true, []]);
			await page.wait(1000);
			expect([confirms(page), page.button('Keep').disabled]).toEqual([2, true]);
			await page.wait(1000);
			expect([confirms(page), page.button('Keep').disabled, messages(page)]).toEqual([3, false, []]);
			await page.wait(3000);
			expect(confirms(page)).toBe(3);
		});

		it('is given up when the time is up', async () => {
			const last = SCENES.trial.at(-1)!;
			const left = Math.ceil(last.transaction!.deadline! - last.now);
			const page = await show(playing([last], lost));
			await page.click('Keep');
			await page.wait(left * 1000 - 2000);
			const sent = confirms(page);
			expect(sent).toBeGreaterThan(left / 2);
			expect(messages(page)).toEqual([]);
			await page.wait(4000);
			expect(messages(page)).toContain('UNREACHABLE');
			await page.wait(5000);
			expect(confirms(page)).toBeLessThan(sent + 4);
		});

		it('is not sent again to who may not', async () => {
			const page = await show(playing(SCENES.trial, () => 6));
			await page.click('Keep');
			await page.wait(3000);
			expect([confirms(page), messages(page)]).toEqual([1, ['DENIED']]);
		});
	});

	it('says so when somebody else was first', async () => {
		const error = { code: 'EXPIRED', message: '', detail: { decision: 'revert' } };
		const page = await show(playing(SCENES.trial, () => ({ error })));
		await page.click('Keep');
		expect(page.one('[data-code=EXPIRED]').textContent).toContain('Too late: somebody has gone back already.');
	});

	it.each<[Scene, string, string[]]>([
		['kept', 'kept', ['Software offloading is kept and saved.']],
		['timedOut', 'reverted', ['Nobody answered in time', 'is back, as seen in the kernel: Software.']],
		['refused', 'HARDWARE_REFUSED', ['Hardware offloading was tried and failed.', 'eth1', 'Choose Software.', 'is back, as seen in the kernel: Software.', 'Error: Could not process rule: Operation not supported']],
		['invalid', 'RULESET_INVALID', ['Nothing had been changed yet.', '/etc/nftables.d/99-broken.nft']],
		['lost', 'ROLLBACK_FAILED', ['NOT back', 'No such file or directory']],
	])('ends as %s', async (name, code, words) => {
		const page = await scene(name);
		const message = page.one(`.nfo-message[data-code=${code}]`);
		for (const word of words)
			expect(message.textContent).toContain(word);
		expect(message.textContent?.includes('is back, as seen')).toBe(words.some((word) => word.includes('is back')));
		expect(page.root.querySelector('.nfo-trial')).toBeNull();
	});

	it('whose old state is not back is loud, for as long as it is the last', async () => {
		const lost = status('off', 90_000, { rest: { transaction: SCENES.lost.at(-1)!.transaction } });
		const page = await show(playing([lost]));
		expect(page.one('.nfo-message').className).toContain('nfo-bad');
		expect(page.one('.nfo-message').getAttribute('role')).toBe('alert');
	});

	it('that ended well is no news after a while', async () => {
		const kept = SCENES.kept.at(-1)!.transaction;
		const page = await show(playing([status('software', 90_000, { rest: { transaction: kept } })]));
		expect(page.root.querySelector('.nfo-events .nfo-message')).toBeNull();
	});

	it('that a restart of the router cut short is explained', async () => {
		const trial = { ...status('hardware', 1000, { asked: { saved: OPTIONS.off } }), transaction: transaction('hardware', 'waiting') };
		const page = await show(playing([trial, status('off', 40), status('off', 42)]));
		await page.wait(4000);
		expect(page.one('[data-code=RESTARTED]').textContent).toContain('Hardware offloading was not saved');
	});

	it('that a restart cut short is explained after the login that it takes, however long that took', async () => {
		const trial = { ...status('hardware', 100), transaction: transaction('hardware', 'waiting', 100) };
		await show(playing([trial]));
		hideAll();
		await vi.advanceTimersByTimeAsync(300_000);
		const page = await show(playing([status('off', 250)]));
		expect(page.one('[data-code=RESTARTED]')).not.toBeNull();
	});

	it('that was kept before a restart is not called lost', async () => {
		const trial = { ...status('hardware', 1000), transaction: transaction('hardware', 'committing') };
		const page = await show(playing([trial, status('hardware', 40)]));
		await page.wait(4000);
		expect(page.one('[data-code=RESTARTED]').textContent).toContain('Hardware offloading was saved before that.');
	});

	it('that ended without a restart is not mistaken for one that was cut short', async () => {
		const trial = { ...status('hardware', 100), transaction: transaction('hardware', 'waiting', 100) };
		const ended = { ...status('off', 103), transaction: transaction('hardware', 'done', 103, { outcome: 'reverted', decision: 'revert', restored: true }) };
		const page = await show(playing([trial, ended, { ...status('off', 400) }]));
		await page.wait(6000);
		expect(page.root.querySelector('[data-code=RESTARTED]')).toBeNull();
	});

	it('asks every second', async () => {
		const page = await show(playing(series(2, 'hardware', {}, { rest: { transaction: transaction('hardware', 'reloading') } })));
		page.calls.length = 0;
		await page.wait(5000);
		expect(page.calls.length).toBe(5);
		expect(page.calls.every(({ args }) => args.watch === true)).toBe(true);
	});
});
