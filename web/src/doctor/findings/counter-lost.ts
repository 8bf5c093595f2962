// SPDX-License-Identifier: Apache-2.0
import { miscountedMeans, withoutCounter } from './shared/counting.ts';
import { defineFinding } from './shared/finding.ts';
import { reloadFirewall } from './shared/ways-out.ts';

/** Somebody added to the flowtable without saying `counter`, which takes it away. */
export default defineFinding({
	...reloadFirewall,
	code: 'COUNTER_LOST',
	level: 'attention',
	order: 70,
	threads: ['openwrt/openwrt#10399'],
	looksAt: ['status'],
	evidence: ({ status }) => withoutCounter(status, 'lost'),
	title: () => _('Offloaded packets are no longer counted'),
	means: miscountedMeans,
});
