// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason({
	code: 'OFFLOADED',
	order: 80,
	when: 'The kernel flags it, and nothing says that a direction is slow.',
	applies: ({ flagged }) => (flagged ? {} : null),
	words: () => '',
});
