// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { LISTED_BY_FIREWALL4 } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'since before the load', flow: { timeout: 7440 - 20 }, parts: { loaded_since: 985 }, says: { seconds: 20 } },
		{ what: 'for longer than the flowtable keeps it', flow: { protocol: 'udp', timeout: 100 }, says: { seconds: 80 } },
		{ what: 'and not covered by the older rule', flow: { timeout: 7440 - 60 }, parts: { listed: LISTED_BY_FIREWALL4 }, says: { seconds: 60 } },
	],
	others: [
		{ what: 'for 20 s', flow: { timeout: 7440 - 20 }, reason: 'NOT_KNOWN' },
		{ what: 'and refused by the strict rule', flow: { timeout: 7440 - 60 }, parts: { kernel: '7.2.1', listed: LISTED_BY_FIREWALL4 }, reason: 'NOT_COVERED' },
	],
	words: 'No packet for 20 s',
} satisfies ReasonCase;
