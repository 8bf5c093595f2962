// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason({
	code: 'NOT_KNOWN',
	order: 1000,
	when: 'None of the above.',
	applies: () => null,
	otherwise: () => ({}),
	words: () => _('Not known'),
});
