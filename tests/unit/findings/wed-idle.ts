// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['mt7915e'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=1; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ status }) => {
		status.loaded.flowtable!.offload = true;
	},
} satisfies FindingCase;
