// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Status } from '../contract.ts';
import { EMPTY, remember } from '../doctor/memory.ts';
import type { Memory } from '../doctor/memory.ts';
import type { Repeated } from '../repeat.ts';
import * as ubus from '../ubus.ts';
import type { Trouble } from '../ubus.ts';
import { watch } from '../watching.ts';
import { trialCutShort } from './restart.ts';
import type { CutShort } from './restart.ts';

/** The last answer of the router, and what the doctor remembers. */
export interface Seen {
	status: Status;
	memory: Memory;
	/** performance.now() when it came. */
	at: number;
	/** The trial that a restart of the router has ended. */
	cutShort: CutShort | null;
}

export interface News {
	/** null until the router has answered. */
	seen: Seen | null;
	/** Why there is nothing newer. */
	trouble: Trouble | null;
	/** Asks for the status at once. */
	askNow: () => void;
}

function see(before: Seen | null, status: Status): Seen {
	return {
		status,
		memory: remember(before?.memory ?? EMPTY, status),
		at: performance.now(),
		cutShort: trialCutShort(status) ?? (status.transaction ? null : before?.cutShort ?? null),
	};
}

/** The login page answers 403; anything else is ours again. */
const isLoggedIn = (): Promise<boolean> => fetch(window.location.href, { cache: 'no-store' }).then(({ ok }) => ok, () => false);

/** What the router says of itself, as long as the component is on the page. */
export function useNews(): News {
	const [seen, setSeen] = useState<Seen | null>(null);
	const [trouble, setTrouble] = useState<Trouble | null>(null);
	const watching = useRef<Repeated | null>(null);
	useEffect(() => {
		watching.current = watch({
			ask: ubus.status,
			isLoggedIn,
			onStatus: (status) => {
				setSeen((before) => see(before, status));
				setTrouble(null);
			},
			onTrouble: setTrouble,
			onLogin: () => window.location.reload(),
		});
		return () => watching.current?.stop();
	}, []);
	return { seen, trouble, askNow: () => watching.current?.now() };
}

/** The router's uptime at this moment, s. */
export const uptimeNow = ({ status, at }: Seen): number => status.now + (performance.now() - at) / 1000;
