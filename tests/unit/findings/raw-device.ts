// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { list } from '../fixtures/flowtable.ts';

export default {
	router: 'snapshot on 7.2, guests late',
	evidence: ['docker0: docker0 → veth1a2b3c'],
	page: 'admin/network/firewall',
	takenAway: (facts) => list(facts, 'veth1a2b3c'),
} satisfies FindingCase;
