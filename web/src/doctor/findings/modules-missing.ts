// SPDX-License-Identifier: Apache-2.0
import { modeOfOptions } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { installPackage } from './shared/ways-out.ts';

export default defineFinding({
	code: 'MODULES_MISSING',
	level: 'bad',
	order: 20,
	threads: ['openwrt/openwrt#9854'],
	looksAt: ['status'],
	alsoWhileOff: true,
	evidence: ({ status: { asked, loaded, prerequisites: { modules } } }) => {
		const wanted = !loaded.flowtable && (modeOfOptions(asked.effective) ?? 'off') !== 'off';
		return wanted ? Object.entries(modules).filter(([, state]) => state === 'missing').map(([name]) => name) : [];
	},
	command: ({ status: { router } }) => installPackage(router.release, 'kmod-nft-offload'),
	title: () => _('Offloading is asked for, but kernel modules are missing'),
	means: () => _('Every packet passes the whole firewall, as if offloading were off.'),
	steps: () => [
		_('Install the missing package with the command below, for which the router needs the internet.'),
		_('Then press “Load again” above.'),
	],
	costs: () => _('The package takes some kilobytes of flash memory.'),
});
