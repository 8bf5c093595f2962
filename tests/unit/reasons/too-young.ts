// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { LISTED_BY_FIREWALL4 } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'just started', flow: { protocol: 'udp', flags: 2, packets: 1, replied: 0, age: 1 }, says: { seconds: 1 } },
		{ what: 'never answered', flow: { protocol: 'udp', flags: 2, packets: 3, replied: 0, timeout: 60, age: -4 }, says: { seconds: 3 } },
		{
			what: 'just started, and the strict rule would refuse it', flow: { protocol: 'udp', packets: 1, replied: 0, age: 1 },
			parts: { kernel: '7.2.1', listed: LISTED_BY_FIREWALL4 }, says: { seconds: 1 },
		},
	],
	others: [
		{ what: 'answered', flow: { protocol: 'udp' }, reason: 'NOT_KNOWN' },
		{
			what: 'never answered, and not covered', flow: { protocol: 'udp', flags: 2 + 8, packets: 3, replied: 0, timeout: 60, reply: '198.51.100.7 443 203.0.113.5 40000' },
			parts: { listed: LISTED_BY_FIREWALL4 }, reason: 'NOT_COVERED',
		},
	],
	words: 'Has just begun',
} satisfies ReasonCase;
