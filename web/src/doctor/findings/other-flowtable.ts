// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';

export default defineFinding({
	code: 'OTHER_FLOWTABLE',
	level: 'plain',
	order: 130,
	threads: ['nf_flowtable'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => conflicts.other_flowtables,
	command: 'nft list flowtables',
	title: () => _('Another program has a fast path of its own'),
	means: () => _('It can take connections past the firewall, and this page judges the firewall\'s own fast path only.'),
	steps: () => [
		_('See with the command below which devices it takes.'),
		_('If you do not want it, turn it off in the program whose name it carries.'),
	],
	costs: () => _('Looking changes nothing.'),
});
