// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { enabledServices } from './shared/services.ts';
import { forgetConnections } from './shared/ways-out.ts';

export default defineFinding({
	...forgetConnections,
	code: 'POLICY_ROUTING',
	level: 'plain',
	order: 90,
	threads: ['openwrt/packages#5943'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => enabledServices(conflicts, 'mwan3', 'pbr', 'vpn-policy-routing'),
	title: () => _('A changed routing policy can miss running connections'),
	means: () => _('An offloaded connection keeps its way out until it ends, whatever the policy says by then.'),
});
