// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'WireGuard + IPv6 tunnel',
	evidence: ['office: ipsec0'],
	takenAway: ({ coverage }) => {
		coverage.networks.pop();
	},
} satisfies FindingCase;
