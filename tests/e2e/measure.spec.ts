// SPDX-License-Identifier: Apache-2.0
import type { Accepted, Phase, Refusal, Step, Transaction } from '../../web/src/contract.ts';
import { ended, expectLeft, hold, kill, release } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import { quote } from './router.ts';
import type { Router } from './router.ts';

const PORT = 7008;

/** A TCP download that does not end, at a pace that an emulated CPU bears. */
const POUR = `require('net').createServer((socket) => {
	const timer = setInterval(() => { if (!socket.writableNeedDrain) socket.write(Buffer.alloc(8192)); }, 50);
	socket.on('error', () => undefined).on('close', () => clearInterval(timer)).resume();
}).listen(${PORT})`;
const DRINK = `require('net').connect(${PORT}, '203.0.113.2').resume()`;

async function download(router: Router): Promise<void> {
	const start = (program: string): string => `node -e ${quote(program)} </dev/null >/dev/null 2>&1 & echo $! >/tmp/download.pid`;
	const { target } = router;
	await target.server(start(POUR).replace('/tmp/', '/tmp/server.'));
	await target.client(`until nc -z 203.0.113.2 ${PORT}; do sleep 0.2; done; ${start(DRINK)}`);
}

async function stopDownload(router: Router): Promise<void> {
	await router.target.client('kill $(cat /tmp/download.pid /tmp/server.download.pid)');
}

/** The ruleset without its counters. */
const ruleset = (router: Router): Promise<string> => router.sh('nft -s list table inet fw4');

async function measure(router: Router, seconds = 5): Promise<Transaction> {
	const reply: Accepted | Refusal = await router.call('measure', { seconds });
	if ('error' in reply)
		throw new Error(JSON.stringify(reply.error));
	return reply.transaction;
}

test('a long download: at least 95 % fewer packets take the slow path, and everything is as it was', async ({ luci, router }) => {
	test.skip(!router.target.hasHosts, 'no hosts of their own');
	// the sampler has the lowest priority, and the download before it
	test.setTimeout(600_000);
	await router.change('software');
	const before = { config: await router.config(), ruleset: await ruleset(router) };
	await download(router);
	await luci.open();
	await luci.page.getByRole('button', { name: 'Measure the difference' }).click();

	await router.reaches(['measuring'], 60);
	const { measurement, ...done } = await ended(router, 480);
	await stopDownload(router);
	expect(done).toMatchObject({ outcome: 'reverted', restored: true, error: null });
	expect(measurement!.phases.map(({ name }) => name)).toEqual(['with', 'without', 'again']);
	const [together, without, again] = measurement!.phases.map(({ slow_packets, seconds }: Phase) => slow_packets / seconds) as [number, number, number];
	expect(without).toBeGreaterThan(10);
	expect(together).toBeLessThan(0.05 * without);
	expect(again).toBeLessThan(0.05 * without);
	await expect(luci.page.getByRole('table', { name: 'Before and after' })).toContainText('Slow packets per second');

	expect(await router.config()).toBe(before.config);
	expect(await ruleset(router)).toBe(before.ruleset);
	await expectLeft(router, { mode: 'software' });
});

/* EVERYTHING=1 takes more of them */
for (const step of (process.env.EVERYTHING ? ['measuring', 'reloading', 'waiting', 'reverting'] : ['measuring', 'waiting']) as Step[])
	test(`interrupted while ${step}: Go back, the worker killed`, { tag: TEST_ALL }, async ({ router }) => {
		await router.change('software');
		const before = { config: await router.config(), ruleset: await ruleset(router) };
		const same = async (): Promise<void> => {
			expect(await router.config()).toBe(before.config);
			expect(await ruleset(router)).toBe(before.ruleset);
			await expectLeft(router, { mode: 'software' });
		};

		const held = await hold(router, step, () => measure(router));
		await router.call('revert', { id: (await router.status()).transaction!.id });
		await release(router, held);
		// while the firewall reloads nobody is asked
		expect(await ended(router)).toMatchObject({ outcome: 'reverted', decision: step === 'measuring' || step === 'waiting' ? 'revert' : null });
		await same();

		await kill(router, (await hold(router, step, () => measure(router))).worker);
		expect(await ended(router)).toMatchObject({ outcome: 'failed', error: { code: 'WORKER_DIED' } });
		await same();
	});

test('the browser is closed: the comparison goes on, and ends where it began', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.change('software');
	const before = await ruleset(router);
	await luci.open();
	await measure(router);
	await router.reaches(['waiting'], 120);
	await luci.page.close();

	const { measurement } = await ended(router, 120);
	expect(measurement!.phases).toHaveLength(3);
	expect(await ruleset(router)).toBe(before);
	await expectLeft(router, { mode: 'software' });
});
