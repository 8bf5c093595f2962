// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason<{ network: string }>({
	code: 'SAME_NETWORK',
	order: 50,
	when: 'It stays inside one network. If it is flagged: a bridge forwards it and only shows it to the firewall.',
	applies: ({ flagged, within, facts: { bridged, links } }) => {
		if (!within)
			return null;
		/* routed back to where it came from is offloaded as any other, unless the bridge does that by itself */
		const byBridge = bridged && links.some(({ name, kind }) => kind === 'bridge' && name === within.l3_device);
		return !flagged || byBridge ? { network: within.name } : null;
	},
	words: ({ network }) => _('Stays in %s').format(network),
});
