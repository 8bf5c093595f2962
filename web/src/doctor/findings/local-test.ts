// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { speedTests } from './shared/services.ts';

export default defineFinding({
	code: 'LOCAL_TEST',
	level: 'plain',
	order: 150,
	threads: ['openwrt/openwrt#24593'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => speedTests(conflicts),
	title: () => _('A speed test runs on this router'),
	means: () => _('Traffic that starts or ends on the router is never offloaded, so the test shows less than the router can do.'),
	steps: () => [_('Test between two computers instead, one on each side of the router.')],
	costs: () => _('Nothing changes on the router.'),
});
