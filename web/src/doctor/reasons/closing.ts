// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';
import { isClosing } from './shared/tcp-state.ts';

export default defineReason<{ state: string }>({
	code: 'CLOSING',
	order: 100,
	when: 'TCP that is being closed.',
	applies: ({ flow: { protocol, state } }) => (protocol === 'tcp' && state !== 'ESTABLISHED' && state !== '' && isClosing(state) ? { state } : null),
	words: ({ state }) => _('Closing (%s)').format(state),
});
