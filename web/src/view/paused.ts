// SPDX-License-Identifier: Apache-2.0
import poll from 'luci:poll';
import { useEffect, useState } from 'preact/hooks';

/** Whether somebody has paused LuCI's refresh, by the indicator at the head of every page. */
export function usePaused(): boolean {
	const [paused, setPaused] = useState(false);
	useEffect(() => {
		/* LuCI tells before it has stopped */
		const onStop = (): void => setPaused(true);
		const onStart = (): void => setPaused(!poll.active());
		document.addEventListener('poll-stop', onStop);
		document.addEventListener('poll-start', onStart);
		return () => {
			document.removeEventListener('poll-stop', onStop);
			document.removeEventListener('poll-start', onStart);
		};
	}, []);
	return paused;
}
