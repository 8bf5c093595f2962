// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason<{ end: 'from' | 'to' }>({
	code: 'ROUTER',
	order: 40,
	when: 'It starts or ends on the router, or is never forwarded, as multicast.',
	applies: ({ flagged, onRouter, from }) => (!flagged && onRouter ? { end: from.router ? 'from' : 'to' } : null),
	words: ({ end }) => (end === 'from' ? _('Starts on the router') : _('Ends on the router')),
});
