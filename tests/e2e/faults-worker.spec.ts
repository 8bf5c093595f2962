// SPDX-License-Identifier: Apache-2.0
import { ended, expectLeft, hold, holdIn, kill, release, STEPS_OF_THIS_RUN } from './faults.ts';
import type { Held, STEPS } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import type { Luci } from './luci.ts';
import type { Router } from './router.ts';

/** What the page calls the steps. */
const NAMES: Record<(typeof STEPS)[number], string> = {
	checking: 'Check this router',
	staging: 'Stage the change',
	validating: 'Check the ruleset',
	reloading: 'Reload the firewall',
	verifying: 'Verify in the kernel',
	waiting: 'Wait for your answer',
	reverting: 'Go back',
	committing: 'Save',
};

/** How the death of a worker in a step ends, on the router and on the page. */
async function expectEnd(luci: Luci, step: (typeof STEPS)[number]): Promise<void> {
	// an answer that was given is honoured
	if (step === 'committing') {
		await expect(luci.message('kept')).toContainText('Software offloading is kept and saved');
	} else if (step === 'reverting') {
		await expect(luci.message('reverted')).toContainText('Software offloading was taken back');
	} else {
		const message = luci.message('WORKER_DIED');
		await expect(message).toContainText(`ended unexpectedly in the step “${NAMES[step]}”`);
		await expect(message).toContainText(step === 'checking' ? 'Nothing had been changed yet' : 'back, as seen in the kernel: Off');
	}
}

async function killIn(luci: Luci, router: Router, step: (typeof STEPS)[number], victims: (held: Held) => number[]): Promise<void> {
	const held = await holdIn(router, step, () => router.apply({ mode: 'software', confirm_timeout: 300 }));
	await kill(router, ...victims(held));
	await expectEnd(luci, step);
	await ended(router);
	await expectLeft(router, { mode: step === 'committing' ? 'software' : 'off' });
}

test('the worker killed in each step', async ({ luci, router }) => {
	test.setTimeout(900_000);
	await luci.open();
	for (const step of STEPS_OF_THIS_RUN)
		await test.step(step, () => killIn(luci, router, step, ({ worker }) => [worker]));
});

test('the worker and its guard killed: the next caller ends the transaction', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.setTimeout(900_000);
	await luci.open();
	// before anything is loaded, while it is, and after the answer: the page is that caller
	for (const step of ['staging', 'reloading', 'committing'] as const)
		await test.step(step, () => killIn(luci, router, step, ({ worker, guard }) => [guard, worker]));
});

test('the worker killed while fw4 reloads', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	// fw4 waits for its lock, inside the step
	await router.breaks(
		'( flock -x 9; exec sleep 600 ) 9>/var/run/fw4.lock </dev/null >/dev/null 2>&1 & echo $! >/tmp/locker; until ! flock -n /var/run/fw4.lock true; do :; done',
		'kill $(cat /tmp/locker); rm -f /tmp/locker');
	await luci.try('software');
	const { step } = await router.reaches(['reloading', 'done']);
	expect(step).toBe('reloading');
	await expect.poll(async () => (await router.target.sh('pgrep -f "[f]w4 reload"')).stdout).not.toBe('');
	await router.sh('read -r _ _ pid _ </var/run/nft-offload/worker.json; kill -9 $pid');
	await router.mend();

	await expectEnd(luci, 'reloading');
	await ended(router);
	await expect.poll(async () => (await router.target.sh('pgrep -f "[f]w4 (reload|start)"')).stdout).toBe('');
	await expectLeft(router, { mode: 'off' });
});

test('rpcd restarted in each step: the transaction goes on without it', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.setTimeout(900_000);
	/* the first line has the object's id; a call that the old rpcd takes with it is never answered */
	const object = async (): Promise<string> => (await router.target.sh('ubus -v list luci.nft-offload')).stdout.split('\n')[0]!;
	const restart = async (): Promise<void> => {
		const before = await object();
		expect(before).toContain('@');
		await router.sh('/etc/init.d/rpcd restart');
		await expect.poll(async () => ![before, ''].includes(await object())).toBe(true);
	};
	await luci.open();

	for (const answer of ['revert', 'confirm'] as const) {
		let held: Held | null = null;
		// until the answer both go the same way
		for (const step of answer === 'revert' ? ['checking', 'staging', 'validating', 'reloading', 'verifying', 'waiting'] as const : ['waiting'] as const) {
			await test.step(`${step}, before ${answer}`, async () => {
				held = await hold(router, step, async () => held ?? router.apply({ mode: 'software', confirm_timeout: 600 }));
				await restart();
				expect((await router.status()).transaction?.step).toBe(step);
			});
		}
		await test.step(answer === 'confirm' ? 'committing' : 'reverting', async () => {
			// the login went with rpcd, as it does on a router
			await expect(luci.message('SESSION_EXPIRED')).toContainText('A trial goes back by itself if nobody answers');
			await luci.open();
			held = await hold(router, answer === 'confirm' ? 'committing' : 'reverting', () => (answer === 'confirm' ? luci.keep : luci.goBack).click());
			await restart();
			await release(router, held);
			await ended(router);
			await luci.open();
			await expect(luci.message(answer === 'confirm' ? 'kept' : 'reverted')).toBeVisible();
			await expectLeft(router, { mode: answer === 'confirm' ? 'software' : 'off' });
		});
	}
});
