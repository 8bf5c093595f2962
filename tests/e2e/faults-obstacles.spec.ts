// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../web/src/contract.ts';
import { beforeLoad, ended, expectLeft, hold, release } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import type { Luci } from './luci.ts';
import type { Router } from './router.ts';

/** Neither the page nor the backend lets a change begin; both say why. */
async function expectObstacle(luci: Luci, router: Router, code: ErrorCode, prerequisite: string, words: string | RegExp): Promise<void> {
	await luci.choose('software');
	const fact = luci.card('software').locator(`[data-prerequisite=${prerequisite}]`);
	await expect(fact).toHaveAttribute('data-standing', 'missing');
	await expect(luci.tryIt).toBeDisabled();
	await expect(luci.page.locator('#nfo-try-words')).toContainText(words);

	const before = await router.config();
	expect(await router.call('apply', { mode: 'software' })).toMatchObject({ error: { code } });
	expect((await router.status()).transaction).toBeNull();
	expect(await router.config()).toBe(before);
	expect(await router.uncommitted()).toBe('');
}

test('a kernel module is missing', { tag: TEST_ALL }, async ({ luci, router }) => {
	const directory = '/lib/modules/$(uname -r)';
	await router.breaks(
		`rmmod nft_flow_offload && cd ${directory} && mkdir away && mv nft_flow_offload.ko* away/`,
		`cd ${directory} && mv away/* . && rmdir away; insmod ${directory}/nft_flow_offload.ko`);
	await luci.open();
	await expectObstacle(luci, router, 'MODULE_MISSING', 'MODULES', /Kernel modules are missing: nft_flow_offload\..*Install the package kmod-nft-offload/);
	await expect(luci.card('software')).toContainText('lacks nft_flow_offload (package kmod-nft-offload)');

	await router.mend();
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	await luci.goBack.click();
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});

test('fw4 is missing', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.breaks('mv /sbin/fw4 /sbin/fw4.away', 'mv /sbin/fw4.away /sbin/fw4');
	await luci.open();
	await expectObstacle(luci, router, 'FW4_MISSING', 'FIREWALL4', 'firewall4 is not installed on this router. Install the package firewall4.');
	await router.mend();
	await expectLeft(router, { mode: 'off' });
});

test('fw4 disappears during the trial: the kernel cannot be put back, and the page says so loudly', async ({ luci, router }) => {
	await luci.open();
	await luci.try('software');
	await expect(luci.goBack).toBeVisible();
	await router.breaks('mv /sbin/fw4 /sbin/fw4.away', 'mv /sbin/fw4.away /sbin/fw4');
	await luci.goBack.click();

	const message = luci.message('ROLLBACK_FAILED');
	await expect(message).toContainText('The state from before is NOT back');
	await expect(luci.tile('loaded')).toHaveAttribute('data-verdict', 'STILL_LOADED');
	expect(await ended(router)).toMatchObject({ outcome: 'failed', restored: false, error: { code: 'ROLLBACK_FAILED' } });
	// the configuration is back, and the firewall is still loaded
	expect(await router.hasFirewall()).toBe(true);
	expect(await router.saved()).toEqual({ flow_offloading: null, flow_offloading_hw: null });
	expect(await router.uncommitted()).toBe('');

	await router.mend();
	await router.change('off');
	await expectLeft(router, { mode: 'off' });
});

test('the firewall is disabled', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.breaks('/etc/init.d/firewall disable; ! ls /etc/rc.d/S*firewall', '/etc/init.d/firewall enable');
	await luci.open();
	await expectObstacle(luci, router, 'FIREWALL_DISABLED', 'FIREWALL_ENABLED', 'The firewall is disabled, it would not be loaded at the next boot.');
	await router.mend();
	await expectLeft(router, { mode: 'off' });
});

test('the firewall is not loaded', async ({ luci, router }) => {
	await router.breaks('fw4 stop', 'fw4 start');
	await luci.open();
	await expect(luci.tile('loaded')).toHaveAttribute('data-verdict', /FIREWALL_DOWN|NFT_FAILED/);
	await luci.choose('software');
	await expect(luci.tryIt).toBeDisabled();
	await expect(luci.page.locator('#nfo-try-words')).toContainText('The firewall is not loaded.');

	await router.apply({ mode: 'software' });
	expect(await ended(router)).toMatchObject({ outcome: 'failed', restored: null, error: { code: 'FIREWALL_NOT_LOADED' } });
	await expect(luci.message('FIREWALL_NOT_LOADED')).toContainText('Nothing had been changed yet');
	await router.mend();
	await expectLeft(router, { mode: 'off' });
});

const READ_ONLY = 'mount -o bind /etc/config /etc/config && mount -o remount,bind,ro /etc/config && ! touch /etc/config/firewall 2>/dev/null';
// lazily: something may be reading there
const WRITABLE = 'umount -l /etc/config';

test('the file system of the configuration is read-only', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.breaks(READ_ONLY, WRITABLE);
	await luci.open();
	await expectObstacle(luci, router, 'CONFIG_READ_ONLY', 'CONFIG_WRITABLE', 'cannot be written, so nothing could be kept.');
	await router.mend();
	await expectLeft(router, { mode: 'off' });
});

test('the file system of the configuration becomes read-only during the trial: Keep fails and the old state is back', { tag: TEST_ALL }, async ({ luci, router }) => {
	await luci.open();
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	await router.breaks(READ_ONLY, WRITABLE);
	await luci.keep.click();

	const message = luci.message('COMMIT_FAILED');
	await expect(message).toContainText('The setting could not be saved.');
	await expect(message).toContainText('back, as seen in the kernel: Off');
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});

test('the file system of the configuration is full', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.breaks('dd if=/dev/zero of=/etc/config/.filler bs=64k 2>/dev/null; dd if=/dev/zero of=/etc/config/.filler2 bs=1k 2>/dev/null; true', 'rm -f /etc/config/.filler*');
	await luci.open();
	await luci.try('software');

	const message = luci.message('CONFIG_FULL');
	await expect(message).toContainText(/is full: [\d,.]+ bytes are free, [\d,.]+ are needed\. Free some space there\./);
	await expect(message).toContainText('Nothing had been changed yet');
	await ended(router);
	await router.mend();
	await expectLeft(router, { mode: 'off' });
});

/** tmpfs gives no byte more. */
const FILL_TMP = 'mount -o remount,size=$(df -k /tmp | awk \'END { print $3 }\')k /tmp; dd if=/dev/zero of=/tmp/filler bs=4k 2>/dev/null; ! echo x >/tmp/filler2';
const FREE_TMP = 'rm -f /tmp/filler /tmp/filler2; mount -o remount,size=50% /tmp';

test('/tmp is full', async ({ luci, router }) => {
	await luci.open();
	await router.breaks(FILL_TMP, FREE_TMP);
	await luci.try('software');

	const message = luci.message('TMP_FULL');
	await expect(message).toContainText('The router\'s memory file system /tmp is full. Free some space there.');
	expect(await router.call('apply', { mode: 'software' })).toMatchObject({ error: { code: 'TMP_FULL' } });
	await router.mend();
	await expectLeft(router, { mode: 'off' });
	expect(await router.workers('transaction')).toBe('');
});

for (const [answer, code, mode] of [['Keep', 'kept', 'software'], ['Go back', 'reverted', 'off']] as const) {
	test(`/tmp becomes full during the trial, then ${answer}`, { tag: TEST_ALL }, async ({ luci, router }) => {
		await luci.open();
		await luci.try('software');
		await expect(luci.keep).toBeVisible();
		await router.breaks(FILL_TMP, FREE_TMP);
		await (answer === 'Keep' ? luci.keep : luci.goBack).click();

		await expect(luci.message(code)).toBeVisible();
		await ended(router);
		await router.mend();
		await expectLeft(router, { mode });
	});
}

test('a device of the flowtable vanishes between the check and the reload', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.skip(!router.target.hasHardware, 'this target has no NIC that offloads');
	const port = 'fault0';
	await router.breaks(`ip link add ${port} type veth && ip link set ${port} master br-lan && ip link set ${port} up`, `ip link del ${port}`);
	await luci.open();
	const held = await hold(router, 'reloading', () => luci.try('hardware'));
	await router.sh(`ip link del ${port}`);
	await release(router, held);

	// fw4 looks again when it renders
	await expect(luci.keep).toBeVisible();
	expect(await router.flowtable()).not.toContain(port);
	await luci.keep.click();
	await expect(luci.message('kept')).toBeVisible();
	await ended(router);
	await expectLeft(router, { mode: 'hardware' });
});

test('a device of the flowtable vanishes between rendering and loading', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.skip(!router.target.hasHardware, 'this target has no NIC that offloads');
	const port = 'fault0';
	await router.breaks(`ip link add ${port} type veth && ip link set ${port} master br-lan && ip link set ${port} up`, `ip link del ${port}`);
	await luci.open();
	const held = await hold(router, 'reloading', () => luci.try('hardware'));
	await Promise.all([beforeLoad(router, `ip link del ${port}`), release(router, held)]);

	const message = luci.message('RELOAD_FAILED');
	await expect(message).toContainText('the kernel did not take the new ruleset');
	await luci.unfold(message);
	await expect(message).toContainText('No such file or directory');
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});
