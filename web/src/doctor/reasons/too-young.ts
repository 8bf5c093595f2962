// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason<{ seconds: number }>({
	code: 'TOO_YOUNG',
	order: 130,
	when: 'It has sent one packet so far, or was never answered and no other reason applies.',
	applies: ({ flow: { packets: [sent, answered], age } }) => (sent !== null && sent + (answered ?? 0) <= 1 ? { seconds: age } : null),
	otherwise: ({ flow: { unreplied, age }, slow }) => (unreplied && !slow.length ? { seconds: age } : null),
	words: () => _('Has just begun'),
});
