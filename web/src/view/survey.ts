// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from '../hooks.ts';
import type { Failure, Refusal, Survey } from '../contract.ts';
import type { Trouble } from '../ubus.ts';
import { TroubleError } from '../ubus.ts';

/** ms until a scan that runs is asked for again, and while there is trouble. */
const RUNNING = 700;
const TROUBLED = 15_000;

export interface Surveyed<F> {
	facts: F | null;
	/** Why there is nothing newer. */
	trouble: Trouble | Failure | null;
}

/**
 * Asks for what a worker finds out, again and again while `on`, and only while
 * the document is visible. `every`: ms until the next scan, by the facts.
 * Another `key` asks at once; with `once` also while not `on`, for one answer.
 */
export function useSurvey<F>(ask: () => Promise<Survey<F> | Refusal>, every: (facts: F) => number, on: boolean, key = '', once = false): Surveyed<F> {
	const [surveyed, set] = useState<Surveyed<F>>({ facts: null, trouble: null });
	useEffect(() => {
		if (!on && !once)
			return undefined;
		let timer: number | undefined;
		let stopped = false;
		let asking = false;
		const turn = async (): Promise<void> => {
			if (asking || document.hidden)
				return;
			asking = true;
			let delay = TROUBLED;
			try {
				const reply = await ask();
				if (stopped)
					return;
				if ('error' in reply)
					set((before) => ({ ...before, trouble: reply.error }));
				else {
					set((before) => ({ facts: reply.facts ?? before.facts, trouble: null }));
					if (!reply.running && reply.facts && !on)
						return;
					delay = reply.running || !reply.facts ? RUNNING : every(reply.facts);
				}
			}
			catch (error) {
				if (!stopped)
					set((before) => ({ ...before, trouble: error instanceof TroubleError ? error.trouble : 'OTHER_VERSION' }));
			}
			finally {
				asking = false;
			}
			timer = window.setTimeout(() => void turn(), delay);
		};
		const onVisibility = (): void => {
			window.clearTimeout(timer);
			void turn();
		};
		document.addEventListener('visibilitychange', onVisibility);
		void turn();
		return () => {
			stopped = true;
			window.clearTimeout(timer);
			document.removeEventListener('visibilitychange', onVisibility);
		};
	}, [on, key]);
	return surveyed;
}

/** Whether an element is on screen, or nearly. */
export function useOnScreen<E extends Element>(): [RefObject<E>, boolean] {
	const element = useRef<E>(null);
	const [seen, setSeen] = useState(false);
	useEffect(() => {
		const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting === true), { rootMargin: '100px' });
		if (element.current)
			observer.observe(element.current);
		return () => observer.disconnect();
	}, []);
	return [element, seen];
}
