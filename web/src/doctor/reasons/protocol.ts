// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason<{ protocol: string }>({
	code: 'PROTOCOL',
	order: 30,
	when: 'It is neither TCP nor UDP.',
	applies: ({ flagged, flow: { protocol } }) => (!flagged && protocol !== 'tcp' && protocol !== 'udp' ? { protocol } : null),
	words: ({ protocol }) => _('%s: only TCP and UDP can').format(protocol),
});
