// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'filogic with WED and PPE',
	alsoOn: ['ipq40xx "hardware" without hardware', '22.03-style flowtable'],
	evidence: ['phy0-ap0', 'phy1-ap0'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.wlan_listed.pop();
	},
} satisfies FindingCase;
