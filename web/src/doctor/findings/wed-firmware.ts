// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { complaints } from './shared/kernel-log.ts';

export default defineFinding({
	code: 'WED_FIRMWARE',
	level: 'attention',
	order: 220,
	threads: ['openwrt/mt76#746', 'openwrt/mt76#815', 'openwrt/mt76#911', 'openwrt/mt76#1051'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => complaints(conflicts, 'wed'),
	command: 'sed -i \'s/wed_enable=[^ ]*/wed_enable=N/\' /etc/modules.conf /etc/modules.d/mt79*; reboot',
	title: () => _('Wi-Fi offloading (WED) reports errors'),
	means: () => _('Wi-Fi can become very slow, or stop.'),
	steps: () => [_('Turn Wi-Fi offloading off with the command below.')],
	costs: () => _('The router restarts at once, and afterwards Wi-Fi costs more CPU time.'),
});
