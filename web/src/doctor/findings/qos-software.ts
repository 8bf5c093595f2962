// SPDX-License-Identifier: Apache-2.0
import { modeOfFlowtable } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { shapers } from './shared/services.ts';
import { chooseOff } from './shared/ways-out.ts';

export default defineFinding({
	...chooseOff,
	code: 'QOS_SOFTWARE',
	level: 'plain',
	order: 70,
	threads: ['openwrt/luci#1826', 'hudra0/qosmate#91'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'software' ? shapers(conflicts) : []),
	title: () => _('Offloading can bypass traffic shaping'),
	means: () => _('Offloaded packets can miss the queues or the marks of SQM or QoS, so calls and games may stutter under load.'),
	steps: () => [_('Leave it as it is if shaping has the effect that you want.'), ...chooseOff.steps()],
});
