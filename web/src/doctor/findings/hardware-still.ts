// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { chooseSoftware } from './shared/ways-out.ts';

/** s that an idle connection may stay in the flowtable, by the kernel's default. */
const DEFAULT_TIMEOUT = 30;
/** Counters that stood still were watched for this long; with a longer timeout the connections may just be idle. */
const WATCHED_SECONDS = 60;

export default defineFinding({
	...chooseSoftware,
	code: 'HARDWARE_STILL',
	level: 'attention',
	order: 180,
	threads: ['openwrt/openwrt#22970'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts: { still, flow_timeouts: { tcp, udp } } }) =>
		(still?.hardware && Math.max(tcp ?? DEFAULT_TIMEOUT, udp ?? DEFAULT_TIMEOUT) < WATCHED_SECONDS ? [`[HW_OFFLOAD]: ${still.hardware}`] : []),
	connections: () => ({ path: 'hardware' }),
	title: () => _('Counters of connections in hardware stand still'),
	means: () => _('The driver does not report their packets, so their byte counts and rates are too low.'),
	steps: () => [_('Leave it as it is if you do not need these numbers.'), ...chooseSoftware.steps()],
});
