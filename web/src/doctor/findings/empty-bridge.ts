// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { addMissingDevices, connectionsOf, networksLacking, slowNetworkMeans, wayOf } from './shared/missing-devices.ts';

/** In hardware mode firewall4 lists a bridge's ports, and this one has none. */
export default defineFinding({
	...addMissingDevices('empty bridge'),
	code: 'EMPTY_BRIDGE',
	level: 'attention',
	order: 110,
	threads: ['openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'empty bridge').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'empty bridge')),
	title: () => _('A bridge without ports is not on the fast path'),
	means: slowNetworkMeans,
});
