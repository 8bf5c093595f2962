// SPDX-License-Identifier: Apache-2.0
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { quote } from './router.ts';

/** An element that nothing else has: where it is one, a name was taken for HTML. */
const TAG = '<x-evil>';
/** A terminal's escape, a line's end for JavaScript, a word that is written backwards, and what String.format takes. */
const ODD = '\u009b31m\u2028\u202eab%s%h';
/** Colours and a bell of a terminal, NUL's neighbour: uci takes none below 32, a DHCP client sends any. */
const CONTROL = `\u001b[31m\u0007\u0001${ODD}`;
/** A device's name has 15 bytes, no slash, colon, white space or per cent sign; firewall4 quotes it in nft's syntax. */
const DEVICE = `${TAG}'&amp;`;
const ZONE = `${TAG}zone"'&amp;${ODD}`;
const NETWORK = `${TAG}net`;
const HOST = `<img/src=x/onerror=alert(1)>${TAG}${CONTROL}`;
const RULE = `</script><script>alert(2)</script>${TAG}${ODD}`;

test('names are text wherever they come from: interface, zone, device, host, rule', async ({ luci, page, router }) => {
	test.skip(!router.target.hasHosts, 'no client with an address of its own');
	const dialogs: string[] = [];
	page.on('dialog', (dialog) => {
		dialogs.push(dialog.message());
		void dialog.dismiss();
	});
	const errors: string[] = [];
	page.on('pageerror', ({ message }) => errors.push(message));

	await router.breaks(
		`cp /etc/config/network /tmp/network.before; ip link add ${quote(DEVICE)} type dummy; ip link set ${quote(DEVICE)} up
		printf "\\nconfig interface 'evil'\\n\\toption proto 'static'\\n\\toption device '%s'\\n\\tlist ipaddr '192.168.66.1/24'\\n" ${quote(DEVICE.replace('\'', '\'"\'"\''))} >>/etc/config/network
		/etc/init.d/network restart`,
		`cp /tmp/network.before /etc/config/network; /etc/init.d/network restart; ip link del ${quote(DEVICE)}`);
	await router.ready();
	await router.change('software');
	// not loaded: what firewall4 makes of such a zone is not the question
	await router.breaks([
		'set -e', 'cp /etc/config/firewall /tmp/firewall.before',
		'uci set firewall.evil=zone', `uci set firewall.evil.name=${quote(ZONE)}`, 'uci add_list firewall.evil.network=evil', `uci add_list firewall.evil.network=${quote(NETWORK)}`,
		'uci set firewall.kids=rule', `uci set firewall.kids.name=${quote(RULE)}`, 'uci set firewall.kids.src=lan', 'uci set firewall.kids.dest=wan', 'uci set firewall.kids.src_ip=192.168.1.77', 'uci set firewall.kids.target=REJECT',
		'uci commit firewall',
	].join('\n'), 'cp /tmp/firewall.before /etc/config/firewall');
	await router.breaks(
		`cp /tmp/dhcp.leases /tmp/leases.before; printf '%s\\n' ${quote(`1764115200 02:00:c0:a8:01:02 192.168.1.2 ${HOST} *`)} >>/tmp/dhcp.leases`,
		'rm /tmp/dhcp.leases; [ ! -e /tmp/leases.before ] || mv /tmp/leases.before /tmp/dhcp.leases');
	await router.target.traffic(true);
	await luci.open();

	const room = (name: string): Locator => page.locator(`[data-room=${name}]`);
	// innerText makes a space of U+2028 and of what cannot be shown
	const visible = (text: string): RegExp => new RegExp(text.split(/[\0-\x1f\x80-\x9f\u2028\u202e]/).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('[^]?'));

	await test.step('coverage: network, zone, device', async () => {
		await expect(room('coverage')).toContainText(visible(NETWORK));
		await expect(room('coverage')).toContainText(visible(ZONE));
		await expect(room('coverage')).toContainText(visible(DEVICE));
	});
	await test.step('findings: a rule', async () => {
		await expect(room('findings').locator('[data-finding=BLOCK_CLIENT]')).toContainText(visible(RULE));
	});
	await test.step('connections: host and zone', async () => {
		await expect(await luci.connections()).toContainText(visible(HOST));
		await expect(room('flows').getByRole('combobox', { name: 'Zone' }).locator('option').filter({ hasText: visible(ZONE) })).toHaveCount(1);
	});
	await test.step('who moves how much: host and network', async () => {
		const groups = room('groups');
		await groups.locator('summary').first().click();
		await expect(groups.getByRole('table')).toContainText(visible(HOST));
		await groups.getByRole('button', { name: 'Network' }).click();
		await expect(groups.getByRole('table')).toContainText('lan');
	});
	await test.step('searching for it', async () => {
		await room('flows').getByRole('searchbox').fill('<img/src=x');
		await expect(room('flows').getByRole('table', { name: 'Connections' }).getByRole('row').nth(1)).toContainText(visible(HOST), { timeout: 120_000 });
	});
	expect(await page.locator('x-evil, .nfo img, .nfo script').count()).toBe(0);
	expect(dialogs).toEqual([]);
	expect(errors).toEqual([]);
});
