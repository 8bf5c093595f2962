// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'the outside of 6in4', flow: { protocol: '41', src: '203.0.113.5', dst: '198.51.100.1', flags: 0 }, says: { protocol: '41' } },
	],
	others: [{ what: 'it passes through', flow: { protocol: '41', dport: 0 }, reason: 'PROTOCOL' }],
	words: '41: a tunnel that ends on the router',
} satisfies ReasonCase;
