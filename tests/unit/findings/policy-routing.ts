// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'SQM + mwan3',
	evidence: ['mwan3'],
	command: 'echo f > /proc/net/nf_conntrack',
	takenAway: ({ conflicts }) => {
		conflicts.services[1]!.enabled = false;
	},
} satisfies FindingCase;
