// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';
import { slowWaysWords } from './shared/slow-ways.ts';
import type { SlowWays } from './shared/slow-ways.ts';

/** Kernels with the older rule flag a flow whose packets are slow for want of devices in the flowtable. */
export default defineReason<SlowWays>({
	code: 'FLAGGED_SLOW',
	order: 60,
	when: 'The kernel flags it, but in these directions its packets are slow: the flowtable lacks devices.',
	applies: ({ flagged, slow }) => (flagged && slow.length ? { slow } : null),
	words: (parameters, writing) => _('Flagged as offloaded, but slow %s').format(slowWaysWords(parameters, writing)),
});
