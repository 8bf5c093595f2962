// SPDX-License-Identifier: Apache-2.0
import { modeOfOptions } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { saveMode } from './shared/ways-out.ts';

/** Before firewall4 fell back to software, a device that refuses hardware offloading kept the whole ruleset from loading. */
export default defineFinding({
	code: 'FIREWALL_LOST',
	level: 'bad',
	order: 10,
	threads: ['openwrt/openwrt#9935', 'openwrt/openwrt#9920'],
	looksAt: ['status'],
	alsoWhileOff: true,
	evidence: ({ status: { loaded, asked } }) =>
		(loaded.error === null && !loaded.table && modeOfOptions(asked.effective) === 'hardware' ? ['flow_offloading_hw=1'] : []),
	command: saveMode(1, 0, 'restart'),
	title: () => _('The firewall is not loaded, and hardware offloading is asked for'),
	means: () => _('Nothing is filtered and no address is translated, so your network is not protected.'),
	steps: () => [
		_('Turn hardware offloading off and restart the firewall with the command below.'),
		_('If the firewall stays down, the command “fw4 check” says why.'),
	],
	costs: () => _('Offloading then runs in software only, which costs more CPU time.'),
});
