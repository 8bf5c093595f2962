// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { enabledServices } from './shared/services.ts';

/** Says nothing of bridger, which is told to stall roaming clients and to hang the chip; who runs it knows. */
export default defineFinding({
	code: 'BRIDGED_WLAN',
	level: 'plain',
	order: 50,
	threads: ['openwrt/openwrt#18589', 'openwrt/openwrt#22533', 'openwrt/openwrt#24038'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { links }, conflicts }) => {
		if (conflicts && enabledServices(conflicts, 'bridger').length)
			return [];
		return links.filter(({ kind }) => kind === 'bridge').flatMap(({ name, lower }) => {
			const ports = links.filter((link) => lower.includes(link.name));
			const mixed = new Set(ports.map((port) => port.kind === 'wlan')).size === 2;
			return mixed ? [`${name}: ${ports.map((port) => port.name).join(', ')}`] : [];
		});
	},
	title: () => _('Wi-Fi and cable share a bridge'),
	means: () => _('Traffic between them does not pass the firewall, so there is nothing to bypass: this is by design, not a fault.'),
	steps: () => [_('There is nothing to do; traffic from and to the internet is offloaded as usual.')],
	costs: () => _('Copying large files between Wi-Fi and cable costs CPU time.'),
});
