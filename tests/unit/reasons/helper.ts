// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'FTP control', flow: { dport: 21 }, says: { helper: 'ftp' } },
		{ what: 'SIP', flow: { protocol: 'udp', dport: 5060 }, says: { helper: 'sip' } },
	],
	others: [
		{ what: 'the same port, another protocol', flow: { protocol: 'udp', dport: 21 }, reason: 'NOT_KNOWN' },
		{ what: 'no helper is loaded', flow: { dport: 21 }, parts: { helpers: [] }, reason: 'NOT_KNOWN' },
	],
	words: 'The helper ftp reads it',
} satisfies ReasonCase;
