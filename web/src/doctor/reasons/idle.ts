// SPDX-License-Identifier: Apache-2.0
import type { CoverageFacts } from '../../contract.ts';
import type { Flow } from '../coverage-types.ts';
import { defineReason } from './shared/reason.ts';

/** s that an idle flow stays in the flowtable (nf_flowtable_tcp_timeout's default). */
const KEPT_SECONDS = 30;

/** s since its last packet, by what is left of its timeout; null where that does not tell. */
function idleSeconds({ protocol, state, timeout, assured }: Flow, { timeouts }: CoverageFacts): number | null {
	const udp = timeouts[assured ? 'udp_stream' : 'udp'];
	const tcp = state === 'ESTABLISHED' ? timeouts.established : null;
	const full = protocol === 'tcp' ? tcp : udp;
	return full === null || timeout === null ? null : Math.max(0, full - timeout);
}

export default defineReason<{ seconds: number }>({
	code: 'IDLE',
	order: 140,
	when: `No packet since the ruleset was loaded, or for more than ${KEPT_SECONDS} s.`,
	applies: ({ flow, facts, now }) => {
		const seconds = idleSeconds(flow, facts), since = facts.loaded_since;
		const left = seconds !== null && (seconds > KEPT_SECONDS || since !== null && seconds >= Math.max(1, now - since));
		return left ? { seconds } : null;
	},
	words: ({ seconds }, { span }) => _('No packet for %s').format(span(seconds)),
});
