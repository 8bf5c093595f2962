// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	/* only time shows that there were connections in hardware */
	router: 'ipq40xx "hardware" without hardware',
	present: ({ memory }) => {
		memory.hardware = true;
	},
	evidence: ['AVM FRITZ!Box 4040', '[OFFLOAD]: 96', '[HW_OFFLOAD]: 0'],
	command: '/etc/init.d/firewall reload',
	takenAway: ({ memory }) => {
		memory.hardware = false;
	},
} satisfies FindingCase;
