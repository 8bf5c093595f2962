// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['nf_conntrack_acct = 0'],
	command: 'sysctl -w net.netfilter.nf_conntrack_acct=1',
	takenAway: ({ status }) => {
		status.prerequisites.accounting = null;
	},
} satisfies FindingCase;
