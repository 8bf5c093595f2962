// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { BETWEEN, FORWARDED, HARDWARE, IPV6, LISTED_BY_FIREWALL4, SOFTWARE, VPN } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'PPPoE', flow: {} }, { what: 'IPv6 through 6in4', flow: IPV6 }, { what: 'WireGuard', flow: VPN },
		{ what: 'between two LANs', flow: BETWEEN }, { what: 'a port forward', flow: FORWARDED },
	].flatMap(({ what, flow }) => [
		{ what, flow: { ...flow, path: SOFTWARE }, says: {}, shown: 'software' as const },
		{ what: `${what}, in hardware`, flow: { ...flow, path: HARDWARE }, says: {}, shown: 'hardware' as const },
		{ what: `${what}, by the strict rule`, flow: { ...flow, path: SOFTWARE }, parts: { kernel: '7.2.1' }, says: {}, shown: 'software' as const },
	]),
	others: [
		{ what: 'PPPoE with what firewall4 lists', flow: { path: SOFTWARE }, parts: { listed: LISTED_BY_FIREWALL4 }, reason: 'FLAGGED_SLOW', shown: 'one way' },
		{ what: 'it is not flagged', flow: {}, reason: 'NOT_KNOWN' },
	],
	words: '',
} satisfies ReasonCase;
