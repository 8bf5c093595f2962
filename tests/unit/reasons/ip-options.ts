// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'from the client', flow: { protocol: 'udp' }, options: [['192.168.1.20', '198.51.100.7']], says: {} },
		{ what: 'from the server', flow: { protocol: 'udp' }, options: [['198.51.100.7', '192.168.1.20']], says: {} },
	],
	others: [{ what: 'between others', flow: { protocol: 'udp' }, options: [['198.51.100.7', '192.168.1.9']], reason: 'NOT_KNOWN' }],
	words: 'Its packets have IPv4 options',
} satisfies ReasonCase;
