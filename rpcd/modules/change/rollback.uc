// SPDX-License-Identifier: Apache-2.0
'use strict';

import { excerpt } from 'nft_offload.run.program';
import { enter, failure, finish } from 'nft_offload.change.record';
import { settled } from 'nft_offload.change.steps';
import { unstage, write } from 'nft_offload.change.options';
import * as config from 'nft_offload.facts.config';
import * as fw4 from 'nft_offload.change.fw4';
import * as kernel from 'nft_offload.facts.kernel';

// True when the configuration says what it said before the change
function put_back_config(undo) {
	let unstaged = unstage(undo.section);

	// somebody committed meanwhile, our staged change with it
	if (!config.same(config.saved().options, undo.options))
		return write(undo.options) && unstaged;

	return unstaged;
}

function is_back(loaded, undo) {
	return loaded.table && !loaded.flowtable == !undo.flowtable &&
		loaded.flowtable?.offload == undo.flowtable?.offload;
}

// null when the kernel holds what it held before the change, else what fw4 and nft said
function put_back_kernel(undo) {
	let reloaded = fw4.reload(),
	    loaded = settled((seen) => is_back(seen, undo));

	return is_back(loaded, undo) ? null : excerpt(reloaded.output || loaded.error || '');
}

/**
 * The way back: configuration, then kernel, then a look at both. `error` is why
 * change `tx` is taken back, null when somebody asked. Leaves in `tx.restored`
 * whether it succeeded, and in `tx.error` what went wrong, if anything did.
 */
export function put_back(tx, undo, error) {
	// a comparison that has been back already need not reload once more
	let reloaded = !tx.restored && length(filter(tx.history, (past) => past.step == 'reloading')) > 0;

	tx.deadline = null;
	tx.error = error;
	enter(tx, 'reverting');

	let config_back = put_back_config(undo),
	    problem = null;

	if (reloaded || !is_back(kernel.look(), undo))
		problem = put_back_kernel(undo);

	tx.restored = config_back && problem == null;

	if (tx.restored)
		return;

	// one error is reported: that the router is not back matters more than why it should be
	if (error)
		push(tx.warnings, `${error.code}: ${error.message}`);

	tx.error = failure('ROLLBACK_FAILED', config_back
		? 'The kernel is not back where it was; the configuration is.'
		: `${config.FILE} could not be put back.`, { output: problem ?? '' });
};

/** Takes change `tx` back and ends it. `error` as in put_back(). */
export function back(tx, undo, error) {
	put_back(tx, undo, error);
	finish(tx, tx.error ? 'failed' : 'reverted');
};
