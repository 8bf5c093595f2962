// SPDX-License-Identifier: Apache-2.0
import { isSlow } from './chain.ts';
import type { Agreement, Coverage, Moved } from './coverage-types.ts';
import type { PairRate } from './traffic.ts';

/** Share of flagged packets from which a direction is slow. */
const SHARE = 0.05;
/** Packets per second of flagged connections from which it is worth a judgement. */
const RATE = 10;

/**
 * Prediction beside measurement, per network and direction. `flagged`: packets
 * per second of all flagged connections; against it the share is a lower
 * bound, and nothing can be seen to be fast. With `moved` both can.
 */
export function agreement(coverage: Coverage, pairs: PairRate[], flagged: number, moved: Moved[] = []): Agreement[] {
	const first = coverage.networks.filter(({ l3 }, index, all) => l3 !== null && all.findIndex((one) => one.l3 === l3) === index);
	return first.flatMap((network) => (['in', 'out'] as const).map((direction): Agreement => {
		const mine = pairs.filter((pair) => pair[direction === 'in' ? 'iif' : 'oif'] === network.l3);
		const sum = (field: 'eligible' | 'flagged'): number => mine.reduce((total, pair) => total + pair[field], 0);
		const slow = sum('flagged');
		const known = moved.find((one) => one.network === network.name)?.[direction];
		const total = known ?? flagged;
		const predicted = network[direction].standing;
		const part = total >= RATE ? Math.min(1, slow / total) : null;
		const is = part !== null && part > SHARE;
		const uncovered = isSlow(network[direction]);
		const share = uncovered && !is && known === undefined ? null : part;
		return {
			network: network.name,
			direction,
			predicted,
			slow: sum('eligible'),
			flagged: slow,
			share,
			verdict: share === null ? 'NOT_MEASURED'
				: is && predicted === 'covered' ? 'COVERED_BUT_SLOW'
					: !is && uncovered ? 'UNCOVERED_BUT_FAST' : 'AGREES',
		};
	}));
}

const differs = ({ verdict }: Agreement): boolean => verdict === 'COVERED_BUT_SLOW' || verdict === 'UNCOVERED_BUT_FAST';

/**
 * Agreements of the last window, of which a contradiction is one only when the
 * window before had it too: packets of a flow that is being offloaded, or that
 * leaves the flowtable, are slow for a moment.
 */
export function settled(last: Agreement[], before: Agreement[]): Agreement[] {
	return last.map((one) => (!differs(one) || before.some(({ network, direction, verdict }) => network === one.network && direction === one.direction && verdict === one.verdict)
		? one : { ...one, verdict: 'NOT_MEASURED' }));
}
