// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { list } from '../fixtures/flowtable.ts';

export default {
	router: 'DSA with late Wi-Fi',
	evidence: ['lan: phy1-ap0'],
	command: '/etc/init.d/firewall reload',
	takenAway: (facts) => list(facts, 'phy1-ap0'),
} satisfies FindingCase;
