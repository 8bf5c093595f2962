// SPDX-License-Identifier: Apache-2.0
import type { Mode, Status } from '../contract.ts';
import { modeOfOptions } from '../doctor/options.ts';
import { isRunning } from '../doctor/transaction.ts';

/** A restart also ends the login, so what was going on has to outlive the page. */
const KEY = 'nft-offload-trial';

/** A trial that a restart of the router has ended. */
export interface CutShort {
	mode: Mode;
	/** Somebody had kept it by then. */
	saved: boolean;
}

function read(): Mode | null {
	try {
		return window.sessionStorage.getItem(KEY) as Mode | null;
	}
	catch {
		return null;
	}
}

function write(mode: Mode | null): void {
	try {
		if (mode)
			window.sessionStorage.setItem(KEY, mode);
		else
			window.sessionStorage.removeItem(KEY);
	}
	catch {
		/* Without storage there is no such message, and nothing else is lost. */
	}
}

/**
 * Takes note of a running trial; the one before when the router has restarted
 * during it, else null. A router remembers its last trial until it restarts.
 */
export function trialCutShort(status: Status): CutShort | null {
	const mode = read();
	write(isRunning(status.transaction) ? status.transaction.mode : null);
	return mode && !status.transaction ? { mode, saved: modeOfOptions(status.asked.saved) === mode } : null;
}
