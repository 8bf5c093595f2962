// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'filogic with WED and PPE',
	evidence: ['[HW_OFFLOAD]: 3'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.flow_timeouts.udp = 120;
	},
} satisfies FindingCase;
