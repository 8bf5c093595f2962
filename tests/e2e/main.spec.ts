// SPDX-License-Identifier: Apache-2.0
import type { Mode } from '../../web/src/contract.ts';
import { hold, release } from './faults.ts';
import { expect, test } from './fixtures.ts';
import type { Luci } from './luci.ts';

async function keepMode(luci: Luci, mode: Mode): Promise<void> {
	await luci.choose(mode);
	await luci.tryIt.click();
	await expect(luci.keep).toBeVisible({ timeout: 90_000 });
	await luci.keep.click();
	await expect(luci.trial).toBeHidden({ timeout: 60_000 });
}

test('software: asked for, loaded, working, and kept in flash', async ({ luci, router }) => {
	await router.target.traffic(true);
	await luci.open();
	await expect(luci.tile('asked')).toContainText('Off');

	await keepMode(luci, 'software');

	expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: null });
	expect(await router.uncommitted()).toBe('');
	expect(await router.flowtable()).toContain('counter');
	expect(await router.flowtable()).not.toContain('flags offload');
	await expect(luci.tile('asked')).toContainText('Software');
	await expect(luci.tile('loaded')).toContainText('Software');
	await expect.poll(() => router.flagged('OFFLOAD')).toBeGreaterThan(0);
	await expect(luci.tile('working')).toHaveAttribute('data-verdict', 'WORKING', { timeout: 90_000 });
	await expect(luci.tile('working')).toContainText(/[1-9]\d* software/);
});

test('hardware: flows in the NIC, and Off brings everything back to none', async ({ luci, router }) => {
	test.skip(!router.target.hasHardware, 'this target has no NIC that offloads');
	await router.target.traffic(true);
	await luci.open();

	await keepMode(luci, 'hardware');

	expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: '1' });
	expect(await router.flowtable()).toContain('flags offload');
	await expect.poll(() => router.flagged('HW_OFFLOAD')).toBeGreaterThan(0);
	await expect(luci.tile('working')).toContainText(/[1-9]\d* hardware/, { timeout: 90_000 });

	await keepMode(luci, 'off');

	expect(await router.saved()).toEqual({ flow_offloading: null, flow_offloading_hw: null });
	expect(await router.flowtable()).toBe('');
	await expect.poll(() => router.flagged('HW_OFFLOAD')).toBe(0);
	await expect(luci.tile('loaded')).toContainText('Off');
	await expect(luci.tile('working')).not.toContainText(/[1-9]\d* (hardware|software)/);
});

test('a trial shows its steps, the time left and live numbers, and stages nothing in flash', async ({ luci, router }) => {
	await router.target.traffic(true);
	await luci.open();
	await luci.choose('software');
	const held = await hold(router, 'validating', () => luci.tryIt.click());

	await expect(luci.trial.locator('[data-step=validating][data-state=now]')).toBeVisible();
	await release(router, held);
	await expect(luci.page.getByRole('timer')).toHaveText(/\d:\d\d/, { timeout: 90_000 });
	expect((await router.saved()).flow_offloading).toBeNull();
	expect(await router.uncommitted()).toContain('flow_offloading');
	await expect(luci.tile('working')).toContainText(/[1-9]\d* software/);

	await luci.goBack.click();
	await expect(luci.message('reverted')).toBeVisible({ timeout: 60_000 });
	expect(await router.flowtable()).toBe('');
	expect(await router.uncommitted()).toBe('');
});

test('nobody watches: the sampler ends and its table is gone', async ({ luci, router }) => {
	await luci.open();
	await expect.poll(async () => (await router.target.sh('nft list tables')).stdout, { timeout: 60_000 }).toContain('nft_offload');
	await luci.page.close();
	await expect.poll(async () => (await router.target.sh('nft list tables')).stdout, { timeout: 60_000 }).not.toContain('nft_offload');
	// it takes its table away first, and ends then
	await expect.poll(async () => (await router.target.sh('pgrep -f /usr/libexec/nft-offload/sampler')).stdout).toBe('');
});
