// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { LISTED_BY_FIREWALL4 } from '../fixtures/reason-case.ts';

const NARROW = 'meta l4proto { tcp, udp } ct bytes > 100000 flow add @ft';

export default {
	examples: [
		{ what: 'a narrower rule', flow: {}, parts: { rule: NARROW }, says: { rule: NARROW } },
		{ what: 'and not covered by the older rule', flow: {}, parts: { rule: NARROW, listed: LISTED_BY_FIREWALL4 }, says: { rule: NARROW } },
	],
	others: [
		...['meta l4proto { 6, 17 } flow add @ft', 'meta l4proto { tcp, udp } flow offload @ft', 'meta l4proto { tcp, udp } counter packets 1 bytes 60 flow add @ft']
			.map((rule) => ({ what: `firewall4's own: ${rule}`, flow: {}, parts: { rule }, reason: 'NOT_KNOWN' as const })),
		{ what: 'and refused by the strict rule', flow: {}, parts: { rule: NARROW, kernel: '7.2.1', listed: LISTED_BY_FIREWALL4 }, reason: 'NOT_COVERED' },
	],
	words: 'The rule does not take it: meta l4proto { tcp, udp } ct bytes > 100000 flow add @ft',
} satisfies ReasonCase;
