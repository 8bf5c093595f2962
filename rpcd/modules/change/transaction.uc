// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now, self } from 'nft_offload.run.process';
import { attended, enter, failure, finish, read, under_way } from 'nft_offload.change.record';
import { back } from 'nft_offload.change.rollback';
import { checking } from 'nft_offload.change.checks';
import { compare, measuring } from 'nft_offload.change.comparison';
import { decide, decided } from 'nft_offload.change.decision';
import { keep, wait } from 'nft_offload.change.trial';
import { reloading, staging, validating, verifying } from 'nft_offload.change.steps';
import * as config from 'nft_offload.facts.config';
import * as state from 'nft_offload.run.state';

// How long a change may take to its end when the package goes, s
const PATIENCE = 120;

/**
 * Carries out the change that `apply` or `measure` began: the steps, the trial
 * or the comparison, and its end.
 */
export function run() {
	let tx = read(),
	    undo = { id: tx.id, section: null, options: tx.before, flowtable: null };

	state.write('worker', { pid: self() });

	let steps = [
		{ name: 'checking', perform: checking },
		...(tx.measurement ? [ { name: 'measuring', perform: measuring } ] : []),
		{ name: 'staging', perform: staging },
		{ name: 'validating', perform: validating },
		{ name: 'reloading', perform: reloading },
		{ name: 'verifying', perform: verifying }
	];

	for (let step in steps) {
		enter(tx, step.name);

		let error = step.perform(tx, undo);

		// nothing was touched yet
		if (error && step.name == 'checking') {
			tx.error = error;

			return finish(tx, 'failed');
		}

		// a comparison may be ended early
		if (error || tx.decision)
			return back(tx, undo, error);
	}

	if (tx.measurement)
		return compare(tx, undo);

	// nothing to decide: the file says so already, and now the kernel does too
	if (config.same(undo.options, config.MODES[tx.mode])) {
		tx.decision = 'keep';

		return finish(tx, 'kept');
	}

	tx.decision = wait(tx);

	return tx.decision == 'keep' ? keep(tx, undo) : back(tx, undo, null);
};

/**
 * Ends a change whose worker is gone; does nothing when it ended by itself. A
 * decision that was recorded is honoured; without one the change is taken
 * back, and the error says in which step the worker died.
 *
 * The state files may be those of a worker of another version of the package,
 * which was upgraded while the change was under way.
 */
export function recover() {
	let tx = read(),
	    undo = state.read('undo');

	if (!under_way(tx))
		return;

	let error = failure('WORKER_DIED', `The worker died in step "${tx.step}".`, { step: tx.step });

	if (undo?.id != tx.id) {
		// nothing was touched yet
		tx.error = error;

		return finish(tx, 'failed');
	}

	tx.decision = decided(tx.id);

	if (tx.decision == 'keep' && tx.step in [ 'waiting', 'committing' ])
		return keep(tx, undo);

	return back(tx, undo, tx.decision in [ 'revert', 'timeout' ] ? null : tx.error ?? error);
};

/**
 * Takes a change that is under way back, because the package is removed. A Keep
 * that was recorded before stays. The worker does it at its next wait; without
 * one, or when it hangs, it is done here.
 */
export function withdraw() {
	let tx = read(), until = now() + PATIENCE;

	if (!under_way(tx))
		return;

	decide(tx.id, 'revert');

	while (attended() && now() < until)
		sleep(200);

	recover();
};
