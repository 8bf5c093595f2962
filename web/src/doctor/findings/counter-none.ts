// SPDX-License-Identifier: Apache-2.0
import { miscountedMeans, withoutCounter } from './shared/counting.ts';
import { defineFinding } from './shared/finding.ts';
import { upgradeOpenWrt } from './shared/ways-out.ts';

export default defineFinding({
	...upgradeOpenWrt,
	code: 'COUNTER_NONE',
	level: 'attention',
	order: 60,
	threads: ['openwrt/openwrt#10399'],
	looksAt: ['status'],
	evidence: ({ status }) => withoutCounter(status, 'release'),
	title: () => _('This release does not count offloaded packets'),
	means: miscountedMeans,
});
