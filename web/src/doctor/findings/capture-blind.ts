// SPDX-License-Identifier: Apache-2.0
import { modeOfFlowtable } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { captures } from './shared/services.ts';
import { chooseOff } from './shared/ways-out.ts';

export default defineFinding({
	...chooseOff,
	code: 'CAPTURE_BLIND',
	level: 'plain',
	order: 140,
	threads: ['openwrt/openwrt#10947'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'hardware' ? captures(conflicts) : []),
	connections: () => ({ path: 'hardware' }),
	title: () => _('A capture on this router can miss packets'),
	means: () => _('Packets in hardware do not reach the CPU, so the capture does not show them.'),
	steps: () => [_('Choose “Off” above while you capture.')],
});
