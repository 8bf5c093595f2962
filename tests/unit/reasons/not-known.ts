// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'nothing to be seen', flow: {}, says: {} },
		{
			what: 'nothing to be seen, uncounted, untold', flow: { packets: -1, replied: -1 },
			parts: { timeouts: { established: null, udp: null, udp_stream: null }, loaded_since: null }, says: {},
		},
	],
	others: [{ what: 'it has just begun', flow: { protocol: 'udp', packets: 1, replied: 0 }, reason: 'TOO_YOUNG' }],
	words: 'Not known',
} satisfies ReasonCase;
