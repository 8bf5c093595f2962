// SPDX-License-Identifier: Apache-2.0
import { bitsOf } from '../endpoints.ts';
import { defineReason } from './shared/reason.ts';

/** Two addresses, whichever comes first. */
const pairOf = (addresses: [string, string]): string => addresses.map(bitsOf).sort().join();

export default defineReason({
	code: 'IP_OPTIONS',
	order: 120,
	when: 'Packets with IPv4 options were seen between its ends.',
	/* the forward hook sees addresses after destination NAT and before source NAT */
	applies: ({ flow: { original, reply }, options }) => {
		const ends = pairOf([original.src, reply.src]);
		return options.some((pair) => pairOf(pair) === ends) ? {} : null;
	},
	words: () => _('Its packets have IPv4 options'),
});
