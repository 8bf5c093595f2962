// SPDX-License-Identifier: Apache-2.0
import { expectLeft, holdIn, STEPS_OF_THIS_RUN } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';

test('the power is cut in each step, and the router boots with the state from before', async ({ luci, router }) => {
	test.setTimeout(1_800_000);
	await luci.open();
	for (const step of STEPS_OF_THIS_RUN) {
		await test.step(step, async () => {
			await holdIn(router, step, async () => {
				await luci.try('software');
				await expect(luci.trial).toBeVisible();
			});
			await router.target.powerOff();
			await expect(luci.message('UNREACHABLE')).toContainText('The router does not answer');
			await router.powerOn();

			expect((await router.status()).transaction).toBeNull();
			await expectLeft(router, { mode: 'off' });
			await luci.open();
			await expect(luci.message('RESTARTED')).toContainText('Software offloading was not saved, so the setting from before is back.');
			await expect(luci.tile('loaded')).toContainText('Off');
		});
	}
});

test('the power is cut right after Keep: the change is there', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.setTimeout(600_000);
	await luci.open();
	await luci.try('software');
	await luci.keep.click();
	await expect(luci.message('kept')).toBeVisible();
	await router.target.powerOff();
	await router.powerOn();

	expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: null });
	// firewall4 starts before its networks are up, and lists their devices in the reload after that
	await expect.poll(() => router.flowtable()).not.toBe('');
	await expectLeft(router, { mode: 'software' });
	await luci.open();
	await expect(luci.tile('asked')).toContainText('Software');
	await expect(luci.tile('loaded')).toContainText('Software');
});
