// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import type { Uptime } from '../contract.ts';

/** ms between two looks at the clock. */
const LOOK = 250;

/** Seconds until `end`, counted down between two answers of the router; null as long as it is not known. */
export function useLeft(end: Uptime | null, uptime: () => Uptime): number | null {
	const [, redraw] = useState(0);
	useEffect(() => {
		if (end === null)
			return undefined;
		const timer = window.setInterval(() => redraw((count) => count + 1), LOOK);
		return () => window.clearInterval(timer);
	}, [end]);
	return end === null ? null : Math.max(0, end - uptime());
}
