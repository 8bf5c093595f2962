// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['eth1: MTU 1480'],
	page: 'admin/network/firewall',
	takenAway: ({ coverage }) => {
		coverage.zones[1]!.mtu_fix = true;
	},
} satisfies FindingCase;
