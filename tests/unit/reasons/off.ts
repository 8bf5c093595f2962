// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'no flowtable', flow: {}, parts: { mode: 'off' }, says: {} },
		{ what: 'no rule', flow: {}, parts: { rule: null }, says: {} },
	],
	others: [{ what: 'both are loaded', flow: {}, reason: 'NOT_KNOWN' }],
	words: 'Offloading is off',
} satisfies ReasonCase;
