// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { OPTIONS } from '../fixtures/status.ts';

export default {
	router: 'firewall lost',
	evidence: ['flow_offloading_hw=1'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall restart',
	takenAway: ({ status }) => {
		status.asked.effective = OPTIONS.software;
	},
} satisfies FindingCase;
