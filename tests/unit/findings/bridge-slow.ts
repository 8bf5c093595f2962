// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { ADD_COMMAND, list } from '../fixtures/flowtable.ts';

export default {
	router: 'snapshot on 7.2, guests late',
	evidence: ['lan: br-lan → lan1, lan2'],
	command: 'nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "lan1", "lan2" }; counter; }\'',
	commands: ADD_COMMAND,
	takenAway: (facts) => list(facts, 'lan1', 'lan2'),
} satisfies FindingCase;
