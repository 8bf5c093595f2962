// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['91 % / 91 %'],
	takenAway: ({ status }) => {
		status.transaction!.measurement!.phases[0]!.slow_packets = 500;
	},
} satisfies FindingCase;
