// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts, CoverageFacts, Status } from '../contract.ts';
import { agreement } from './agreement.ts';
import { judgeCoverage } from './coverage.ts';
import type { Coverage } from './coverage-types.ts';
import type { Facts } from './findings/index.ts';
import type { Memory } from './memory.ts';

let last: CoverageFacts | null = null;
let judged: Coverage | null = null;

/** What the findings are drawn from; coverage is judged once for each survey. */
export function factsOf(status: Status, memory: Memory, coverage: CoverageFacts | null, conflicts: ConflictFacts | null): Facts {
	if (coverage !== last)
		judged = (last = coverage) && judgeCoverage(coverage);
	const window = memory.windows[0];
	const flagged = window ? window.flagged.hardware.packets + window.flagged.software.packets : 0;
	return { status, memory, coverage, judged, agreements: judged && window ? agreement(judged, window.pairs, flagged) : [], conflicts };
}
