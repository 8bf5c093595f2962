// SPDX-License-Identifier: Apache-2.0
/** What a room shows as long as it has no facts about the ruleset that is loaded. */

/** Whether somebody has looked: not yet, not since another ruleset was loaded, or yes. */
export type Looked = 'not yet' | 'not since' | 'yes';

/** @param facts what was found last, whenever that was; @param current the same if it is about the ruleset that is loaded */
export const lookedOf = (facts: unknown, current: unknown): Looked => (current ? 'yes' : facts ? 'not since' : 'not yet');

/** That the router is looking, and why there is nothing to be seen meanwhile. */
export function Looking({ looked }: { looked: Exclude<Looked, 'yes'> }) {
	return (
		<p class="nfo-quiet spinning" role="status" data-looked={looked}>
			{looked === 'not yet' ? _('Asking the router…') : _('The firewall was loaded anew. Looking again…')}
		</p>
	);
}
