// SPDX-License-Identifier: Apache-2.0
import { boundConnections } from './shared/bound-connections.ts';
import { defineFinding } from './shared/finding.ts';
import { reloadFirewall } from './shared/ways-out.ts';

export default defineFinding({
	...reloadFirewall,
	code: 'HALF_BOUND',
	level: 'plain',
	order: 60,
	threads: ['openwrt/openwrt#17915'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => boundConnections(conflicts, 'half'),
	title: () => _('The network chip holds one direction only of some connections'),
	means: () => _('The other direction runs on the CPU and can be slower.'),
});
