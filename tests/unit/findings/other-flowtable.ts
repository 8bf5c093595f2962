// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['ip filter ft'],
	command: 'nft list flowtables',
	takenAway: ({ conflicts }) => {
		conflicts.other_flowtables = [];
	},
} satisfies FindingCase;
