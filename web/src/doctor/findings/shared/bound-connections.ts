// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts } from '../../../contract.ts';

/** What the tables of network chips show, `ppe0/bind: 2` before the connections themselves: bound in one direction only, or unknown to conntrack. */
export const boundConnections = ({ bound }: ConflictFacts, which: 'half' | 'orphans'): string[] => bound.flatMap((table) => {
	const count = which === 'half' ? table.half_count : table.orphan_count;
	return count ? [`${table.source}: ${count}`, ...table[which]] : [];
});
