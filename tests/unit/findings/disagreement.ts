// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['wan →'],
	command: '/etc/init.d/firewall reload',
	takenAway: (facts) => {
		facts.agreements = facts.agreements.filter(({ verdict }) => verdict !== 'COVERED_BUT_SLOW');
	},
} satisfies FindingCase;
