// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { upgradeOpenWrt } from './shared/ways-out.ts';

/** Releases of Linux 6.18 of which users report it; OpenWrt's own 6.18.52 has the fix. */
const FIRST = 45, LAST = 51;

export default defineFinding({
	...upgradeOpenWrt,
	code: 'KERNEL_DROPS',
	level: 'plain',
	order: 10,
	threads: ['openwrt/openwrt#24800'],
	looksAt: ['status'],
	evidence: ({ status: { router: { kernel } } }) => {
		const patch = Number(/^6\.18\.(\d+)/.exec(kernel)?.[1]);
		return patch >= FIRST && patch <= LAST ? [kernel] : [];
	},
	title: () => _('This kernel can drop packets of offloaded connections'),
	means: () => _('Users report connections that lose packets or stall with Linux 6.18.45 to 6.18.51.'),
	steps: () => [...upgradeOpenWrt.steps(), _('If connections stall until then, choose “Off” above.')],
});
