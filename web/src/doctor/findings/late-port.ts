// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { lateDevices, notYetMeans } from './shared/late-devices.ts';
import { reloadFirewall } from './shared/ways-out.ts';

/** Nothing reloads the firewall when a device appears, an access point for instance. */
export default defineFinding({
	...reloadFirewall,
	code: 'LATE_PORT',
	level: 'attention',
	order: 130,
	threads: ['openwrt/openwrt#25646'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) => lateDevices(seen, false),
	title: () => _('A device appeared after the firewall was loaded'),
	means: notYetMeans,
});
