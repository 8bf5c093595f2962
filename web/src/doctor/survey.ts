// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts, CoverageFacts, Status } from '../contract.ts';
import { agreement, settled } from './agreement.ts';
import { judgeCoverage } from './coverage.ts';
import { isCurrent, isCurrentCoverage } from './current.ts';
import type { Agreement, Coverage } from './coverage-types.ts';
import type { Facts } from './findings/index.ts';
import type { Memory } from './memory.ts';
import type { Window } from './traffic.ts';

let last: CoverageFacts | null = null;
let judged: Coverage | null = null;

const agreementOf = (coverage: Coverage | null, window: Window | undefined): Agreement[] =>
	(coverage && window ? agreement(coverage, window.pairs, window.flagged.hardware.packets + window.flagged.software.packets) : []);

/**
 * What the findings are drawn from; coverage is judged once for each survey.
 * Surveys of another ruleset than the one that is loaded are left out.
 */
export function factsOf(status: Status, memory: Memory, surveyed: CoverageFacts | null, met: ConflictFacts | null): Facts {
	const coverage = surveyed && isCurrentCoverage(surveyed, status.loaded) ? surveyed : null;
	const conflicts = met && isCurrent(met, status.loaded) ? met : null;
	if (coverage !== last)
		judged = (last = coverage) && judgeCoverage(coverage);
	const [newest, before] = [0, 1].map((index) => agreementOf(judged, memory.windows[index])) as [Agreement[], Agreement[]];
	return { status, memory, coverage, judged, agreements: settled(newest, before), conflicts };
}
