// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { nothingInHardware } from './shared/hardware-idle.ts';
import { reloadFirewall } from './shared/ways-out.ts';

export default defineFinding({
	...reloadFirewall,
	code: 'HARDWARE_FADED',
	level: 'attention',
	order: 20,
	threads: ['openwrt/openwrt#10354'],
	looksAt: ['status', 'memory'],
	evidence: (seen) => nothingInHardware(seen, true),
	connections: () => ({ path: 'software' }),
	title: () => _('No connection is in hardware any more'),
	means: () => _('There were some since the firewall was loaded; now the CPU does the work of the network chip.'),
	steps: () => [...reloadFirewall.steps(), _('If it happens again, choose “Software” above.')],
});
