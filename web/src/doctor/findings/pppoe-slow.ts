// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { addMissingDevices, connectionsOf, networksLacking, slowNetworkMeans, wayOf } from './shared/missing-devices.ts';

/** firewall4 lists netifd's `device`, a VLAN for instance, where neither the session nor the port below it is. */
export default defineFinding({
	...addMissingDevices('pppoe'),
	code: 'PPPOE_SLOW',
	level: 'attention',
	order: 80,
	threads: ['openwrt/openwrt#13847', 'openwrt/openwrt#10224', 'openwrt/firewall4#67', 'openwrt/firewall4#100', 'openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'pppoe').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'pppoe')),
	title: () => _('PPPoE is not fully on the fast path'),
	means: slowNetworkMeans,
});
