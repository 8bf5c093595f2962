// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['6.18.46'],
	page: 'admin/system/flash',
	takenAway: ({ status }) => {
		status.router.kernel = '6.18.44';
	},
	variants: [
		{ what: 'is reported of 6.18.51', change: ({ status }) => {
			status.router.kernel = '6.18.51';
		}, evidence: ['6.18.51'] },
		{ what: 'is mended in 6.18.52', change: ({ status }) => {
			status.router.kernel = '6.18.52';
		}, evidence: [] },
	],
} satisfies FindingCase;
