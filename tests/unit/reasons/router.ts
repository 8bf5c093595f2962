// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { IPV6 } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{ what: 'a service of the router', flow: { dst: '192.168.1.1', dport: 80, reply: '' }, says: { end: 'to' } },
		{ what: 'a service of the router, from outside', flow: { src: '198.51.100.9', dst: '203.0.113.5', reply: '' }, says: { end: 'to' } },
		{ what: 'a service of the router, IPv6 in full', flow: { ...IPV6, dst: 'fd00:0001:0000:0000:0000:0000:0000:0001' }, says: { end: 'to' } },
		{ what: 'the router itself', flow: { src: '203.0.113.5', dst: '198.51.100.9', reply: '' }, says: { end: 'from' } },
		{
			what: 'a service of the router in a network of no zone', flow: { src: '10.0.2.2', dst: '10.0.2.15', reply: '' },
			parts: { own: ['127.0.0.1', '10.0.2.15', 'fd00:9::1'] }, says: { end: 'to' },
		},
		{
			what: 'the router in a network of no zone', flow: { src: 'fd00:9::1', dst: 'fd00:9::2', reply: '' },
			parts: { own: ['127.0.0.1', '10.0.2.15', 'fd00:9::1'] }, says: { end: 'from' },
		},
		{ what: 'multicast', flow: { protocol: 'udp', src: '192.168.1.21', dst: '239.255.255.250', reply: '' }, says: { end: 'to' } },
	],
	others: [{ what: 'through the router', flow: {}, reason: 'NOT_KNOWN' }],
	words: 'Ends on the router',
} satisfies ReasonCase;
