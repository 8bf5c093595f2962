// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure, Refusal, Survey } from '../contract.ts';
import { repeat } from '../repeat.ts';
import type { Trouble } from '../ubus.ts';
import { TroubleError } from '../ubus.ts';

/** ms until a scan that runs is asked for again, and while there is trouble. */
const RUNNING = 700;
const TROUBLED = 15_000;

export interface Surveyed<F> {
	facts: F | null;
	/** A worker looks at this moment. */
	looking: boolean;
	/** Why there is nothing newer. */
	trouble: Trouble | Failure | null;
}

interface Wanted<F> {
	ask: () => Promise<Survey<F> | Refusal>;
	/** ms until the next scan, by the facts. */
	every: (facts: F) => number;
	/** Whether facts are about the ruleset that is loaded; others are asked for again soon. */
	isCurrent?: (facts: F) => boolean;
	/** Whether somebody looks. */
	on: boolean;
	/** Another key asks at once. */
	key?: string;
	/** One answer is wanted also while not `on`. */
	once?: boolean;
}

/** Asks for what a worker finds out, again and again while somebody looks. */
export function useSurvey<F>({ ask, every, isCurrent = () => true, on, key = '', once = false }: Wanted<F>): Surveyed<F> {
	const [surveyed, set] = useState<Surveyed<F>>({ facts: null, looking: false, trouble: null });
	useEffect(() => {
		if (!on && !once)
			return undefined;
		let stopped = false;
		const repeated = repeat(async () => {
			try {
				const reply = await ask();
				if (stopped)
					return null;
				if ('error' in reply) {
					set((before) => ({ ...before, looking: false, trouble: reply.error }));
					return TROUBLED;
				}
				set((before) => ({ facts: reply.facts ?? before.facts, looking: reply.running, trouble: null }));
				if (reply.running || !reply.facts || !isCurrent(reply.facts))
					return RUNNING;
				return on ? every(reply.facts) : null;
			}
			catch (error) {
				if (!stopped)
					set((before) => ({ ...before, looking: false, trouble: error instanceof TroubleError ? error.trouble : 'OTHER_VERSION' }));
				return TROUBLED;
			}
		});
		return () => {
			stopped = true;
			repeated.stop();
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
