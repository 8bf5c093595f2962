// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'WireGuard + IPv6 tunnel',
	evidence: ['vpn'],
	page: 'admin/network/firewall',
	takenAway: ({ coverage }) => {
		coverage.zones[2]!.masq6 = false;
	},
} satisfies FindingCase;
