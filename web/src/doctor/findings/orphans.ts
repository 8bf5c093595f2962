// SPDX-License-Identifier: Apache-2.0
import { boundConnections } from './shared/bound-connections.ts';
import { defineFinding } from './shared/finding.ts';
import { enabledServices } from './shared/services.ts';
import { chooseSoftware } from './shared/ways-out.ts';

export default defineFinding({
	...chooseSoftware,
	code: 'ORPHANS',
	level: 'attention',
	order: 190,
	threads: ['openwrt/openwrt#17915'],
	looksAt: ['conflicts'],
	/* bridger binds what it bridges, which has no conntrack */
	evidence: ({ conflicts }) => (enabledServices(conflicts, 'bridger').length ? [] : boundConnections(conflicts, 'orphans')),
	title: () => _('The network chip holds connections that the kernel has forgotten'),
	means: () => _('Tunnels and other long connections can break, because the chip still sends their packets the old way.'),
	steps: () => [
		_('Upgrade OpenWrt if it is older than 25.12.5, since which users report fewer of them.'),
		...chooseSoftware.steps(),
	],
});
