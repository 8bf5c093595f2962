// SPDX-License-Identifier: Apache-2.0
/** What a room shows as long as it has no facts about the ruleset that is loaded. */

import type { Loaded } from '../contract.ts';
import { isOutdated } from '../doctor/current.ts';

/** Whether somebody has looked: not yet, not since another ruleset was loaded, or yes. */
export type Looked = 'not yet' | 'not since' | 'yes';

/**
 * @param current there is everything that the room needs, about the ruleset that is loaded
 * @param found what was found last of it, whenever that was; null: nothing yet
 */
export const lookedOf = (current: boolean, found: ({ ruleset: string | null } | null)[], loaded: Loaded): Looked =>
	(current ? 'yes' : found.some((facts) => facts && isOutdated(facts, loaded)) ? 'not since' : 'not yet');

/** That the router is looking, and why there is nothing to be seen meanwhile. */
export function Looking({ looked }: { looked: Exclude<Looked, 'yes'> }) {
	return (
		<p class="nfo-quiet spinning" role="status" data-looked={looked}>
			{looked === 'not yet' ? _('Asking the router…') : _('The firewall was loaded anew. Looking again…')}
		</p>
	);
}
