// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'FIN_WAIT', flow: { state: 'FIN_WAIT' }, says: { state: 'FIN_WAIT' } },
		{ what: 'TIME_WAIT', flow: { state: 'TIME_WAIT', timeout: 90 }, says: { state: 'TIME_WAIT' } },
	],
	others: [{ what: 'established', flow: { state: 'ESTABLISHED' }, reason: 'NOT_KNOWN' }],
	words: 'Closing (FIN_WAIT)',
} satisfies ReasonCase;
