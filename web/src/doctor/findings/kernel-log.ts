// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { complaints } from './shared/kernel-log.ts';

export default defineFinding({
	code: 'KERNEL_LOG',
	level: 'attention',
	order: 230,
	threads: ['openwrt/openwrt#10572', 'openwrt/openwrt#20869'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => (conflicts.crashed ? [] : complaints(conflicts, 'the rest')),
	command: 'dmesg',
	title: () => _('The kernel reports errors of offloading'),
	means: () => _('They can explain connections that are slow or break.'),
	steps: () => [
		_('Read the kernel\'s log around these lines with the command below.'),
		_('If connections suffer, choose “Off” above and see whether the errors stop.'),
	],
	costs: () => _('Reading changes nothing; while offloading is off, every packet costs CPU time.'),
});
