// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { reloadFirewall } from './shared/ways-out.ts';

export default defineFinding({
	...reloadFirewall,
	code: 'DISAGREEMENT',
	level: 'attention',
	order: 150,
	threads: ['nf_flowtable'],
	looksAt: ['coverage', 'judged', 'agreements'],
	evidence: ({ agreements }) => agreements
		.filter(({ verdict }) => verdict === 'COVERED_BUT_SLOW' || verdict === 'UNCOVERED_BUT_FAST')
		.map(({ network, direction }) => (direction === 'in' ? `${network} →` : `→ ${network}`)),
	title: () => _('Measurement and prediction disagree'),
	means: () => _('These directions are faster or slower than this page expects; what was measured is true.'),
	steps: () => [_('If they are slow, reload the firewall with the command below.')],
});
