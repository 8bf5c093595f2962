// SPDX-License-Identifier: Apache-2.0
import type { Mode } from '../contract.ts';
import type { Direction } from './direction.ts';

/** How a verdict weighs: in order, as it should be; nothing to say yet; look at it; broken. */
export type Level = 'good' | 'plain' | 'attention' | 'bad';

/** What each code says beside its name. A verdict without parameters has `{}`. */
export interface Parameters {
	/* asked for */
	NO_DEFAULTS: object;
	OPTION_INVALID: { option: 'flow_offloading' | 'flow_offloading_hw'; value: string };
	FOREIGN_CHANGES: { count: number };
	HARDWARE_ALONE: object;
	/* loaded in the kernel */
	NFT_FAILED: { error: string };
	FIREWALL_DOWN: object;
	HARDWARE_FELL_BACK: object;
	NOT_LOADED: { asked: Mode };
	STILL_LOADED: { loaded: Mode };
	OTHER_LOADED: { asked: Mode; loaded: Mode };
	RULE_MISSING: object;
	NO_DEVICES: object;
	NO_COUNTER: object;
	/* working */
	NOTHING_TO_JUDGE: object;
	EVERY_PACKET_SLOW: object;
	/** Seconds until the sampler's next measurement; null while it has not said. */
	MEASURING: { seconds: number | null };
	COUNTERS_FAILED: { error: string };
	DIRECTION_SLOW: { directions: Direction[]; devices: string[] };
	HARDWARE_IDLE: { flows: number };
	NOTHING_OFFLOADED: { packets: number; devices: string[] };
	MOSTLY_SLOW: { share: number; direction: Direction | null };
	WAITING_FOR_TRAFFIC: { flows: number };
	NOT_COUNTED: { flows: number };
	WORKING: { share: number };
}

export type Code = keyof Parameters;

/** A judgement: a code, and the facts that its sentence needs. */
export type Verdict = { [C in Code]: { code: C } & Parameters[C] }[Code];

/** The weight of every code. */
export const LEVEL: Record<Code, Level> = {
	NO_DEFAULTS: 'bad',
	OPTION_INVALID: 'bad',
	FOREIGN_CHANGES: 'attention',
	HARDWARE_ALONE: 'attention',
	NFT_FAILED: 'bad',
	FIREWALL_DOWN: 'bad',
	HARDWARE_FELL_BACK: 'attention',
	NOT_LOADED: 'attention',
	STILL_LOADED: 'attention',
	OTHER_LOADED: 'attention',
	RULE_MISSING: 'attention',
	NO_DEVICES: 'attention',
	NO_COUNTER: 'attention',
	NOTHING_TO_JUDGE: 'plain',
	EVERY_PACKET_SLOW: 'plain',
	MEASURING: 'plain',
	COUNTERS_FAILED: 'attention',
	DIRECTION_SLOW: 'attention',
	HARDWARE_IDLE: 'attention',
	NOTHING_OFFLOADED: 'attention',
	MOSTLY_SLOW: 'attention',
	WAITING_FOR_TRAFFIC: 'plain',
	NOT_COUNTED: 'attention',
	WORKING: 'good',
};

const WEIGHT: Record<Level, number> = { good: 0, plain: 1, attention: 2, bad: 3 };

/** The heaviest level among verdicts, 'good' when there is none. */
export function levelOf(verdicts: Verdict[]): Level {
	return verdicts.map((verdict) => LEVEL[verdict.code])
		.reduce<Level>((heaviest, level) => (WEIGHT[level] > WEIGHT[heaviest] ? level : heaviest), 'good');
}
