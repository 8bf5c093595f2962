// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { list } from '../fixtures/flowtable.ts';

export default {
	router: 'snapshot on 7.2, guests late',
	evidence: ['guest: usb0'],
	command: '/etc/init.d/firewall reload',
	takenAway: (facts) => list(facts, 'usb0'),
} satisfies FindingCase;
