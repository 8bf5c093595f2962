// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'SQM + mwan3',
	evidence: ['Kids <b>night</b> A4:83:E7:00:11:22'],
	command: 'echo f > /proc/net/nf_conntrack',
	takenAway: ({ conflicts }) => {
		conflicts.blocks.shift();
	},
} satisfies FindingCase;
