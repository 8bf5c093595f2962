// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { ADD_COMMAND, list } from '../fixtures/flowtable.ts';

export default {
	router: 'DSA with late Wi-Fi',
	evidence: ['lxc: br-lxc'],
	command: 'nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "br-lxc" }; flags offload; counter; }\'',
	commands: ADD_COMMAND,
	takenAway: (facts) => list(facts, 'br-lxc'),
} satisfies FindingCase;
