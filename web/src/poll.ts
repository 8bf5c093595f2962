// SPDX-License-Identifier: Apache-2.0
import type { Status } from './contract.ts';
import { isRunning } from './doctor/transaction.ts';
import type { Trouble } from './ubus.ts';
import { TroubleError } from './ubus.ts';

/** ms between two answers: watching, during a transaction, and while there is trouble. */
const EVERY = 2000;
const EVERY_IN_TRANSACTION = 1000;
const BACK_OFF = [1000, 2000, 4000, 8000, 15000];

export interface Polling {
	/** Reads the status; rejects with a TroubleError. */
	ask: () => Promise<Status>;
	/** After the session has expired: whether somebody has logged in again. */
	isLoggedIn: () => Promise<boolean>;
	onStatus: (status: Status) => void;
	/** `again`: ms until the next attempt. */
	onTrouble: (trouble: Trouble, again: number) => void;
	onLogin: () => void;
}

export interface Poller {
	/** Asks now instead of at the next turn. */
	now: () => void;
	stop: () => void;
}

/**
 * Asks for the status again and again, one question at a time, only while the
 * document is visible, and less often while nobody answers.
 */
export function poll({ ask, isLoggedIn, onStatus, onTrouble, onLogin }: Polling): Poller {
	let timer: number | undefined;
	let asking = false;
	let again = false;
	let stopped = false;
	let failures = 0;
	let expired = false;

	const next = (delay: number): void => {
		window.clearTimeout(timer);
		if (!stopped && !document.hidden)
			timer = window.setTimeout(() => void turn(), delay);
	};

	const fail = (trouble: Trouble): number => {
		const delay = BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)] ?? EVERY;
		onTrouble(trouble, delay);
		return delay;
	};

	const answer = async (): Promise<number> => {
		if (expired) {
			if (!await isLoggedIn())
				return fail('SESSION_EXPIRED');
			stopped = true;
			onLogin();
			return 0;
		}
		try {
			const status = await ask();
			failures = 0;
			onStatus(status);
			return isRunning(status.transaction) ? EVERY_IN_TRANSACTION : EVERY;
		}
		catch (error) {
			/* An answer that the page cannot digest is another version's. */
			const trouble = error instanceof TroubleError ? error.trouble : 'OTHER_VERSION';
			expired = trouble === 'SESSION_EXPIRED';
			return fail(trouble);
		}
	};

	const turn = async (): Promise<void> => {
		if (asking) {
			again = true;
			return;
		}
		asking = true;
		try {
			const delay = await answer();
			next(again ? 0 : delay);
		}
		finally {
			asking = again = false;
		}
	};

	const onVisibility = (): void => (document.hidden ? window.clearTimeout(timer) : next(0));
	document.addEventListener('visibilitychange', onVisibility);
	next(0);
	return {
		now: () => next(0),
		stop: () => {
			stopped = true;
			window.clearTimeout(timer);
			document.removeEventListener('visibilitychange', onVisibility);
		},
	};
}
