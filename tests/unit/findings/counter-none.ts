// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: '22.03-style flowtable',
	evidence: ['OpenWrt 22.03.5'],
	page: 'admin/system/flash',
	takenAway: ({ status }) => {
		status.loaded.flowtable!.counter = true;
	},
} satisfies FindingCase;
