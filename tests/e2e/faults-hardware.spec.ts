// SPDX-License-Identifier: Apache-2.0
import { ended, expectLeft, hold, release } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import type { Router } from './router.ts';

/** The router's ports, which hardware offload is asked of. */
async function portsOf(router: Router): Promise<string[]> {
	return (await router.status()).devices.filter((device) => device.lower.length === 0).map((device) => device.name).sort();
}

test.beforeEach(({ router }) => {
	test.skip(!router.target.hasHardware, 'this target has no NIC that offloads');
});

test('one device of three refuses hardware: the page names it', async ({ luci, router }) => {
	const ports = await portsOf(router);
	expect(ports).toHaveLength(3);
	const [first = '', refusing = '', last = ''] = ports;
	await router.target.hardware({ accept: 'devices', names: [first, last] });
	await luci.open();
	await luci.try('hardware');

	const message = luci.message('HARDWARE_REFUSED');
	await expect(message).toContainText(`These devices refuse hardware offload: ${refusing}.`);
	await expect(message).toContainText('back, as seen in the kernel: Off');
	await luci.unfold(message);
	await expect(message).toContainText(new RegExp(`${refusing}:\\s.*Operation not supported`, 's'));
	await expect(luci.card('hardware').locator('[data-prerequisite=REFUSED_BY]')).toContainText(refusing);

	const { error } = await ended(router);
	expect(error?.detail.devices?.map(({ name, accepted }) => [name, accepted])).toEqual([[first, true], [refusing, false], [last, true]]);
	await expectLeft(router, { mode: 'off' });
});

test('hardware is refused after the check, and fw4 falls back without a word', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.change('software');
	await luci.open();
	const held = await hold(router, 'reloading', () => luci.try('hardware'));
	await router.target.hardware({ accept: 'none' });
	await release(router, held);

	const message = luci.message('HARDWARE_REFUSED');
	for (const port of await portsOf(router))
		await expect(message).toContainText(port);
	await expect(message).toContainText('back, as seen in the kernel: Software');
	await ended(router);
	await expectLeft(router, { mode: 'software' });
});

test('the flowtable is accepted and every flow refused: loaded, not working', async ({ luci, router }) => {
	await router.target.hardware({ accept: 'flowtable' });
	await router.target.traffic(true);
	await luci.open();
	await luci.trialOf('5 minutes');
	await luci.try('hardware');
	await expect(luci.keep).toBeVisible();

	await expect(luci.tile('loaded')).toContainText('Hardware');
	await expect(luci.tile('working')).toHaveAttribute('data-verdict', 'HARDWARE_IDLE', { timeout: 180_000 });
	await expect(luci.tile('working')).toContainText('Loaded, not working: the driver refuses the connections');
	await expect(luci.tile('working')).toContainText(/0 hardware, [1-9]\d* software/);
	expect(await router.flagged('HW_OFFLOAD')).toBe(0);

	await luci.goBack.click();
	await expect(luci.message('reverted')).toContainText('Hardware offloading was taken back');
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});

/** Gives the loaded flowtable these devices, in one nft transaction, as a person could. */
async function listDevices(router: Router, devices: string[]): Promise<void> {
	const handle = /flow add @ft.*# handle (\d+)/.exec(await router.sh('nft -a list chain inet fw4 forward'))?.[1];
	await router.sh(`nft '${[
		`delete rule inet fw4 forward handle ${handle}`,
		'delete flowtable inet fw4 ft',
		`add flowtable inet fw4 ft { hook ingress priority 0; devices = { ${devices.join(', ')} }; counter; }`,
		'insert rule inet fw4 forward meta l4proto { tcp, udp } flow add @ft',
	].join('; ')}'`);
}

/** Up to Linux 6.12 such flows are flagged and slow, later ones are not even flagged. */
async function flagsAnyway(router: Router): Promise<boolean> {
	const [major = 0, minor = 0] = (await router.sh('uname -r')).split('.').map(Number);
	return major < 6 || (major === 6 && minor <= 12);
}

test('the flowtable lists devices that are not on the way: every packet is slow', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.change('software');
	await router.target.traffic(true);
	// the port without a cable
	const elsewhere = (await router.sh(`for port in ${(await portsOf(router)).join(' ')}; do grep -q 0 /sys/class/net/$port/carrier && echo $port; done; true`)).trim();
	expect(elsewhere).toMatch(/^\w+$/);
	await listDevices(router, [elsewhere]);
	await luci.open();

	const tile = luci.tile('working');
	await expect(luci.tile('loaded')).toContainText(`Flowtable on ${elsewhere}`);
	if (await flagsAnyway(router)) {
		await expect(tile).toHaveAttribute('data-verdict', 'DIRECTION_SLOW', { timeout: 180_000 });
		await expect(tile).toContainText('Not working in either direction');
		await expect(tile).toContainText('flagged as offloaded, but their packets still pass the firewall');
		expect(await router.flagged('OFFLOAD')).toBeGreaterThan(0);
	} else {
		await expect(tile).toHaveAttribute('data-verdict', 'NOTHING_OFFLOADED', { timeout: 180_000 });
		await expect(tile).toContainText('could take the fast path, but no connection does');
	}
	await expect(tile).toContainText(`The flowtable lists ${elsewhere}`);
	await expect(tile).toHaveAttribute('data-level', 'attention');
});

test('the flowtable lists one side of the way only: the page says which direction is slow', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.change('software');
	await router.target.traffic(true);
	const inside = (await router.status()).networks.find((network) => network.name === 'lan')?.device ?? '';
	await listDevices(router, [inside]);
	await luci.open();

	const tile = luci.tile('working');
	if (await flagsAnyway(router)) {
		await expect(tile).toHaveAttribute('data-verdict', 'DIRECTION_SLOW', { timeout: 180_000 });
		await expect(tile).toContainText('Not working on the way in');
		await expect(tile).toContainText('on the way in, from wan to lan');
	} else {
		await expect(tile).toHaveAttribute('data-verdict', 'NOTHING_OFFLOADED', { timeout: 180_000 });
	}
});
