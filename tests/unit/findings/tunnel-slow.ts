// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { ADD_COMMAND, list } from '../fixtures/flowtable.ts';

export default {
	router: 'WireGuard + IPv6 tunnel',
	alsoOn: ['crowded'],
	evidence: ['henet: 6in4-henet', 'wg0: wg0'],
	command: 'nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "6in4-henet", "wg0" }; counter; }\'',
	commands: ADD_COMMAND,
	takenAway: (facts) => list(facts, 'wg0', '6in4-henet'),
	variants: [
		{ what: 'adds with the flags that the flowtable has', change: ({ status }) => {
			status.loaded.flowtable = { devices: [], offload: true, counter: false };
		}, command: 'nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "6in4-henet", "wg0" }; flags offload; }\'' },
		{ what: 'leaves a name alone that nft cannot write', change: ({ coverage: { networks, links } }) => {
			const hostile = 'wg"0\'$(reboot)';
			networks.find(({ name }) => name === 'wg0')!.l3_device = hostile;
			links.find(({ name }) => name === 'wg0')!.name = hostile;
		}, command: '' },
	],
} satisfies FindingCase;
