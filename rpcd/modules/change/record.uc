// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { guarded, working } from 'nft_offload.run.workers';
import { forget } from 'nft_offload.change.decision';
import * as state from 'nft_offload.run.state';

/** The last change since the router started, as the contract's `Transaction`; null when there was none. */
export function read() {
	return state.read('transaction');
};

/** Whether change `tx` has not ended. */
export function under_way(tx) {
	return tx != null && tx.step != 'done';
};

/** Whether somebody carries the change out: its worker, or the worker's guard. */
export function attended() {
	return guarded('transaction') || working('transaction', state.read('worker')?.pid);
};

/** A contract's `Failure`, which ends a change. */
export function failure(code, message, detail) {
	return { code, message, detail: detail ?? {} };
};

/** Records that change `tx` is in `step` now. A /tmp that is full must not stop a change that is under way. */
export function enter(tx, step) {
	// whoever began the change has entered its first step
	if (tx.history[length(tx.history) - 1].step != step)
		push(tx.history, { step, at: now() });

	tx.step = step;
	state.write('transaction', tx);
};

/** Records the end of change `tx`: outcome 'kept', 'reverted' or 'failed'. */
export function finish(tx, outcome) {
	tx.outcome = outcome;
	tx.deadline = null;
	enter(tx, 'done');
	state.remove('undo');
	forget(tx.id);
};
