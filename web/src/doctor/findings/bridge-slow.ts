// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { addMissingDevices, connectionsOf, networksLacking, slowNetworkMeans, wayOf } from './shared/missing-devices.ts';

/** The strict rule of newer kernels wants a bridge's ports in the list, where firewall4 lists the bridge. */
export default defineFinding({
	...addMissingDevices('other'),
	code: 'BRIDGE_SLOW',
	level: 'attention',
	order: 100,
	threads: ['openwrt/openwrt#9854', 'openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'other').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'other')),
	title: () => _('A network is not fully on the fast path'),
	means: slowNetworkMeans,
});
