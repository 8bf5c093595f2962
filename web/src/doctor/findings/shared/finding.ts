// SPDX-License-Identifier: Apache-2.0
/** The shape of a finding: each file of the folder above, but its index, is one. How to add one: docs/contributing.md. */
import type { ConflictFacts, CoverageFacts, FlowsFacts, Status } from '../../../contract.ts';
import type { Agreement, Coverage } from '../../coverage-types.ts';
import type { Memory } from '../../memory.ts';
import type { Level } from '../../verdict.ts';

/** What findings are drawn from. What was not surveyed yet is null, and nothing is found in it. */
export interface Facts {
	status: Status;
	memory: Memory;
	coverage: CoverageFacts | null;
	/** judgeCoverage() of `coverage`. */
	judged: Coverage | null;
	/** agreement() of prediction and measurement; empty while nothing was measured. */
	agreements: Agreement[];
	conflicts: ConflictFacts | null;
}

/** One kind of facts, as a finding names it in `looksAt`. */
export type Topic = keyof Facts;

/** The facts as a finding gets them: what it looks at is known, the rest may be null. */
export type Seen<T extends Topic> = Omit<Facts, T> & { [K in T]: NonNullable<Facts[K]> };

/** How a finding weighs: `plain` explains something, or can go wrong; `attention` wants a look; `bad` is broken. */
export type Severity = Exclude<Level, 'good'>;

/** What the tab Connections is asked to show. */
export type ConnectionsQuery = Partial<FlowsFacts['query']>;

/** What a person can do about a finding. */
export interface WayOut<T extends Topic = Topic> {
	/** What to type as root, one line of shell. '' where a name on this router cannot be typed safely. */
	command?: string | ((seen: Seen<T>) => string);
	/** LuCI's page where it is done, as `admin/network/firewall`. Not beside a command. */
	page?: string;
	/** What to do, one full sentence for each step. Refer to the command as “the command below”. */
	steps: () => string[];
	/** What these steps cost, one full sentence: an interruption, CPU time, what a restart forgets. */
	costs: () => string;
}

/** Something on a router that is known to go wrong with offloading: how it is seen, what it means, and what to do. */
export interface FindingDefinition<T extends Topic = Topic> extends WayOut<T> {
	/** Stable, for scripts; the file has the same name: `PPPOE_SLOW` is in pppoe-slow.ts. */
	code: string;
	level: Severity;
	/** Its place among the findings of its level, smallest first: what explains others, or is worse, goes first. */
	order: number;
	/** Where it is known from, most telling first: `openwrt/openwrt#13847`, or a page of the kernel's documentation on networking (`nf_flowtable`). */
	threads: string[];
	/** What it is drawn from: as long as one of these facts is not known, nothing is found. */
	looksAt: readonly T[];
	/** It is looked for also while no flowtable is loaded. */
	alsoWhileOff?: boolean;
	/** What was found on this router: devices, networks, services, rules, lines of the log. Empty: this router does not have it. */
	evidence: (seen: Seen<T>) => string[];
	/** The connections that it is about, where they can be told; null or left out: no link to them. */
	connections?: (seen: Seen<T>) => ConnectionsQuery | null;
	/** What is the matter, a headline without a full stop. Words are functions, because `_()` knows the language only in the browser. */
	title: () => string;
	/** What it means for the people who use the router, one full sentence. */
	means: () => string;
}

/** A finding as all of them are kept, whatever each of them looks at. */
export const defineFinding = <T extends Topic>(definition: FindingDefinition<T>): FindingDefinition => definition;
