// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';
import { slowWaysWords } from './shared/slow-ways.ts';
import type { SlowWays } from './shared/slow-ways.ts';

export default defineReason<SlowWays>({
	code: 'NOT_COVERED',
	order: 135,
	when: 'The flowtable lacks devices, for which this kernel refuses it; or they are lacking, and no other reason applies.',
	/* only the strict rule refuses a flow for its devices; the older one flags it all the same */
	applies: ({ rule, slow }) => (rule.strict && slow.length ? { slow } : null),
	otherwise: ({ slow }) => (slow.length ? { slow } : null),
	words: (parameters, writing) => _('Not covered %s').format(slowWaysWords(parameters, writing)),
});
