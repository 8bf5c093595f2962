// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { lateDevices, notYetMeans } from './shared/late-devices.ts';
import { reloadFirewall } from './shared/ways-out.ts';

export default defineFinding({
	...reloadFirewall,
	code: 'LATE_NETWORK',
	level: 'attention',
	order: 140,
	threads: ['openwrt/openwrt#13847', 'openwrt/firewall4#67'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) => lateDevices(seen, true),
	title: () => _('A network came up after the firewall was loaded'),
	means: notYetMeans,
});
