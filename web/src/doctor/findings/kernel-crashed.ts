// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { upgradeOpenWrt } from './shared/ways-out.ts';

export default defineFinding({
	...upgradeOpenWrt,
	code: 'KERNEL_CRASHED',
	level: 'bad',
	order: 30,
	threads: ['openwrt/openwrt#10572', 'openwrt/openwrt#9440', 'openwrt/openwrt#20869'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => (conflicts.crashed ? [conflicts.kernel, ...conflicts.log] : []),
	title: () => _('The router crashed, and the kernel\'s last words are about offloading'),
	means: () => _('It may crash again while offloading is on; later kernels have fixes for several crashes of this kind.'),
	steps: () => [...upgradeOpenWrt.steps(), _('Until then choose “Off” above.')],
});
