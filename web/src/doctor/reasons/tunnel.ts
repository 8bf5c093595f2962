// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

/** Protocols that carry packets: 6in4 and 6rd, ipip, GRE, ESP and AH. */
const CARRIES_PACKETS = /^(41?|47|5[01]|ipv6|ipip|ipencap|gre|esp|ah)$/;

export default defineReason<{ protocol: string }>({
	code: 'TUNNEL',
	order: 20,
	when: 'The outer packets of a tunnel that starts or ends on the router: 6in4, 6rd, GRE …',
	applies: ({ flagged, onRouter, flow: { protocol } }) => (!flagged && onRouter && CARRIES_PACKETS.test(protocol) ? { protocol } : null),
	words: ({ protocol }) => _('%s: a tunnel that ends on the router').format(protocol),
});
