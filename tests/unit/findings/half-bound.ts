// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'filogic with WED and PPE',
	evidence: ['ppe0/bind: 1', '192.168.1.20:51000>198.51.100.9:443'],
	command: '/etc/init.d/firewall reload',
	takenAway: ({ conflicts }) => {
		conflicts.bound[0]!.half_count = 0;
	},
} satisfies FindingCase;
