// SPDX-License-Identifier: Apache-2.0
import { defineFinding } from './shared/finding.ts';

const HANDLE = '$(nft -a list chain inet fw4 forward | sed -n \'s/.*@ft.*handle //p\')';

export default defineFinding({
	code: 'QUEUE_STARVED',
	level: 'attention',
	order: 210,
	threads: ['bol-van/zapret#355', 'DanielLavrushin/b4#213'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts: { queues } }) => queues.map(({ number, process, pid }) => `${number}: ${process || pid}`),
	command: `nft "replace rule inet fw4 forward handle ${HANDLE} meta l4proto { tcp, udp } ct packets > 60 flow add @ft"`,
	title: () => _('A program filters packets, but offloaded ones do not reach it'),
	means: () => _('It sees only the first packets of each connection, so it may not do what you installed it for.'),
	steps: () => [_('Keep the first 60 packets of each connection off the fast path with the command below.')],
	costs: () => _('Short connections are no longer offloaded, and a reload of the firewall forgets the change.'),
});
