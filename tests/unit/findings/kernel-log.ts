// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'crowded',
	evidence: ['mtk_ppe: failed to bind entry 14'],
	command: 'dmesg',
	takenAway: ({ conflicts }) => {
		conflicts.log = ['mtk_soc_eth 15100000.ethernet: PPE table at 0x0bc80000'];
	},
} satisfies FindingCase;
