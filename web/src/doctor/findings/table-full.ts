// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';

/** Share of the conntrack table from which it counts as full. */
const FULL = 0.9;

export default defineFinding({
	code: 'TABLE_FULL',
	level: 'attention',
	order: 40,
	threads: ['nf_conntrack-sysctl'],
	looksAt: ['status'],
	evidence: ({ status: { prerequisites: { conntrack_count: count, conntrack_max: max } } }) =>
		(count !== null && max !== null && max > 0 && count >= FULL * max ? [`${count} / ${max}`] : []),
	command: ({ status: { prerequisites: { conntrack_max: max } } }) => `sysctl -w net.netfilter.nf_conntrack_max=${(max ?? 0) * 2}`,
	title: () => _('The table of connections is almost full'),
	means: () => _('When it is full, new connections fail, although the line works.'),
	steps: () => [
		_('Allow twice as many connections with the command below.'),
		_('If the table fills up again, look under Connections for a device that opens too many.'),
	],
	costs: () => _('Each connection takes some memory, and a restart of the router forgets the new limit.'),
});
