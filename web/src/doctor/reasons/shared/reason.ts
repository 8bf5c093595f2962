// SPDX-License-Identifier: Apache-2.0
/** The shape of a reason: each file of the folder above, but its index, is one. How to add one: docs/contributing.md. */
import type { Inquiry } from './inquiry.ts';

/** How the page writes what is not a word of its own; handed in, because the doctor knows no page. */
export interface Writing {
	/** A list of devices or networks. */
	names: (list: string[]) => string;
	/** How long, from seconds. */
	span: (seconds: number) => string;
}

/** Why a flow is not offloaded, or what is wrong with it although it is. `P`: what it says beside its code. */
export interface ReasonDefinition<P extends object = object> {
	/** Stable, for scripts; the file has the same name: `NOT_COVERED` is in not-covered.ts. */
	code: string;
	/** The first reason that applies is given, in this order, smallest first. */
	order: number;
	/** When it applies, in a sentence for docs/findings.md. */
	when: string;
	/** Its parameters where it applies; else null. */
	applies: (inquiry: Inquiry) => P | null;
	/** The same, asked once more where no reason applies. */
	otherwise?: (inquiry: Inquiry) => P | null;
	/** What the row of a connection says, short and without a full stop; '' where nothing is wrong. */
	words: (parameters: P, writing: Writing) => string;
}

export const defineReason = <P extends object>(definition: ReasonDefinition<P>): ReasonDefinition<P> => definition;
