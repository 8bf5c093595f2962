// SPDX-License-Identifier: Apache-2.0
import poll from 'luci:poll';

/** Seconds between two ticks of LuCI's poll. */
const TICK = 1;

export interface Repeated {
	/** Asks now instead of at the next turn, also while LuCI's refresh is paused: somebody has pressed a button. */
	now: () => void;
	stop: () => void;
}

/**
 * Calls `ask` again and again by LuCI's own poll: one call at a time, only while
 * the document is visible, and not while somebody has paused LuCI's refresh.
 * `ask` resolves with the ms until it is to be called again, in whole seconds; null ends it. It must not reject.
 */
export function repeat(ask: () => Promise<number | null>): Repeated {
	let asking = false;
	let again = false;
	/* ticks until it is time */
	let left = 0;
	let stopped = false;

	const turn = async (): Promise<void> => {
		if (stopped || asking || document.hidden)
			return;
		asking = true;
		again = false;
		const delay = await ask();
		asking = false;
		if (delay === null)
			stop();
		left = Math.ceil((delay ?? 0) / (TICK * 1000));
		if (again)
			now();
	};
	const now = (): void => {
		again = true;
		void turn();
	};
	/* LuCI waits for what its poll calls: a call that takes long must not hold up a press of a button. */
	const tick = (): void => {
		if (--left <= 0)
			void turn();
	};
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
