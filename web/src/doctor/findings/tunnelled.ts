// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { routedNetworks, wayOf } from './shared/missing-devices.ts';

export default defineFinding({
	code: 'TUNNELLED',
	level: 'plain',
	order: 30,
	threads: ['openwrt/openwrt#4849'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) => routedNetworks(seen).filter(({ overall }) => overall === 'cannot be').map(wayOf),
	title: () => _('A tunnel cannot be offloaded'),
	means: () => _('The kernel has no fast path for it, so its speed depends on the CPU.'),
	steps: () => [_('Nothing can be set for it; where you have the choice, WireGuard can be offloaded.')],
	costs: () => _('Another tunnel has to be set up on both ends.'),
});
