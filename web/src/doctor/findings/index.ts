// SPDX-License-Identifier: Apache-2.0
/**
 * Findings: what on this router is known to go wrong with offloading, each with
 * its evidence, a way out and its words. Each other file of this folder is one.
 */
import { isChanging } from '../transaction.ts';
import type { ConnectionsQuery, Facts, FindingDefinition, Severity, Topic, Seen } from './shared/finding.ts';
import { FINDINGS } from './shared/list.ts';
import type { FindingCode } from './shared/list.ts';
import { threadOf } from './shared/threads.ts';
import type { Thread } from './shared/threads.ts';

export type { Facts } from './shared/finding.ts';
export type { FindingCode } from './shared/list.ts';

/** A finding on this router; its words are those of its definition, `FINDINGS[code]`. */
export interface Finding {
	code: FindingCode;
	level: Severity;
	/** What was found, never empty, each once, 16 pieces at most. Hostile text. */
	evidence: string[];
	/** How many pieces there are. */
	count: number;
	/** What to type as root, one line of shell; '' where there is nothing to type. */
	command: string;
	/** LuCI's page, as `admin/network/firewall`; '' where there is none. */
	page: string;
	/** The connections that it is about; null where they cannot be told. */
	connections: ConnectionsQuery | null;
	threads: Thread[];
}

/** Pieces of evidence that a finding keeps. */
const EVIDENCE = 16;

const LEVELS: Severity[] = ['bad', 'attention', 'plain'];

/** Every code with its definition, heaviest first. */
export const SORTED = (Object.entries(FINDINGS) as [FindingCode, FindingDefinition][])
	.sort(([, a], [, b]) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.order - b.order);

function findingOf(code: FindingCode, definition: FindingDefinition, facts: Facts): Finding[] {
	const { level, threads, looksAt, alsoWhileOff = false, command = '', page = '' } = definition;
	const isOn = facts.status.loaded.flowtable !== null;
	if (!isOn && !alsoWhileOff || looksAt.some((topic) => facts[topic] === null))
		return [];
	/* what it looks at is known now; it cannot name what else there is */
	const seen = facts as Seen<Topic>;
	const evidence = [...new Set(definition.evidence(seen))];
	return evidence.length ? [{
		code,
		level,
		evidence: evidence.slice(0, EVIDENCE),
		count: evidence.length,
		command: typeof command === 'string' ? command : command(seen),
		page,
		connections: definition.connections?.(seen) ?? null,
		threads: threads.map(threadOf),
	}] : [];
}

/** Everything on this router that is known to go wrong with offloading, heaviest first. Says nothing while the kernel is being changed. */
export const findingsOf = (facts: Facts): Finding[] =>
	(isChanging(facts.status.transaction) ? [] : SORTED.flatMap(([code, definition]) => findingOf(code, definition, facts)));
