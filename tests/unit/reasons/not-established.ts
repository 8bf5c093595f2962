// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'SYN only', flow: { state: 'SYN_SENT', flags: 2 }, says: { state: 'SYN_SENT' } },
		{ what: 'SYN_RECV', flow: { state: 'SYN_RECV' }, says: { state: 'SYN_RECV' } },
	],
	others: [{ what: 'established', flow: { state: 'ESTABLISHED' }, reason: 'NOT_KNOWN' }],
	words: 'Not established yet (SYN_SENT)',
} satisfies ReasonCase;
