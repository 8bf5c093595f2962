// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { back } from 'nft_offload.change.rollback';
import { decide, decided } from 'nft_offload.change.decision';
import { enter, failure, finish } from 'nft_offload.change.record';
import { unstage, write } from 'nft_offload.change.options';
import * as config from 'nft_offload.facts.config';

/**
 * The trial of change `tx`: waits until somebody decides, or for `tx.timeout`
 * seconds. Returns 'keep', 'revert' or 'timeout', which is decided by then.
 */
export function wait(tx) {
	tx.deadline = now() + tx.timeout;
	enter(tx, 'waiting');

	let decision = decided(tx.id);

	while (!decision && now() < tx.deadline) {
		sleep(200);
		decision = decided(tx.id);
	}

	// when no decision can be recorded, /tmp is so full that nobody else can record one either
	return decision ?? decide(tx.id, 'timeout') ?? 'timeout';
};

/** Ends change `tx` by writing what was on trial into the configuration. When that fails, it is taken back. */
export function keep(tx, undo) {
	enter(tx, 'committing');

	if (!write(config.MODES[tx.mode]))
		return back(tx, undo, failure('COMMIT_FAILED', `${config.FILE} could not be written.`));

	unstage(undo.section);
	finish(tx, 'kept');
};
