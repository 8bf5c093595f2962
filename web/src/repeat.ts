// SPDX-License-Identifier: Apache-2.0
import poll from 'luci:poll';

/** s between two ticks of LuCI's poll; what is due earlier waits for the next one. */
const TICK = 1;

/** A tick that comes a little early counts, ms: browsers' timers are not exact. */
const SLACK = 150;

export interface Repeated {
	/** Asks now instead of at the next turn, also while LuCI's refresh is paused: somebody has pressed a button. */
	now: () => void;
	stop: () => void;
}

/**
 * Calls `ask` again and again by LuCI's own poll: one call at a time, only while
 * the document is visible, and not while somebody has paused LuCI's refresh.
 * `ask` resolves with the ms until it is to be called again; null ends it. It must not reject.
 */
export function repeat(ask: () => Promise<number | null>): Repeated {
	let asking = false;
	let again = false;
	let due = 0;
	let stopped = false;

	const turn = async (): Promise<void> => {
		if (stopped || asking || document.hidden || performance.now() < due - SLACK)
			return;
		asking = true;
		again = false;
		const delay = await ask();
		asking = false;
		if (delay === null)
			stop();
		due = performance.now() + (delay ?? 0);
		if (again)
			now();
	};
	const now = (): void => {
		again = true;
		due = 0;
		void turn();
	};
	/* LuCI waits for what its poll calls: a call that takes long must not hold up a press of a button. */
	const tick = (): void => void turn();
	const onVisibility = (): void => {
		if (poll.active())
			now();
	};
	const stop = (): void => {
		stopped = true;
		poll.remove(tick);
		document.removeEventListener('visibilitychange', onVisibility);
	};

	document.addEventListener('visibilitychange', onVisibility);
	poll.add(tick, TICK);
	/* when LuCI's poll runs already, its next tick may be a second away */
	void turn();
	return { now, stop };
}
