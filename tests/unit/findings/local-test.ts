// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['iperf3'],
	takenAway: ({ conflicts }) => {
		conflicts.observers.pop();
	},
} satisfies FindingCase;
