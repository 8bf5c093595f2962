// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'hardware refused',
	evidence: ['OpenWrt 25.12.0'],
	command: '/etc/init.d/firewall reload',
	takenAway: ({ status }) => {
		status.loaded.flowtable!.counter = true;
	},
} satisfies FindingCase;
