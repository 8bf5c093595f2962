// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'ICMP', flow: { protocol: 'icmp', dport: 0 }, says: { protocol: 'icmp' } },
		{ what: 'forwarded GRE', flow: { protocol: 'gre', dport: 0 }, says: { protocol: 'gre' } },
	],
	others: [{ what: 'UDP', flow: { protocol: 'udp' }, reason: 'NOT_KNOWN' }],
	words: 'icmp: only TCP and UDP can',
} satisfies ReasonCase;
