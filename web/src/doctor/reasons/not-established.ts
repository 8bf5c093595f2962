// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';
import { isClosing } from './shared/tcp-state.ts';

export default defineReason<{ state: string }>({
	code: 'NOT_ESTABLISHED',
	order: 90,
	when: 'TCP before it is established.',
	applies: ({ flow: { protocol, state } }) => (protocol === 'tcp' && state !== 'ESTABLISHED' && state !== '' && !isClosing(state) ? { state } : null),
	words: ({ state }) => _('Not established yet (%s)').format(state),
});
