// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { nothingInHardware } from './shared/hardware-idle.ts';
import { stayInSoftware } from './shared/ways-out.ts';

/** OpenWrt's kernel ignores "not supported" for each device, so that hardware offloading loads on any board. */
export default defineFinding({
	...stayInSoftware,
	code: 'HARDWARE_UNUSED',
	level: 'attention',
	order: 10,
	threads: ['openwrt/openwrt#14365'],
	looksAt: ['status', 'memory'],
	evidence: (seen) => nothingInHardware(seen, false),
	connections: () => ({ path: 'software' }),
	title: () => _('Hardware offloading is loaded, but no connection is in hardware'),
	means: () => _('The network chip does not help: all offloaded connections run in software, on the CPU.'),
});
