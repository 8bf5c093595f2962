// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';
import { reloadFirewall } from './shared/ways-out.ts';

/** Linux up to 6.15 takes a device that goes off the list; later ones keep its name and take it in again. */
export default defineFinding({
	...reloadFirewall,
	code: 'LISTED_GONE',
	level: 'plain',
	order: 20,
	threads: ['nf_flowtable'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ judged: { listed }, coverage: { links } }) =>
		(links.length ? listed.filter((device) => !links.some(({ name }) => name === device)) : []),
	title: () => _('A device of the fast path is gone'),
	means: () => _('Nothing is slow because of it, and if it comes back, the kernel takes it in again by itself.'),
	steps: () => [_('If it is gone for good, reload the firewall with the command below.')],
});
