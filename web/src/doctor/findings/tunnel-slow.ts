// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { addMissingDevices, connectionsOf, networksLacking, slowNetworkMeans, wayOf } from './shared/missing-devices.ts';

/** netifd gives these networks no `device`, so firewall4 does not list them. */
export default defineFinding({
	...addMissingDevices('tunnel'),
	code: 'TUNNEL_SLOW',
	level: 'attention',
	order: 90,
	threads: ['openwrt/firewall4#102', 'openwrt/openwrt#4849'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'tunnel').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'tunnel')),
	title: () => _('A tunnel or modem is not fully on the fast path'),
	means: slowNetworkMeans,
});
