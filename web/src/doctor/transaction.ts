// SPDX-License-Identifier: Apache-2.0
import type { Mode, Step, Transaction, Uptime } from '../contract.ts';
import { modeOfOptions } from './options.ts';

export type Running = Transaction & { step: Exclude<Step, 'done'> };

/** Whether a transaction still has something to do. */
export function isRunning(transaction: Transaction | null): transaction is Running {
	return transaction !== null && transaction.step !== 'done';
}

/** Whether the kernel is being changed, so that asked and loaded may differ for a moment. */
export function isChanging(transaction: Transaction | null): boolean {
	return isRunning(transaction) && !['waiting', 'measuring', 'committing'].includes(transaction.step);
}

/** The mode that a rollback leads to; null when the options before were unreadable. */
export function modeBefore(transaction: Transaction): Mode | null {
	return modeOfOptions(transaction.before);
}

/** When a transaction had last reloaded the firewall; null when it has not, or is still at it. */
export function reloadedAt({ history }: Transaction): Uptime | null {
	const last = history.reduce((found, { step }, index) => (step === 'reloading' || step === 'reverting' ? index : found), -1);
	return last < 0 ? null : history[last + 1]?.at ?? null;
}

export interface Progress {
	step: Step;
	state: 'done' | 'now' | 'ahead' | 'failed';
}

const WAY_IN: Step[] = ['checking', 'staging', 'validating', 'reloading', 'verifying'];

/** The named steps of a change: done, under way and ahead; after a failure, where it failed and the way back. */
export function progressOf(transaction: Transaction): Progress[] {
	const entered = transaction.history.map(({ step }) => step);
	const back = entered.includes('reverting');
	const last = entered.filter((step) => WAY_IN.includes(step)).at(-1);
	const failed = transaction.error !== null && !entered.includes('waiting');
	const steps = WAY_IN.map((step): Progress => {
		if (step === transaction.step)
			return { step, state: 'now' };
		if (step === last && failed)
			return { step, state: 'failed' };
		return { step, state: entered.includes(step) ? 'done' : 'ahead' };
	}).filter(({ state }) => !(back && state === 'ahead'));
	if (back)
		steps.push({ step: 'reverting', state: transaction.step === 'reverting' ? 'now' : 'done' });
	return steps;
}

/** Seconds since a transaction ended; null while it runs. */
export function endedAgo(transaction: Transaction, now: Uptime): number | null {
	const end = transaction.history.at(-1);
	return transaction.step === 'done' && end ? Math.max(0, now - end.at) : null;
}
