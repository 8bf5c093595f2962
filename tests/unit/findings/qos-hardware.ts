// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['qosmate'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.services[0]!.enabled = false;
	},
} satisfies FindingCase;
