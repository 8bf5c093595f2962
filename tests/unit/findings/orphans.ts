// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'filogic with WED and PPE',
	evidence: ['ppe0/bind: 2', '192.168.1.11:38720>198.51.100.3:3578', '198.51.100.3:3578>203.0.113.7:38720'],
	command: 'uci set firewall.@defaults[0].flow_offloading=1; uci set firewall.@defaults[0].flow_offloading_hw=0; uci commit firewall; /etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.bound = [];
	},
	variants: [
		{ what: 'are not told where bridger binds what it bridges', change: ({ conflicts }) => {
			conflicts.services.push({ name: 'bridger', enabled: true });
		}, evidence: [] },
		{ what: 'are told where bridger is installed only', change: ({ conflicts }) => {
			conflicts.services.push({ name: 'bridger', enabled: false });
		}, evidence: ['ppe0/bind: 2', '192.168.1.11:38720>198.51.100.3:3578', '198.51.100.3:3578>203.0.113.7:38720'] },
	],
} satisfies FindingCase;
