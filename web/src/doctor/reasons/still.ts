// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

/** s that counters may stand still before the driver is doubted: an idle flow leaves the flowtable after 30. */
const STILL_SECONDS = 60;

export default defineReason<{ seconds: number }>({
	code: 'STILL',
	order: 70,
	when: `The kernel flags it, and its counters have stood still for ${STILL_SECONDS} s: the driver does not report.`,
	applies: ({ flagged, flow: { still } }) => (flagged && still >= STILL_SECONDS ? { seconds: still } : null),
	words: ({ seconds }, { span }) => _('Its counters have stood still for %s: the driver does not report').format(span(seconds)),
});
