// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['200: nfqws'],
	command: 'nft "replace rule inet fw4 forward handle $(nft -a list chain inet fw4 forward | sed -n \'s/.*@ft.*handle //p\') meta l4proto { tcp, udp } ct packets > 60 flow add @ft"',
	takenAway: ({ conflicts }) => {
		conflicts.queues = [];
	},
} satisfies FindingCase;
