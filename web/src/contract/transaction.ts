// SPDX-License-Identifier: Apache-2.0
/** A change under way, or the last one, and how it is begun and answered. */
import type { Decision, Mode, Options, Outcome, Step, Uptime } from './common.ts';
import type { Failure } from './errors.ts';
import type { Measurement } from './measure.ts';

export interface Transaction {
	id: string;
	mode: Mode;
	/** A comparison, which always goes back; null for a change. */
	measurement: Measurement | null;
	/** What the two options were before. */
	before: Options;
	step: Step;
	/** Every step entered, in order. */
	history: { step: Step; at: Uptime }[];
	/** The trial's length, or that of a comparison's phase, s. */
	timeout: number;
	/** When the trial, or the phase of a comparison, ends by itself; null outside `waiting` and `measuring`, and until a phase has begun. */
	deadline: Uptime | null;
	outcome: Outcome | null;
	/** null: not yet, or it took none: it failed, or it is a comparison that nobody ended early. */
	decision: Decision | null;
	/** After a rollback: the kernel was seen back where it was. null: there was none. */
	restored: boolean | null;
	error: Failure | null;
	/** Another problem met on the way that did not change the outcome, e.g. fw4's fallback line. */
	warnings: string[];
}

export interface ApplyArguments {
	mode: Mode;
	/** s, 15 to 600; default 60 */
	confirm_timeout?: number;
}

export interface AnswerArguments {
	id: string;
}

/** `apply` answers as soon as the worker runs; `confirm` and `revert` as soon as the answer is recorded. */
export interface Accepted {
	transaction: Transaction;
}

export const CONFIRM_TIMEOUT = { min: 15, default: 60, max: 600 } as const;
