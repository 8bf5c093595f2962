// SPDX-License-Identifier: Apache-2.0
import type { Reason, ReasonCode, ReasonParameters, Shown, SlowWay } from '../doctor/coverage-types.ts';
import { names, span } from './format.ts';
import { pathName } from './words.ts';

/** What a flow's badge says: the way that its packets really take. */
export function shownName(shown: Shown): string {
	return shown === 'one way' ? _('Slow one way') : pathName(shown);
}

function wayWords({ way, from, to, missing }: SlowWay): string {
	const where = way === 'in' ? _('on the way in') : way === 'out' ? _('on the way out') : _('from %s to %s').format(from || '?', to || '?');
	return missing.length ? _('%s (the flowtable lacks %s)').format(where, names(missing)) : where;
}

const ways = (slow: SlowWay[]): string => slow.map(wayWords).join('; ');

const REASON: { [C in ReasonCode]: (parameters: ReasonParameters[C]) => string } = {
	OFFLOADED: () => '',
	FLAGGED_SLOW: ({ slow }) => _('Flagged as offloaded, but slow %s').format(ways(slow)),
	STILL: ({ seconds }) => _('Its counters have stood still for %s: the driver does not report').format(span(seconds)),
	OFF: () => _('Offloading is off'),
	PROTOCOL: ({ protocol }) => _('%s: only TCP and UDP can').format(protocol),
	TUNNEL: ({ protocol }) => _('%s: a tunnel that ends on the router').format(protocol),
	NOT_ESTABLISHED: ({ state }) => (state ? _('Not established yet (%s)').format(state) : _('No answer yet')),
	CLOSING: ({ state }) => _('Closing (%s)').format(state),
	HELPER: ({ helper }) => _('The helper %s reads it').format(helper),
	ROUTER: ({ end }) => (end === 'from' ? _('Starts on the router') : _('Ends on the router')),
	SAME_NETWORK: ({ network }) => _('Stays in %s').format(network),
	NOT_COVERED: ({ slow }) => _('Not covered %s').format(ways(slow)),
	IP_OPTIONS: () => _('Its packets have IPv4 options'),
	IDLE: ({ seconds }) => _('No packet for %s').format(span(seconds)),
	TOO_YOUNG: () => _('Has just begun'),
	EXEMPT: ({ rule }) => _('The rule does not take it: %s').format(rule),
	NOT_KNOWN: () => _('Not known'),
};

/** Why a flow is slow; '' where it is not. */
export function reasonWords(reason: Reason): string {
	return (REASON[reason.code] as (parameters: Reason) => string)(reason);
}
