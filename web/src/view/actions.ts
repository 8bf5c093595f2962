// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import type { Accepted, Failure, Refusal } from '../contract.ts';
import * as ubus from '../ubus.ts';
import type { Trouble } from '../ubus.ts';

/** ms until an answer to a trial that did not arrive is sent again. */
const AGAIN = 1000;

/**
 * Carries out what a person asks for. `open`: a call that does not arrive is
 * made again as long as this is true; of two that do, the first counts, and
 * what becomes of it is the outcome.
 */
export type Act = (call: () => Promise<Accepted | Refusal>, open?: () => boolean) => void;

export interface Actions {
	act: Act;
	/** A call is under way. */
	pending: boolean;
	/** Why the last one was not carried out. */
	refusal: Failure | Trouble | null;
}

/** @param done is called when a call has been answered, or given up */
export function useActions(done: () => void): Actions {
	const [pending, setPending] = useState(false);
	const [refusal, setRefusal] = useState<Failure | Trouble | null>(null);

	const act: Act = (call, open = () => false) => {
		setPending(true);
		setRefusal(null);
		const ask = (again?: boolean): Promise<void> => call().then(
			(reply) => setRefusal('error' in reply && !again ? reply.error : null),
			(error: unknown) => {
				const why = error instanceof ubus.TroubleError ? error.trouble : 'UNREACHABLE';
				if ((why === 'UNREACHABLE' || why === 'NO_SERVICE') && open())
					return new Promise<true>((resolve) => { window.setTimeout(resolve, AGAIN, true); }).then(ask);
				return setRefusal(why);
			},
		);
		void ask().finally(() => {
			setPending(false);
			done();
		});
	};
	return { act, pending, refusal };
}
