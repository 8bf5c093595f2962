// SPDX-License-Identifier: Apache-2.0
import type { Browser } from '@playwright/test';
import { ended, expectLeft, hold, otherMode, release } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import { Luci } from './luci.ts';
import type { Router } from './router.ts';

/** Somebody else's change, as a line of /tmp/.uci and of the configuration. */
const ZONE = { set: 'firewall.@zone[1].input=DROP', edit: ['option name wan\nlist network wan\nlist network wan6\noption input REJECT', 'option name wan\nlist network wan\nlist network wan6\noption input DROP'] as [string, string] };

/** A browser of its own, with a login of its own. */
async function anotherBrowser(browser: Browser, router: Router): Promise<Luci> {
	const context = await browser.newContext();
	return new Luci(await context.newPage(), router.target);
}

async function uncommittedLines(router: Router): Promise<string[]> {
	return (await router.uncommitted()).split('\n').filter(Boolean);
}

test('the browser is closed during the countdown: the router goes back, and says so later', async ({ browser, luci, router }) => {
	await luci.open();
	await luci.trialOf('30 seconds');
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	expect(await router.flowtable()).toContain('devices');
	await luci.page.close();

	const done = await ended(router);
	expect(done).toMatchObject({ outcome: 'reverted', decision: 'timeout', restored: true });
	await expectLeft(router, { mode: 'off' });
	const later = await anotherBrowser(browser, router);
	await later.open();
	await expect(later.message('reverted')).toContainText('Nobody answered in time: Software offloading was taken back');
	await later.page.context().close();
});

test('nobody answers until the deadline', async ({ luci, router }) => {
	await router.change('software');
	await luci.open();
	await router.apply({ mode: otherMode(router), confirm_timeout: 15 });
	// a page that did not start it watches as well
	await expect(luci.page.getByRole('timer')).toHaveText(/0:\d\d/, { timeout: 60_000 });

	await expect(luci.message('reverted')).toContainText(`Nobody answered in time: ${router.target.hasHardware ? 'Hardware' : 'No'} offloading was taken back`);
	await expect(luci.message('reverted')).toContainText('back, as seen in the kernel: Software');
	await ended(router);
	await expectLeft(router, { mode: 'software' });
});

test('Go back is pressed', async ({ luci, router }) => {
	await router.change('software');
	await luci.open();
	await luci.try('off');
	await luci.goBack.click();

	await expect(luci.message('reverted')).toContainText('No offloading was taken back');
	await expect(luci.message('reverted')).toContainText('back, as seen in the kernel: Software');
	await expect(luci.tile('loaded')).toContainText('Software');
	await ended(router);
	await expectLeft(router, { mode: 'software' });
});

test('Keep is pressed while the browser cannot reach the router', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	await luci.page.context().setOffline(true);
	await luci.keep.click();
	await expect(luci.message('UNREACHABLE')).toContainText('The router does not answer');
	expect(await router.transaction()).toMatchObject({ step: 'waiting' });

	await luci.page.context().setOffline(false);
	await expect(luci.message('kept')).toContainText('Software offloading is kept and saved');
	await expect(luci.page.locator('.nfo-message[data-code]')).toHaveCount(1);
	expect(await ended(router)).toMatchObject({ outcome: 'kept', decision: 'keep', mode: 'software' });
	await expectLeft(router, { mode: 'software' });
});

test('two administrators apply at once, and answer at once', async ({ browser, luci, router }) => {
	const second = await anotherBrowser(browser, router);
	await luci.open();
	await second.open();
	const other = router.target.hasHardware ? 'hardware' : 'software';
	await Promise.all([luci.choose('software'), second.choose(other)]);
	await Promise.all([luci.tryIt.click(), second.tryIt.click()]);

	// one of them has it
	await expect.poll(async () => await luci.message('BUSY').count() + await second.message('BUSY').count()).toBe(1);
	const [winner, loser, mode] = await second.message('BUSY').count() ? [luci, second, 'software'] as const : [second, luci, other] as const;
	await expect(loser.message('BUSY')).toContainText('A trial is running');
	await expect(winner.message('BUSY')).toHaveCount(0);
	await expect(loser.keep).toBeVisible();
	await expect(winner.keep).toBeVisible();
	expect((await router.status()).transaction?.mode).toBe(mode);

	// held, so that both answers come before the worker looks
	const held = await hold(router, 'waiting', () => Promise.resolve());
	await winner.keep.click();
	await expect(winner.keep).toBeEnabled();
	await loser.goBack.click();
	await expect(loser.message('EXPIRED')).toContainText('Too late: somebody has kept it already');
	await release(router, held);

	await expect(winner.message('kept')).toContainText('is kept and saved');
	expect(await ended(router)).toMatchObject({ outcome: 'kept', decision: 'keep', mode });
	await expectLeft(router, { mode });
	await second.page.context().close();
});

test('Keep is pressed after the deadline', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	const held = await hold(router, 'waiting', () => router.apply({ mode: 'software', confirm_timeout: 15 }));
	await expect(luci.page.getByRole('timer')).toHaveText('0:00', { timeout: 60_000 });
	await luci.keep.click();

	await expect(luci.message('EXPIRED')).toContainText('Too late: the time was up and the router went back');
	await release(router, held);
	const { id } = await ended(router);
	await expect(luci.message('reverted')).toContainText('Nobody answered in time');
	expect(await router.call('confirm', { id })).toMatchObject({ error: { code: 'EXPIRED', detail: { decision: 'timeout' } } });
	await expectLeft(router, { mode: 'off' });
});

test('a foreign uncommitted change before: refused with its list, neither committed nor reverted', async ({ luci, router }) => {
	await router.sh(`uci set ${ZONE.set}`);
	const uncommitted = await router.uncommitted();
	await luci.open();

	await expect(luci.tile('asked')).toHaveAttribute('data-verdict', 'FOREIGN_CHANGES');
	await luci.choose('software');
	await expect(luci.tryIt).toBeDisabled();
	const why = luci.page.locator('#nfo-try-words');
	await expect(why).toContainText('Somebody\'s changes to the firewall\'s configuration are not saved yet');
	await luci.unfold(why);
	await expect(why).toContainText(/set .+ input DROP/);

	expect(await router.call('apply', { mode: 'software' })).toMatchObject({
		error: { code: 'FOREIGN_CHANGES', detail: { changes: [['set', expect.any(String), 'input', 'DROP']] } },
	});
	expect((await router.status()).transaction).toBeNull();
	await expectLeft(router, { mode: 'off', uncommitted });
});

test('a foreign uncommitted change that comes while the router is checked', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	const held = await hold(router, 'checking', () => luci.try('software'));
	await router.sh(`uci set ${ZONE.set}`);
	const uncommitted = await router.uncommitted();
	await release(router, held);

	const message = luci.message('FOREIGN_CHANGES');
	await expect(message).toContainText('Software offloading was tried and failed');
	await expect(message).toContainText('Nothing had been changed yet');
	await ended(router);
	await expectLeft(router, { mode: 'off', uncommitted });
});

test('a foreign uncommitted change during the countdown stays so after Keep and after Go back', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	await router.sh(`uci set ${ZONE.set}`);
	const [foreign = ''] = (await uncommittedLines(router)).filter((line) => !line.includes('flow_offloading'));
	await luci.keep.click();
	await expect(luci.message('kept')).toContainText('Software offloading is kept and saved');
	await ended(router);
	await expectLeft(router, { mode: 'software', uncommitted: foreign });

	await router.sh('uci revert firewall');
	await luci.try('off');
	await expect(luci.keep).toBeVisible();
	await router.sh(`uci set ${ZONE.set}`);
	await luci.goBack.click();
	await expect(luci.message('reverted')).toContainText('No offloading was taken back');
	await ended(router);
	await expectLeft(router, { mode: 'software', uncommitted: foreign });
	await expect(luci.tile('asked')).toHaveAttribute('data-verdict', 'FOREIGN_CHANGES');
});

test('a foreign "uci commit firewall" during the countdown: Go back restores the two options and nothing else', async ({ luci, router }) => {
	await luci.open();
	await luci.try('software');
	await expect(luci.goBack).toBeVisible();
	await router.sh(`uci set ${ZONE.set} && uci commit firewall`);
	expect((await router.saved()).flow_offloading).toBe('1');
	await luci.goBack.click();

	await expect(luci.message('reverted')).toContainText('back, as seen in the kernel: Off');
	await ended(router);
	await expectLeft(router, { mode: 'off', edits: [ZONE.edit] });
});

/** LuCI's way of saving: `uci` over ubus with a session, the changes applied on probation and confirmed. */
async function saveInLuci(router: Router, values: Record<string, string>, wait = 0): Promise<void> {
	const call = async (session: string, object: string, method: string, args: object): Promise<unknown> => {
		const reply = await fetch(`${router.target.url}/ubus`, {
			method: 'POST',
			body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: [session, object, method, args] }),
		});
		const { result } = await reply.json() as { result: [number, unknown] };
		expect(result[0], `${object} ${method}`).toBe(0);
		return result[1];
	};
	const { ubus_rpc_session: session } = await call('0'.repeat(32), 'session', 'login', router.target.admin) as { ubus_rpc_session: string };
	await call(session, 'uci', 'set', { config: 'firewall', section: '@zone[1]', values });
	await call(session, 'uci', 'apply', { rollback: true, timeout: 90 });
	await new Promise((resolve) => { setTimeout(resolve, wait); });
	await call(session, 'uci', 'confirm', {});
}

for (const answer of ['Go back', 'Keep'] as const) {
	test(`LuCI's firewall page is saved during the countdown, then ${answer}`, { tag: TEST_ALL }, async ({ luci, router }) => {
		await luci.open();
		await luci.trialOf('5 minutes');
		await luci.try('software');
		await expect(luci.keep).toBeVisible();
		await saveInLuci(router, { input: 'DROP' });
		// procd reloads the firewall, as LuCI asked for
		await expect.poll(() => router.sh('nft list chain inet fw4 input_wan'), { timeout: 60_000 }).toContain('drop_from_wan');
		expect(router.othersOf(await router.config())).toContain(ZONE.edit[1]);
		await (answer === 'Keep' ? luci.keep : luci.goBack).click();

		await expect(luci.message(answer === 'Keep' ? 'kept' : 'reverted')).toBeVisible();
		await ended(router);
		await expectLeft(router, { mode: answer === 'Keep' ? 'software' : 'off', edits: [ZONE.edit] });
	});
}
