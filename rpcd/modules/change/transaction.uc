// SPDX-License-Identifier: Apache-2.0
'use strict';

import { stat } from 'fs';
import { run as execute, excerpt } from 'nft_offload.run.program';
import { now, self } from 'nft_offload.run.process';
import { guarded, working } from 'nft_offload.run.workers';
import { phase } from 'nft_offload.change.measure';
import * as config from 'nft_offload.facts.config';
import * as firewall from 'nft_offload.facts.firewall';
import * as kernel from 'nft_offload.facts.kernel';
import * as state from 'nft_offload.run.state';

// How long a reload may take to show in the kernel, s
const SETTLE = 5;

// How long a change may take to its end when the package goes, s
const PATIENCE = 120;

// What a change needs free: room for the file again and for libuci's copy of it, bytes
const SPARE = 32768;

function failure(code, message, detail) {
	return { code, message, detail: detail ?? {} };
}

// A full /tmp must not stop a transaction that is under way
function enter(tx, step) {
	// `apply` has entered the first one
	if (tx.history[length(tx.history) - 1].step != step)
		push(tx.history, { step, at: now() });

	tx.step = step;
	state.write('transaction', tx);
}

function finish(tx, outcome) {
	tx.outcome = outcome;
	tx.deadline = null;
	enter(tx, 'done');
	state.remove('undo');
	state.forget(tx.id);
}

// Bytes free where `path` is, null when df does not say
function available(path) {
	let lines = split(trim(execute([ 'df', '-k', path ]).output), '\n'),
	    words = filter(split(lines[length(lines) - 1], ' '), (word) => length(word)),
	    kilobytes = int(words[length(words) - 3]);

	return kilobytes == kilobytes ? kilobytes * 1024 : null;
}

function full(path, code) {
	let needed = (stat(config.FILE)?.size ?? 0) * 2 + SPARE,
	    free = available(path);

	if (free == null || free >= needed)
		return null;

	return failure(code, `The file system of ${path} has ${free} bytes free; ${needed} are needed.`,
		{ available: free, needed });
}

// Whether going back will load what is loaded: what is saved, or software where hardware is refused
function comparable(loaded, mode) {
	return mode != 'off' && (kernel.holds(loaded, mode) ||
		mode == 'hardware' && kernel.holds(loaded, 'software') && firewall.fell_back(firewall.check().output));
}

/* ---- the steps: each returns null, or the failure that ends the transaction ---- */

function checking(tx, undo) {
	let saved = config.saved(),
	    foreign = config.foreign(null);

	if (!saved.section)
		return failure('CONFIG_UNREADABLE', `${config.FILE} has no section of type "defaults", or does not parse.`);

	if (length(foreign))
		return failure('FOREIGN_CHANGES', 'The firewall configuration has uncommitted changes that are not ours.', { changes: foreign });

	let problem = full('/tmp', 'TMP_FULL') ?? full('/etc/config', 'CONFIG_FULL');

	if (problem)
		return problem;

	let loaded = kernel.look();

	if (!loaded.table)
		return failure('FIREWALL_NOT_LOADED', 'The kernel holds no fw4 ruleset to change.', { output: loaded.error });

	if (tx.measurement && !comparable(loaded, config.mode_of(saved.options)))
		return failure('NOTHING_TO_COMPARE', 'Flow offloading is not loaded as it is saved.');

	undo.section = saved.section;
	undo.options = tx.before = saved.options;
	undo.flowtable = loaded.flowtable;

	if (!state.write('undo', undo))
		return failure('TMP_FULL', `${state.DIRECTORY} cannot be written.`);

	return null;
}

function staging(tx, undo) {
	if (config.stage(undo.section, config.MODES[tx.mode]))
		return null;

	return failure('STAGING_FAILED', 'The change could not be staged in /tmp/.uci.');
}

function refused(output) {
	return failure('HARDWARE_REFUSED', 'firewall4 cannot load hardware offloading on these devices.',
		{ devices: firewall.probe(), output: excerpt(output) });
}

function validating(tx) {
	let checked = firewall.check();

	if (checked.code != 0)
		return failure('RULESET_INVALID', 'fw4 check rejected the ruleset.', { output: excerpt(checked.output) });

	if (tx.mode == 'hardware' && firewall.fell_back(checked.output))
		return refused(checked.output);

	return null;
}

function settled(test) {
	let until = now() + SETTLE, loaded = kernel.look();

	while (!test(loaded) && now() < until) {
		sleep(250);
		loaded = kernel.look();
	}

	return loaded;
}

function reloading(tx, undo) {
	let before = kernel.generation(),
	    reloaded = firewall.reload();

	undo.output = excerpt(reloaded.output);

	if (before != kernel.generation())
		return null;

	return failure('RELOAD_FAILED', 'The kernel still holds the ruleset from before the reload.', { output: undo.output });
}

function verifying(tx, undo) {
	let loaded = settled((l) => kernel.holds(l, tx.mode));

	if (kernel.holds(loaded, tx.mode))
		return null;

	if (tx.mode == 'hardware' && kernel.holds(loaded, 'software'))
		return refused(undo.output);

	return failure('VERIFY_FAILED', `The kernel's flowtable is not what "${tx.mode}" asks for.`,
		{ output: loaded.error ?? undo.output });
}

// One phase of a comparison, in `step`
function counting(tx, step, name) {
	enter(tx, step);

	let output = phase(tx, name, () => enter(tx, step));

	tx.deadline = null;

	return output == null ? null : failure('MEASURE_FAILED', 'The slow path could not be counted.', { output });
}

function measuring(tx) {
	return counting(tx, 'measuring', 'with');
}

/* ---- the ends ---------------------------------------------------------- */

function put_back_config(undo) {
	let unstaged = config.unstage(undo.section);

	// somebody committed meanwhile, our staged change with it
	if (!config.same(config.saved().options, undo.options))
		return config.write(undo.options) && unstaged;

	return unstaged;
}

function is_back(loaded, undo) {
	return loaded.table && !loaded.flowtable == !undo.flowtable &&
		loaded.flowtable?.offload == undo.flowtable?.offload;
}

function put_back_kernel(undo) {
	let reloaded = firewall.reload(),
	    loaded = settled((l) => is_back(l, undo));

	return is_back(loaded, undo) ? null : excerpt(reloaded.output || loaded.error || '');
}

// The way back: config, then kernel, then a look at both. `error` is why, null when somebody asked.
function put_back(tx, undo, error) {
	// not when a comparison has been back already
	let reloaded = !tx.restored && length(filter(tx.history, (h) => h.step == 'reloading')) > 0;

	tx.deadline = null;
	tx.error = error;
	enter(tx, 'reverting');

	let config_back = put_back_config(undo),
	    problem = null;

	if (reloaded)
		problem = put_back_kernel(undo);
	else if (!is_back(kernel.look(), undo))
		problem = put_back_kernel(undo);

	tx.restored = config_back && problem == null;

	if (!tx.restored) {
		if (error)
			push(tx.warnings, `${error.code}: ${error.message}`);

		tx.error = failure('ROLLBACK_FAILED', config_back
			? 'The kernel is not back where it was; the configuration is.'
			: `${config.FILE} could not be put back.`, { output: problem ?? '' });
	}
}

function back(tx, undo, error) {
	put_back(tx, undo, error);
	finish(tx, tx.error ? 'failed' : 'reverted');
}

function keep(tx, undo) {
	enter(tx, 'committing');

	if (!config.write(config.MODES[tx.mode]))
		return back(tx, undo, failure('COMMIT_FAILED', `${config.FILE} could not be written.`));

	config.unstage(undo.section);
	finish(tx, 'kept');
}

function wait(tx) {
	tx.deadline = now() + tx.timeout;
	enter(tx, 'waiting');

	let decision = null;

	while (!(decision = state.decided(tx.id))) {
		if (now() >= tx.deadline)
			// no link can be made: no room even for a name. Nobody can answer, so: back.
			return state.decide(tx.id, 'timeout') ?? 'timeout';

		sleep(200);
	}

	return decision;
}

// A comparison's phase without offloading, the way back, and the phase after it
function compare(tx, undo) {
	put_back(tx, undo, counting(tx, 'waiting', 'without'));

	if (!tx.error && !tx.decision)
		tx.error = counting(tx, 'measuring', 'again');

	finish(tx, tx.error ? 'failed' : 'reverted');
}

/**
 * Carries out the transaction that `apply` or `measure` left in the state file
 * `transaction`: the steps, the trial or the comparison, and its end.
 */
export function run() {
	let tx = state.read('transaction'),
	    undo = { id: tx.id, section: null, options: tx.before, flowtable: null };

	state.write('worker', { pid: self() });

	let steps = [
		[ 'checking', checking ],
		...(tx.measurement ? [ [ 'measuring', measuring ] ] : []),
		[ 'staging', staging ],
		[ 'validating', validating ],
		[ 'reloading', reloading ],
		[ 'verifying', verifying ]
	];

	for (let step in steps) {
		enter(tx, step[0]);

		let error = step[1](tx, undo);

		// nothing was touched yet
		if (error && step[0] == 'checking') {
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
 * Ends a transaction whose worker is gone. Does nothing when it ended by
 * itself. A decision that was recorded is honoured; without one it is the way
 * back, and the error says in which step the worker died.
 */
export function recover() {
	let tx = state.read('transaction'),
	    undo = state.read('undo');

	if (!tx || tx.step == 'done')
		return;

	let error = failure('WORKER_DIED', `The worker died in step "${tx.step}".`, { step: tx.step });

	if (undo?.id != tx.id) {
		// nothing was touched yet
		tx.error = error;

		return finish(tx, 'failed');
	}

	tx.decision = state.decided(tx.id);

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
	let tx = state.read('transaction'), until = now() + PATIENCE;

	if (!tx || tx.step == 'done')
		return;

	state.decide(tx.id, 'revert');

	while ((guarded('transaction') || working('transaction', state.read('worker')?.pid)) && now() < until)
		sleep(200);

	recover();
};
