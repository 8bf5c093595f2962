// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { OPTIONS } from '../fixtures/status.ts';

export default {
	router: 'hardware refused',
	evidence: ['eth1: Error: Could not process rule: Operation not supported'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ status }) => {
		status.asked.effective = OPTIONS.software;
	},
} satisfies FindingCase;
