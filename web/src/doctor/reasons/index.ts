// SPDX-License-Identifier: Apache-2.0
/** Why a connection is slow. Each other file of this folder is one reason. */
import type { CoverageFacts } from '../../contract.ts';
import type { Flow, Shown } from '../coverage-types.ts';
import { inquire } from './shared/inquiry.ts';
import { REASONS } from './shared/list.ts';
import type { ReasonCode } from './shared/list.ts';
import type { ReasonDefinition, Writing } from './shared/reason.ts';

export type { ReasonCode } from './shared/list.ts';

type ParametersOf<D> = D extends ReasonDefinition<infer P> ? P : never;

/** A reason with its parameters. */
export type Reason = { [C in ReasonCode]: { code: C } & ParametersOf<(typeof REASONS)[C]> }[ReasonCode];

const SORTED = (Object.entries(REASONS) as [ReasonCode, ReasonDefinition][]).sort(([, a], [, b]) => a.order - b.order);

/**
 * Why a flow is not offloaded, or what is wrong with it although it is.
 * `options`: SlowPath.options, IPv4 packets with options as [source, destination].
 * `now`: uptime when the flow was seen, s.
 */
export function reasonOf(flow: Flow, facts: CoverageFacts, options: [string, string][], now: number): Reason {
	const inquiry = inquire(flow, facts, options, now);
	for (const asked of ['applies', 'otherwise'] as const)
		for (const [code, definition] of SORTED) {
			const parameters = definition[asked]?.(inquiry);
			if (parameters)
				return { code, ...parameters } as Reason;
		}
	return { code: 'NOT_KNOWN' };
}

/** Why a flow is slow, in words; '' where it is not. */
export const reasonSentence = (reason: Reason, writing: Writing): string =>
	(REASONS[reason.code].words as (parameters: Reason, writing: Writing) => string)(reason, writing);

/** What the badge of a flow says: its flag is believed only where no direction is known to be slow. */
export function shownPath(flow: Flow, reason: Reason): Shown {
	if (reason.code === 'FLAGGED_SLOW')
		return reason.slow.length > 1 ? 'slow' : 'one way';
	return reason.code === 'SAME_NETWORK' ? 'slow' : flow.path;
}
