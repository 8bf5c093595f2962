// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'SQM + mwan3',
	evidence: ['TV 192.168.1.50 fd12::50'],
	command: 'echo 192.168.1.50 > /proc/net/nf_conntrack; echo fd12::50 > /proc/net/nf_conntrack',
	commands: /^echo (f|[\da-fA-F.:]+) > \/proc\/net\/nf_conntrack(; echo [\da-fA-F.:]+ > \/proc\/net\/nf_conntrack)*$/,
	takenAway: ({ conflicts }) => {
		conflicts.blocks[1]!.target = 'ACCEPT';
	},
	variants: ['A4:83:E7:00:11:22', '192.168.1.0/24', '1.2.3.4; reboot', '!192.168.1.2'].map((client) => ({
		what: `forgets all connections where ${client} is no address`,
		change: ({ conflicts }) => {
			conflicts.blocks[1]!.clients.push(client);
		},
		command: 'echo f > /proc/net/nf_conntrack',
	})),
} satisfies FindingCase;
