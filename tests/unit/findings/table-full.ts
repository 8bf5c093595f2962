// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['31800 / 32768'],
	command: 'sysctl -w net.netfilter.nf_conntrack_max=65536',
	commands: /^sysctl -w net\.netfilter\.nf_conntrack_max=[1-9]\d*$/,
	takenAway: ({ status }) => {
		status.prerequisites.conntrack_count = 29_000;
	},
} satisfies FindingCase;
