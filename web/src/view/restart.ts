// SPDX-License-Identifier: Apache-2.0
import type { Mode, Status } from '../contract.ts';
import { modeOfOptions } from '../doctor/options.ts';
import { isRunning } from '../doctor/transaction.ts';

/** A restart also ends the login, so what was going on has to outlive the page. */
const KEY = 'nft-offload-trial';

/** Seconds that two readings of the same boot may lie apart: an answer's way, a clock set. */
const SLACK = 10;

/** A trial that a restart of the router has ended. */
export interface CutShort {
	mode: Mode;
	/** Somebody had kept it by then. */
	saved: boolean;
}

interface Note {
	mode: Mode;
	/** When the router was started, s since 1970 by this browser's clock. */
	booted: number;
}

function read(): Note | null {
	try {
		return JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null') as Note | null;
	}
	catch {
		return null;
	}
}

function write(note: Note | null): void {
	try {
		if (note)
			window.sessionStorage.setItem(KEY, JSON.stringify(note));
		else
			window.sessionStorage.removeItem(KEY);
	}
	catch {
		/* Without storage there is no such message, and nothing else is lost. */
	}
}

/** Takes note of a running trial; the one before when the router has restarted during it, else null. */
export function trialCutShort(status: Status): CutShort | null {
	const booted = Date.now() / 1000 - status.now;
	const noted = read();
	write(isRunning(status.transaction) ? { mode: status.transaction.mode, booted } : null);
	if (!noted || status.transaction || Math.abs(booted - noted.booted) <= SLACK)
		return null;
	return { mode: noted.mode, saved: modeOfOptions(status.asked.saved) === noted.mode };
}
