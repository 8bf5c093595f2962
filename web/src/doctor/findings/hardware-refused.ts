// SPDX-License-Identifier: Apache-2.0
import { modeOfOptions } from '../options.ts';
import { defineFinding } from './shared/finding.ts';
import { stayInSoftware } from './shared/ways-out.ts';

export default defineFinding({
	...stayInSoftware,
	code: 'HARDWARE_REFUSED',
	level: 'attention',
	order: 160,
	threads: ['openwrt/openwrt#14365'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: ({ status: { asked, loaded }, coverage }) => {
		const fellBack = modeOfOptions(asked.effective) === 'hardware' && loaded.flowtable?.offload === false;
		return fellBack ? (coverage.probed ?? []).filter(({ accepted }) => !accepted).map(({ name, output }) => `${name}: ${output.split('\n')[0]}`) : [];
	},
	title: () => _('A device refuses hardware offloading'),
	means: () => _('One device that refuses is enough: the firewall then offloads in software for all of them.'),
});
