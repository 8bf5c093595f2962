// SPDX-License-Identifier: Apache-2.0
import { ended, expectLeft, hold, otherMode, release } from './faults.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';

const INCLUDE = '/etc/nftables.d/99-broken.nft';
const BREAK_INCLUDE = `mkdir -p /etc/nftables.d && echo 'add rule inet fw4 forward bogus' >${INCLUDE}`;
const MEND_INCLUDE = `rm -f ${INCLUDE}`;

test('nft rejects the ruleset when it is checked', async ({ luci, router }) => {
	await router.breaks(BREAK_INCLUDE, MEND_INCLUDE);
	await luci.open();
	await luci.try('software');

	const message = luci.message('RULESET_INVALID');
	await expect(message).toContainText('Software offloading was tried and failed');
	await expect(message).toContainText('back, as seen in the kernel: Off');
	await luci.unfold(message);
	await expect(message).toContainText(`${INCLUDE}:1:1-3: Error: syntax error, unexpected add`);
	await ended(router);
	await expectLeft(router, { mode: 'off' });
});

test('nft rejects the ruleset between the check and the reload', { tag: TEST_ALL }, async ({ luci, router }) => {
	await router.change('software');
	await luci.open();
	const held = await hold(router, 'reloading', () => luci.try(otherMode(router)));
	await router.breaks(BREAK_INCLUDE, MEND_INCLUDE);
	await release(router, held);

	const message = luci.message('RELOAD_FAILED');
	await expect(message).toContainText('the kernel did not take the new ruleset');
	await expect(message).toContainText('back, as seen in the kernel: Software');
	await luci.unfold(message);
	await expect(message).toContainText(`${INCLUDE}:1:1-3: Error: syntax error`);
	await expect(luci.tile('loaded')).toContainText('Software');
	await ended(router);
	await expectLeft(router, { mode: 'software' });
});

test('rendering throws when the ruleset is checked', async ({ luci, router }) => {
	const edit: [string, string] = ['option input REJECT', 'option input BOGUS'];
	await router.sh('uci set firewall.@defaults[0].input=BOGUS && uci commit firewall');
	await luci.open();
	await luci.try('software');

	const message = luci.message('RULESET_INVALID');
	await luci.unfold(message);
	await expect(message).toContainText('specifies invalid value \'BOGUS\'');
	await ended(router);
	await expectLeft(router, { mode: 'off', edits: [edit] });
});

test('rendering throws in the reload and deletes fw4.state; the next change recovers with a start', { tag: TEST_ALL }, async ({ luci, router }) => {
	const edit: [string, string] = ['option input REJECT', 'option input BOGUS'];
	await luci.open();
	const held = await hold(router, 'reloading', () => luci.try('software'));
	// commits what we have staged, too
	await router.sh('uci set firewall.@defaults[0].input=BOGUS && uci commit firewall');
	await release(router, held);

	const message = luci.message('RELOAD_FAILED');
	await expect(message).toContainText('back, as seen in the kernel: Off');
	await luci.unfold(message);
	await expect(message).toContainText('specifies invalid value \'BOGUS\'');
	await ended(router);
	await expectLeft(router, { mode: 'off', edits: [edit] });

	// the trap: the old ruleset is in force, and fw4 says that it is not
	expect((await router.target.sh('test -e /var/run/fw4.state')).code).not.toBe(0);
	expect((await router.target.sh('fw4 reload')).stderr).toContain('does not appear to be loaded');
	await router.sh('uci set firewall.@defaults[0].input=REJECT && uci commit firewall');
	await luci.try('software');
	await luci.keep.click();
	await expect(luci.message('kept')).toContainText('Software offloading is kept and saved');
	await ended(router);
	await expectLeft(router, { mode: 'software' });
	await router.sh('test -e /var/run/fw4.state');
});
