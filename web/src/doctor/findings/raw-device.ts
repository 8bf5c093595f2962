// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { networksLacking, wayOf } from './shared/missing-devices.ts';
import { FIREWALL_PAGE } from './shared/ways-out.ts';

export default defineFinding({
	code: 'RAW_DEVICE',
	level: 'attention',
	order: 120,
	threads: ['openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'raw').map(wayOf),
	page: FIREWALL_PAGE,
	title: () => _('A firewall zone names a device instead of a network'),
	means: () => _('The firewall offloads networks only, so what comes in from this device takes the slow path.'),
	steps: () => [
		_('Under Network → Interfaces, add an interface with this device and the protocol “Unmanaged”.'),
		_('On the firewall page, put that network into the zone in place of the device.'),
	],
	costs: () => _('What is connected to this device may be cut off for some seconds.'),
});
