// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { decide, decided } from 'nft_offload.change.decision';
import { read } from 'nft_offload.change.record';
import { refusal } from 'nft_offload.run.refusal';

/** The steps in which the worker stands still and looks for an answer. */
export const ANSWERED = [ 'waiting', 'measuring' ];

// Whether change `tx` can be answered so now. A comparison is never kept, and may be ended in each of its phases.
function waits_for(tx, decision) {
	return tx.measurement ? decision == 'revert' && tx.step in ANSWERED : tx.step == 'waiting';
}

// Records the decision and returns the one that stands, null when none could be recorded
function record(tx, decision) {
	// the phases of a comparison end by themselves
	if (tx.measurement || now() < tx.deadline)
		return decide(tx.id, decision);

	// the trial is over, though its worker may not have noticed
	return decided(tx.id) ?? 'timeout';
}

/** The methods `confirm` and `revert`: records `decision`, 'keep' or 'revert', about the trial with the id `id`. */
export function answer(id, decision) {
	let tx = read();

	if (type(id) != 'string')
		return refusal('INVALID_ARGUMENT', 'Which trial?', { argument: 'id', expected: 'the id that apply returned' });

	if (!tx)
		return refusal('NO_TRANSACTION', 'There was no change since the router started.');

	if (tx.id != id)
		return refusal('UNKNOWN_ID', 'That is not the id of the last change.', { id });

	if (tx.step == 'done')
		return refusal('EXPIRED', 'It is decided already.', tx.decision ? { decision: tx.decision } : {});

	if (!waits_for(tx, decision))
		return refusal('NOT_WAITING', 'The change does not wait for that answer now.', { step: tx.step });

	let stands = record(tx, decision);

	if (stands == null)
		return refusal('TMP_FULL', 'The answer could not be recorded.');

	if (stands != decision)
		return refusal('EXPIRED', 'It is decided already.', { decision: stands });

	return { transaction: tx };
};
