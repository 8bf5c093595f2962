// SPDX-License-Identifier: Apache-2.0
/** The package on a router: installed, upgraded, downgraded, removed, by the router's own package manager. */
import { ended, expectLeft } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import type { Luci } from './luci.ts';
import { have, install, NEWER, OBSOLETE, OLDER, putProductBack, remove, running, runScriptsForImage, takeProductAway } from './packages.ts';
import type { Router } from './router.ts';

/** The router's files before the package came. */
let bare: string[] = [];

// a package manager and a trial on an emulated router that shares its processor
test.describe.configure({ timeout: 600_000 });

test.beforeAll(async ({ machine }) => {
	await takeProductAway(machine);
	bare = await filesOf(machine);
});

test.afterAll(async ({ machine }) => {
	await machine.reset();
	await putProductBack(machine);
});

/** Every file on the router's disk, but for the package manager's own records. */
async function filesOf(router: Router): Promise<string[]> {
	const found = await router.sh('find / -xdev ! -type d');
	return found.split('\n').filter((path) => path && !/^\/(usr\/lib\/opkg|lib\/apk|etc\/apk|root)\//.test(path)).sort();
}

/** fw4's table without counters but with handles, which every reload renews. */
async function ruleset(router: Router): Promise<string> {
	return router.sh('nft -s -a list table inet fw4');
}

/** Every file below /etc with a checksum: configuration, cron, init scripts. */
async function etc(router: Router): Promise<string> {
	return router.sh('find /etc -type f ! -path \'/etc/apk/*\' | sort | xargs sha256sum');
}

/** Logs an administrator in; the session's id. */
async function login({ target }: Router): Promise<string> {
	const reply = await fetch(`${target.url}/ubus`, {
		method: 'POST',
		body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: ['0'.repeat(32), 'session', 'login', target.admin] }),
	});
	const { result } = await reply.json() as { result: [0, { ubus_rpc_session: string }] };
	return result[1].ubus_rpc_session;
}

async function loggedIn(router: Router, session: string): Promise<boolean> {
	const { code } = await router.target.sh(`ubus -t 30 call session list '{"ubus_rpc_session":"${session}"}'`);
	return code === 0;
}

/** The administrator's own way to offloading, without the product. */
async function offload(router: Router): Promise<void> {
	await router.sh('uci set firewall.@defaults[0].flow_offloading=1 && uci commit firewall && fw4 reload');
	expect(await router.flowtable()).not.toBe('');
}

/** No file, no nft table, no process, no object on ubus, nothing in memory. */
async function expectGone(router: Router): Promise<void> {
	expect(await filesOf(router)).toEqual(bare);
	expect((await router.sh('find / -xdev -type d | grep -E \'nft[_-]offload\' || true'))).toBe('');
	expect((await router.sh('find /tmp /var/ | grep -E \'nft[_-]offload|luci-(index|module)cache\' || true'))).toBe('');
	expect(await router.sh('nft list tables')).not.toContain('nft_offload');
	expect(await router.workers('transaction') + await router.workers('sampler')).toBe('');
	expect(await running(router)).toBeNull();
	expect(await router.uncommitted()).toBe('');
}

/** Waits until the page shows a change that it was not told of. */
async function expectAlive(luci: Luci, router: Router): Promise<void> {
	await offload(router);
	await expect(luci.tile('asked')).toContainText('Software');
	await expect(luci.tile('loaded')).toContainText('Software');
	await expect(luci.page.locator('[name=luci_password]')).toHaveCount(0);
}

test('installed on a router that offloads: its configuration, its kernel and its sessions stay as they are', { tag: TEST_ALL }, async ({ luci, router }) => {
	await have(router, null);
	await offload(router);
	await router.target.traffic(true);
	await expect.poll(() => router.flagged('OFFLOAD')).toBeGreaterThan(0);
	const before = { ruleset: await ruleset(router), etc: await etc(router), session: await login(router) };

	await install(router, OLDER);

	expect(await ruleset(router)).toBe(before.ruleset);
	expect(await etc(router)).toBe(before.etc);
	expect(await router.uncommitted()).toBe('');
	expect(await router.flagged('OFFLOAD')).toBeGreaterThan(0);
	expect(await loggedIn(router, before.session)).toBe(true);
	await luci.open();
	await expect(luci.tile('asked')).toContainText('Software');
	await expect(luci.tile('loaded')).toContainText('Software');
	expect(await ruleset(router)).toBe(before.ruleset);
});

test('upgraded while the page is open: the page goes on, with the new code behind it', { tag: TEST_ALL }, async ({ luci, router }) => {
	await have(router, OLDER);
	expect(await filesOf(router)).toContain(OBSOLETE);
	await luci.open();
	const session = await login(router);

	await install(router, NEWER);

	expect(await filesOf(router)).not.toContain(OBSOLETE);
	expect(await loggedIn(router, session)).toBe(true);
	await expectAlive(luci, router);
});

test('upgraded during the countdown: it keeps waiting, and Keep works', async ({ luci, router }) => {
	await have(router, OLDER);
	await luci.open();
	await luci.trialOf('5 minutes');
	await luci.try('software');
	await expect(luci.keep).toBeVisible();
	const { transaction } = await router.status();

	await install(router, NEWER);

	expect((await router.status()).transaction).toEqual(transaction);
	expect(await router.flowtable()).not.toBe('');
	await luci.keep.click();
	await expect(luci.message('kept')).toContainText('is kept and saved');
	expect(await ended(router)).toMatchObject({ id: transaction?.id, outcome: 'kept', decision: 'keep' });
	await expectLeft(router, { mode: 'software' });
});

test('downgraded during the countdown: it keeps waiting, and Go back works', { tag: TEST_ALL }, async ({ luci, router }) => {
	await have(router, NEWER);
	await luci.open();
	await luci.trialOf('5 minutes');
	await luci.try('software');
	await expect(luci.goBack).toBeVisible();
	const { transaction } = await router.status();

	await install(router, OLDER);

	expect(await filesOf(router)).toContain(OBSOLETE);
	expect((await router.status()).transaction).toEqual(transaction);
	await luci.goBack.click();
	await expect(luci.message('reverted')).toContainText('back, as seen in the kernel: Off');
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});

test('removed while the sampler runs: nothing of ours is left, offloading stays on, nobody is logged out', { tag: TEST_ALL }, async ({ luci, router }) => {
	await have(router, OLDER);
	await offload(router);
	await luci.open();
	await expect.poll(() => router.sh('nft list tables')).toContain('nft_offload');
	const before = { ruleset: await ruleset(router), etc: await etc(router), session: await login(router) };

	await remove(router);

	await expectGone(router);
	expect(await etc(router)).toBe(before.etc);
	expect(await ruleset(router)).toBe(before.ruleset);
	expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: null });
	expect(await loggedIn(router, before.session)).toBe(true);
});

test('removed during the countdown: the change is taken back first; installed again, the page works', async ({ luci, router }) => {
	await have(router, OLDER);
	const before = await etc(router);
	await luci.open();
	await luci.trialOf('5 minutes');
	await luci.try('software');
	await expect(luci.keep).toBeVisible();

	await remove(router);

	await expectGone(router);
	await expectLeft(router, { mode: 'off' });
	expect(await etc(router)).toBe(before);

	await install(router, OLDER);
	// nobody was logged out
	await luci.page.reload();
	await expect(luci.tile('loaded')).toContainText('Off');
	await luci.choose('software');
	await expect(luci.tryIt).toBeEnabled();
});

test('what a change writes to the disk is firewall4\'s file, which sysupgrade keeps, and no other', { tag: TEST_ALL }, async ({ router }) => {
	await have(router, OLDER);
	await router.sh('touch /root/before && sleep 1');
	await router.change('software');

	const written = await router.sh('find / -xdev -type f -newer /root/before ! -path /root/before; rm /root/before');
	expect(written.trim()).toBe('/etc/config/firewall');
	if ((await router.target.sh('command -v sysupgrade')).code !== 0)
		return;
	const kept = (await router.sh('sysupgrade -l', 120_000)).split('\n');
	expect(kept).toContain('/etc/config/firewall');
	expect(kept.filter((path) => /nft.offload/.test(path))).toEqual([]);
});

test('scripts that run while an image is built leave the router alone', { tag: TEST_ALL }, async ({ router }) => {
	await have(router, OLDER);
	await router.sh('touch /tmp/luci-indexcache.image');
	// a reload of rpcd gives its objects new numbers
	const before = { objects: await router.sh('ubus -v list'), session: await login(router), files: await filesOf(router) };

	await runScriptsForImage(router);

	await router.sh('rm /tmp/luci-indexcache.image && rm -r /tmp/image');
	expect(await router.sh('ubus -v list')).toBe(before.objects);
	expect(await filesOf(router)).toEqual(before.files);
	expect(await loggedIn(router, before.session)).toBe(true);
	expect(await running(router)).toBe(OLDER);
});
