// SPDX-License-Identifier: Apache-2.0
import { miscountedMeans } from './shared/counting.ts';
import { defineFinding } from './shared/finding.ts';

export default defineFinding({
	code: 'ACCOUNTING_OFF',
	level: 'attention',
	order: 50,
	threads: ['nf_conntrack-sysctl'],
	looksAt: ['status'],
	evidence: ({ status: { prerequisites } }) => (prerequisites.accounting === false ? ['nf_conntrack_acct = 0'] : []),
	command: 'sysctl -w net.netfilter.nf_conntrack_acct=1',
	title: () => _('Connections are not counted'),
	means: miscountedMeans,
	steps: () => [_('Turn on counting with the command below.')],
	costs: () => _('Counting costs very little CPU time; a restart of the router forgets the command.'),
});
