// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { ADD_COMMAND, list } from '../fixtures/flowtable.ts';

export default {
	router: 'mt7621 PPPoE+VLAN',
	evidence: ['wan: pppoe-wan → wan.7 → wan'],
	command: 'nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "wan" }; counter; }\'',
	commands: ADD_COMMAND,
	takenAway: (facts) => list(facts, 'wan'),
} satisfies FindingCase;
