// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'snapshot on 7.2, guests late',
	evidence: ['7.2.13', 'Unable to handle kernel paging request', 'pc : nf_flow_offload_ip_hook+0x1c4/0x5a8 [nf_flow_table]'],
	page: 'admin/system/flash',
	takenAway: ({ conflicts }) => {
		conflicts.crashed = false;
	},
} satisfies FindingCase;
