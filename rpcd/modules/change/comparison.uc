// SPDX-License-Identifier: Apache-2.0
'use strict';

import { enter, failure, finish } from 'nft_offload.change.record';
import { phase } from 'nft_offload.change.phase';
import { put_back } from 'nft_offload.change.rollback';

// Carries out the phase `name` in `step`. Returns null, or the failure that ends the comparison.
function counting(tx, step, name) {
	enter(tx, step);

	let output = phase(tx, name, () => enter(tx, step));

	tx.deadline = null;

	return output == null ? null : failure('MEASURE_FAILED', 'The slow path could not be counted.', { output });
}

/** The step of comparison `tx` before anything changes: counts with offloading as it is. */
export function measuring(tx) {
	return counting(tx, 'measuring', 'with');
};

/** The rest of comparison `tx` once offloading is off: counts without it, goes back, and counts again. */
export function compare(tx, undo) {
	put_back(tx, undo, counting(tx, 'waiting', 'without'));

	if (!tx.error && !tx.decision)
		tx.error = counting(tx, 'measuring', 'again');

	finish(tx, tx.error ? 'failed' : 'reverted');
};
