// SPDX-License-Identifier: Apache-2.0
import { clientRules, ruleName } from './shared/blocking-rules.ts';
import { defineFinding } from './shared/finding.ts';
import { forgetConnections } from './shared/ways-out.ts';

/** An IPv4 or IPv6 address, not a MAC address, a prefix or a name. */
const ADDRESS = /^(\d+(\.\d+){3}|(?=.*::|(.*:){7})[\da-f:]+)$/i;

export default defineFinding({
	...forgetConnections,
	code: 'BLOCK_CLIENT',
	level: 'plain',
	order: 110,
	threads: ['Siflower/1806_SDK#47'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => clientRules(conflicts).map(ruleName),
	/* with addresses only these clients' connections are forgotten */
	command: ({ conflicts }) => {
		const clients = clientRules(conflicts).flatMap((rule) => rule.clients);
		return clients.every((client) => ADDRESS.test(client))
			? clients.map((client) => `echo ${client} > /proc/net/nf_conntrack`).join('; ') : forgetConnections.command;
	},
	title: () => _('Rules that block clients can miss running connections'),
	means: () => _('An offloaded connection goes on after its client is blocked, because it no longer passes the rules.'),
});
