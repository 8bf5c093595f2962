// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'SQM + mwan3',
	evidence: ['sqm: wan (cake)', 'wan: cake', 'ifb4wan: cake'],
	command: 'uci set firewall.@defaults[0].flow_offloading=0; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.sqm[0]!.enabled = false;
		conflicts.qdiscs = null;
	},
} satisfies FindingCase;
