// SPDX-License-Identifier: Apache-2.0
/** Facts are judged only against the ruleset that they were gathered under. */
import type { CoverageFacts, Loaded } from '../contract.ts';

/** Facts with the ruleset that they were gathered under; null where that was not known. */
type Gathered = { ruleset: string | null };

/** Whether facts were gathered under the ruleset that is loaded now. */
export const isCurrent = (facts: Gathered, loaded: Loaded): boolean => facts.ruleset === loaded.ruleset;

/** Whether facts are known to be of another ruleset: that they are not current may also mean that it is not known what is loaded. */
export const isOutdated = (facts: Gathered, loaded: Loaded): boolean =>
	Boolean(facts.ruleset && loaded.ruleset) && facts.ruleset !== loaded.ruleset;

/** Whether they were also gathered with the same list of devices: `nft add flowtable` changes it without another ruleset. */
export const isCurrentCoverage = (facts: CoverageFacts, loaded: Loaded): boolean =>
	isCurrent(facts, loaded) && JSON.stringify(facts.loaded.flowtable) === JSON.stringify(loaded.flowtable);
