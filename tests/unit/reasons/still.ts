// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { HARDWARE } from '../fixtures/reason-case.ts';

export default {
	examples: [{ what: 'for 75 s', flow: { path: HARDWARE, still: 75 }, says: { seconds: 75 }, shown: 'hardware' }],
	others: [{ what: 'for 20 s', flow: { path: HARDWARE, still: 20 }, reason: 'OFFLOADED', shown: 'hardware' }],
	words: 'Its counters have stood still for 75 s: the driver does not report',
} satisfies ReasonCase;
