// SPDX-License-Identifier: Apache-2.0
import type { Status } from './contract.ts';
import { isRunning } from './doctor/transaction.ts';
import type { Repeated } from './repeat.ts';
import { repeat } from './repeat.ts';
import type { Trouble } from './ubus.ts';
import { TroubleError } from './ubus.ts';

/** ms between two answers: watching, during a transaction, and while there is trouble. */
const EVERY = 2000;
const EVERY_IN_TRANSACTION = 1000;
const BACK_OFF = [1000, 2000, 4000, 8000, 15000];

export interface Watching {
	/** Reads the status; rejects with a TroubleError. */
	ask: () => Promise<Status>;
	/** After the session has expired: whether somebody has logged in again. */
	isLoggedIn: () => Promise<boolean>;
	onStatus: (status: Status) => void;
	onTrouble: (trouble: Trouble) => void;
	/** Somebody has logged in again, in another tab: the page has to be loaded anew. */
	onLogin: () => void;
}

/**
 * Asks for the status again and again, less often while nobody answers.
 * When the session has expired LuCI stops its poll and asks for a login; then
 * this looks for one whenever somebody comes back to the page, and not by a clock.
 */
export function watch({ ask, isLoggedIn, onStatus, onTrouble, onLogin }: Watching): Repeated {
	let failures = 0;
	let expired = false;

	const fail = (trouble: Trouble): number => {
		onTrouble(trouble);
		return BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)] ?? EVERY;
	};
	const repeated = repeat(async () => {
		try {
			const status = await ask();
			failures = 0;
			onStatus(status);
			return isRunning(status.transaction) ? EVERY_IN_TRANSACTION : EVERY;
		}
		catch (error) {
			/* An answer that the page cannot digest is another version's. */
			const trouble = error instanceof TroubleError ? error.trouble : 'OTHER_VERSION';
			const delay = fail(trouble);
			expired = trouble === 'SESSION_EXPIRED';
			return expired ? null : delay;
		}
	});
	const onReturn = (): void => {
		if (expired)
			void isLoggedIn().then((loggedIn) => {
				if (loggedIn)
					onLogin();
			});
	};
	window.addEventListener('focus', onReturn);
	return {
		now: repeated.now,
		stop: () => {
			repeated.stop();
			window.removeEventListener('focus', onReturn);
		},
	};
}
