// SPDX-License-Identifier: Apache-2.0
import { modeOfFlowtable } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { shapers } from './shared/services.ts';
import { chooseSoftware } from './shared/ways-out.ts';

export default defineFinding({
	...chooseSoftware,
	code: 'QOS_HARDWARE',
	level: 'attention',
	order: 200,
	threads: ['openwrt/luci#1826', 'hudra0/qosmate#91'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'hardware' ? shapers(conflicts) : []),
	title: () => _('Hardware offloading bypasses traffic shaping'),
	means: () => _('Packets in hardware never reach the queues of SQM or QoS, so these have no effect on them.'),
});
