// SPDX-License-Identifier: Apache-2.0
/** Facts are judged only against the ruleset that they were gathered under. */
import type { CoverageFacts, Loaded } from '../contract.ts';

/** Whether facts were gathered under the ruleset that is loaded now. */
export const isCurrent = (facts: { ruleset: string | null }, loaded: Loaded): boolean => facts.ruleset === loaded.ruleset;

/** Whether they were also gathered with the same list of devices: `nft add flowtable` changes it without another ruleset. */
export const isCurrentCoverage = (facts: CoverageFacts, loaded: Loaded): boolean =>
	isCurrent(facts, loaded) && JSON.stringify(facts.loaded.flowtable) === JSON.stringify(loaded.flowtable);
