// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'snapshot on 7.2, guests late',
	evidence: ['eth9'],
	command: '/etc/init.d/firewall reload',
	takenAway: ({ coverage }) => {
		coverage.loaded.flowtable!.devices = ['br-lan', 'wan'];
	},
} satisfies FindingCase;
