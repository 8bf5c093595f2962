// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason({
	code: 'OFF',
	order: 10,
	when: 'No flowtable is loaded, or no rule fills it.',
	applies: ({ flagged, facts: { loaded } }) => (!flagged && (!loaded.flowtable || loaded.rule === null) ? {} : null),
	words: () => _('Offloading is off'),
});
