// SPDX-License-Identifier: Apache-2.0
import type { Locator } from '@playwright/test';
import queueStarved from '../../web/src/doctor/findings/queue-starved.ts';
import { chooseSoftware } from '../../web/src/doctor/findings/shared/ways-out.ts';
import { expect, test } from './fixtures.ts';

test('what stands in the way is found on the page, its command is right, and then it is gone', async ({ luci, router }) => {
	await router.change('software');
	await router.breaks('echo 0 >/proc/sys/net/netfilter/nf_conntrack_acct', 'echo 1 >/proc/sys/net/netfilter/nf_conntrack_acct');
	await router.breaks('nft add table inet other; nft add flowtable inet other mine "{ hook ingress priority 7; devices = { wan }; }"', 'nft delete table inet other');
	await router.breaks(
		'uci set firewall.kids=rule; uci set firewall.kids.name="Kids <b>"; uci set firewall.kids.src=lan; uci set firewall.kids.dest=wan; uci set firewall.kids.src_ip=192.168.1.77; uci set firewall.kids.target=REJECT; uci commit firewall',
		'uci delete firewall.kids; uci commit firewall');
	await luci.open();
	const finding = (code: string): Locator => luci.page.locator(`[data-finding=${code}]`);

	await expect(finding('OTHER_FLOWTABLE')).toContainText('inet other mine');
	await expect(finding('BLOCK_CLIENT')).toContainText('Kids <b> 192.168.1.77');
	await expect(finding('BLOCK_CLIENT').locator('pre')).toHaveText('echo 192.168.1.77 > /proc/net/nf_conntrack');
	await expect(finding('BLOCK_CLIENT').getByRole('link')).toHaveAttribute('href', 'https://github.com/Siflower/1806_SDK/issues/47');
	await expect(finding('ACCOUNTING_OFF')).toContainText('nf_conntrack_acct = 0');

	await router.sh(await finding('ACCOUNTING_OFF').locator('pre').innerText());
	expect(await router.sh('cat /proc/sys/net/netfilter/nf_conntrack_acct')).toBe('1\n');
	await expect(finding('ACCOUNTING_OFF')).toHaveCount(0);
	for (const away of ['WED_IDLE', 'QOS_SOFTWARE', 'POLICY_ROUTING', 'BLOCK_TIMED', 'KERNEL_CRASHED', 'HALF_BOUND', 'TABLE_FULL'])
		await expect(finding(away), away).toHaveCount(0);
});

test('commands that change the firewall do what they say', async ({ router }) => {
	await router.change('software');
	await router.sh(queueStarved.command as string);
	expect(await router.sh('nft list chain inet fw4 forward')).toMatch(/ct packets > 60 flow (add|offload) @ft/);
	await router.change('off');
	await router.sh(chooseSoftware.command);
	await router.ready();
	expect(await router.sh('nft list chain inet fw4 forward')).toMatch(/flow (add|offload) @ft/);
	expect(await router.sh('nft list chain inet fw4 forward')).not.toContain('ct packets');
	expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: '0' });
});
