// SPDX-License-Identifier: Apache-2.0
import type { Status } from '../contract.ts';
import { directionOf } from './direction.ts';
import type { Direction } from './direction.ts';
import type { Memory } from './memory.ts';
import { modeOfFlowtable } from './options.ts';
import { HARDWARE_IDLE, MOSTLY_SLOW, NOTHING_OFFLOADED, QUIET, slowSymptom } from './symptoms.ts';
import { countFlows, meanThroughput, shareOf } from './traffic.ts';
import type { PairRate } from './traffic.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether packets really take the fast path, judged by what reached the
 * forward hook; conntrack's flags alone prove nothing.
 */
export function judgeWorking(status: Status, memory: Memory): Verdict {
	const { loaded, watch, networks } = status;
	if (loaded.error !== null || !loaded.table)
		return { code: 'NOTHING_TO_JUDGE' };
	if (modeOfFlowtable(loaded.flowtable) === 'off')
		return { code: 'EVERY_PACKET_SLOW' };
	if (watch?.slow?.error != null)
		return { code: 'COUNTERS_FAILED', error: watch.slow.error };

	const window = memory.windows[0];
	if (!watch?.flows || !window)
		return { code: 'MEASURING', seconds: watch?.flows ? Math.max(0, watch.flows.at + watch.every - status.now) : null };

	const believed = (symptom: string): boolean => memory.symptoms.get(symptom)?.on === true;
	const direction = (pair: PairRate): Direction => directionOf(networks, pair.iif, pair.oif);
	const devices = loaded.flowtable?.devices ?? [];
	const flows = countFlows(watch.flows);
	const offloaded = flows.hardware + flows.software;

	const slow = window.pairs.filter((pair) => believed(slowSymptom(pair.iif, pair.oif)));
	if (slow.length)
		return { code: 'DIRECTION_SLOW', directions: slow.map(direction), devices };
	if (believed(HARDWARE_IDLE))
		return { code: 'HARDWARE_IDLE', flows: flows.software };
	if (believed(NOTHING_OFFLOADED)) {
		const packets = window.pairs.reduce((total, pair) => total + pair.eligible, 0);
		return { code: 'NOTHING_OFFLOADED', packets, devices };
	}

	const share = shareOf(meanThroughput(memory.windows));
	if (believed(MOSTLY_SLOW) && share !== null) {
		const largest = [...window.pairs].sort((a, b) => b.bytes - a.bytes)[0];
		return { code: 'MOSTLY_SLOW', share, direction: largest ? direction(largest) : null };
	}
	if (offloaded > 0 && (status.prerequisites.accounting === false || loaded.flowtable?.counter === false))
		return { code: 'NOT_COUNTED', flows: offloaded };
	if (believed(QUIET) || offloaded === 0 || share === null || share === 0)
		return { code: 'WAITING_FOR_TRAFFIC', flows: offloaded };
	return { code: 'WORKING', share };
}
