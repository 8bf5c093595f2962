// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { LISTED_BY_FIREWALL4 } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{
			what: 'refused by the strict rule', flow: {}, parts: { kernel: '7.2.1', listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'out', from: 'lan', to: 'wan', missing: ['lan1', 'lan2', 'wan'] }, { way: 'in', from: 'wan', to: 'lan', missing: ['wan', 'lan1', 'lan2'] }] },
		},
		{
			what: 'not flagged for no other reason by the older rule', flow: {}, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] },
		},
	],
	others: [{ what: 'everything is listed', flow: {}, parts: { kernel: '7.2.1' }, reason: 'NOT_KNOWN' }],
	words: 'Not covered on the way out (the flowtable lacks lan1, lan2, wan); on the way in (the flowtable lacks wan, lan1, lan2)',
} satisfies ReasonCase;
