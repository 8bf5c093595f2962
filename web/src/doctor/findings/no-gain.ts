// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';

/** Packets of a phase below which a comparison says nothing. */
const COMPARABLE_PACKETS = 1000;

export default defineFinding({
	code: 'NO_GAIN',
	level: 'attention',
	order: 30,
	threads: ['openwrt/openwrt#24593'],
	looksAt: ['status'],
	evidence: ({ status: { transaction } }) => {
		/** Share of a phase's packets that were slow; null where it does not tell. */
		const slowShare = (wanted: 'with' | 'without'): number | null => {
			const phase = transaction?.measurement?.phases.find(({ name }) => name === wanted);
			return phase && phase.packets >= COMPARABLE_PACKETS ? phase.slow_packets / phase.packets : null;
		};
		const on = slowShare('with'), off = slowShare('without');
		return on !== null && off !== null && on > off / 2 ? [`${Math.round(on * 100)} % / ${Math.round(off * 100)} %`] : [];
	},
	title: () => _('The last comparison showed little difference'),
	means: () => _('Almost as many packets were slow with offloading as without it, so it did not help that traffic.'),
	steps: () => [
		_('Start a large download between two computers, one on each side of the router.'),
		_('Then press “Measure the difference” below.'),
	],
	costs: () => _('For some seconds of the comparison offloading is off.'),
});
