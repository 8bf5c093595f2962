// SPDX-License-Identifier: Apache-2.0
/**
 * Findings: what on this router is known to go wrong with offloading, each with
 * its evidence and a way out. Codes with parameters, not a word of English.
 */
import { modeOfFlowtable } from '../options.ts';
import { isChanging } from '../transaction.ts';
import { CONFLICTS } from './conflicts.ts';
import { COVERING } from './covering.ts';
import type { Check, Facts, Finding, Severity } from './finding.ts';
import { threadOf } from './finding.ts';
import { KERNEL } from './kernel.ts';

export type { Facts, Finding, Severity, Thread } from './finding.ts';

export type FindingCode = keyof typeof KERNEL | keyof typeof COVERING | keyof typeof CONFLICTS;

/** Every code with its check, in the order in which findings of one level are listed. */
export const FINDINGS: Record<FindingCode, Check<never>> = { ...KERNEL, ...COVERING, ...CONFLICTS };

const ORDER: Severity[] = ['bad', 'attention', 'plain'];

/** Lines of the log, flows and names that a finding shows at most. */
const EVIDENCE = 16;

function found<X>(checks: Record<string, Check<X>>, x: X): Finding[] {
	return Object.entries(checks).flatMap(([code, [level, threads, find, out]]) => {
		const evidence = [...new Set(find(x))];
		if (!evidence.length)
			return [];
		const way = typeof out === 'string' ? out : out(x);
		const page = way.startsWith('admin/');
		return [{
			code: code as FindingCode,
			level,
			evidence: evidence.slice(0, EVIDENCE),
			count: evidence.length,
			command: page ? '' : way,
			page: page ? way : '',
			threads: threads.split(' ').map(threadOf),
		}];
	});
}

/** Everything on this router that is known to go wrong with offloading, heaviest first. Says nothing while the kernel is being changed. */
export function findingsOf({ status, memory, coverage, judged, agreements, conflicts }: Facts): Finding[] {
	if (isChanging(status.transaction))
		return [];
	const mode = modeOfFlowtable(status.loaded.flowtable);
	const on = mode !== 'off';
	const findings = [
		...found(KERNEL, { status, memory }),
		...(on && coverage && judged ? found(COVERING, { status, coverage, judged, agreements, conflicts }) : []),
		...(on && conflicts ? found(CONFLICTS, { conflicts, mode }) : []),
	];
	return findings.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}
