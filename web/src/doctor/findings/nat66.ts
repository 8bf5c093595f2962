// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { FIREWALL_PAGE } from './shared/ways-out.ts';

export default defineFinding({
	code: 'NAT66',
	level: 'plain',
	order: 40,
	threads: ['openwrt/openwrt#4918', 'openwrt/openwrt#15857'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { zones } }) => zones.filter(({ masq6 }) => masq6).map(({ name }) => name),
	page: FIREWALL_PAGE,
	title: () => _('IPv6 addresses are translated'),
	means: () => _('That costs CPU time, and the network chip often cannot do it.'),
	steps: () => [_('If you do not need it, turn off “IPv6 Masquerading” for this zone on the firewall page.')],
	costs: () => _('Your devices then need IPv6 addresses of their own from the provider.'),
});
