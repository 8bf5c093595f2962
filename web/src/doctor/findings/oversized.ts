// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { FIREWALL_PAGE } from './shared/ways-out.ts';

/** What Ethernet carries. */
const ETHERNET_MTU = 1500;

export default defineFinding({
	code: 'OVERSIZED',
	level: 'attention',
	order: 170,
	threads: ['immortalwrt/immortalwrt#1353'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { networks, links, zones } }) => networks.flatMap(({ zone, default_route, l3_device }) => {
		const link = links.find((one) => one.name === l3_device);
		const clamped = !zones.some((one) => one.name === zone && !one.mtu_fix);
		return default_route && link && link.mtu < ETHERNET_MTU && !clamped ? [`${link.name}: MTU ${link.mtu}`] : [];
	}),
	page: FIREWALL_PAGE,
	title: () => _('The MTU is small, and MSS clamping is off'),
	means: () => _('Packets that are too large leave the fast path, and some web pages may hang.'),
	steps: () => [_('On the firewall page, turn on “MSS clamping” for the zone of this network, then save and apply.')],
	costs: () => _('For a moment all connections pass the whole firewall again; none of them is cut.'),
});
