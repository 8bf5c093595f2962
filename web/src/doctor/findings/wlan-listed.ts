// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { chooseSoftware } from './shared/ways-out.ts';

export default defineFinding({
	...chooseSoftware,
	code: 'WLAN_LISTED',
	level: 'plain',
	order: 80,
	threads: ['openwrt/openwrt#13410', 'openwrt/openwrt#23123', 'openwrt/openwrt#25174', 'openwrt/openwrt#25305'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts: { wlan_listed } }) => (wlan_listed.length > 1 ? wlan_listed : []),
	title: () => _('Several Wi-Fi devices are on the fast path'),
	means: () => _('Connections can stall when a phone or laptop moves from one Wi-Fi to another.'),
	steps: () => [_('If that happens, choose “Software” above, which helps on OpenWrt 24.10 or later.')],
});
