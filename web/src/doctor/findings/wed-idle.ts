// SPDX-License-Identifier: Apache-2.0
import { modeOfFlowtable } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { saveMode } from './shared/ways-out.ts';

export default defineFinding({
	code: 'WED_IDLE',
	level: 'plain',
	order: 120,
	threads: ['openwrt/mt76#815'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts: { wed } }) =>
		(modeOfFlowtable(status.loaded.flowtable) === 'software' ? wed.filter(({ enabled }) => enabled).map(({ module }) => module) : []),
	command: saveMode(1, 1),
	title: () => _('Wi-Fi offloading (WED) is on, but unused'),
	means: () => _('It needs hardware offloading, so Wi-Fi costs more CPU time than it has to.'),
	steps: () => [_('Choose “Hardware” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Traffic shaping, captures and bandwidth monitors no longer see the packets that are in hardware.'),
});
