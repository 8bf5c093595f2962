// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { BRIDGED, HARDWARE, SOFTWARE } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'inside one bridge', flow: BRIDGED, says: { network: 'lan' } },
		{ what: 'flagged, because the bridge shows it to the firewall', flow: { ...BRIDGED, path: SOFTWARE }, parts: { bridged: true }, says: { network: 'lan' }, shown: 'slow' },
		{ what: 'flagged in hardware', flow: { ...BRIDGED, path: HARDWARE }, parts: { bridged: true }, says: { network: 'lan' }, shown: 'slow' },
	],
	others: [
		{ what: 'flagged, and routed back to where it came from', flow: { ...BRIDGED, path: SOFTWARE }, reason: 'OFFLOADED', shown: 'software' },
		{ what: 'routed back, not by a bridge', flow: { src: '192.168.2.7', dst: '192.168.2.8', reply: '', path: SOFTWARE }, parts: { bridged: true }, reason: 'OFFLOADED', shown: 'software' },
		{ what: 'it leaves the bridge', flow: { path: SOFTWARE }, parts: { bridged: true }, reason: 'OFFLOADED', shown: 'software' },
	],
	words: 'Stays in lan',
} satisfies ReasonCase;
