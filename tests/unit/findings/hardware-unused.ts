// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'ipq40xx "hardware" without hardware',
	evidence: ['AVM FRITZ!Box 4040', '[OFFLOAD]: 96', '[HW_OFFLOAD]: 0'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ memory }) => {
		memory.symptoms = new Map();
	},
} satisfies FindingCase;
