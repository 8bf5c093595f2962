// SPDX-License-Identifier: Apache-2.0
'use strict';

import { excerpt } from 'nft_offload.run.program';
import { now } from 'nft_offload.run.process';
import { failure } from 'nft_offload.change.record';
import { probe } from 'nft_offload.facts.hardware';
import { stage } from 'nft_offload.change.options';
import * as config from 'nft_offload.facts.config';
import * as fw4 from 'nft_offload.change.fw4';
import * as kernel from 'nft_offload.facts.kernel';

// How long a reload may take to show in the kernel, s
const SETTLE = 5;

/*
 * The steps between the checks and the trial. Each takes the change and what
 * is known for the way back, and returns null, or the failure that ends it.
 */

/** Writes the options of the mode down as uncommitted changes. */
export function staging(tx, undo) {
	if (stage(undo.section, config.MODES[tx.mode]))
		return null;

	return failure('STAGING_FAILED', 'The change could not be staged in /tmp/.uci.');
};

function hardware_refused(output) {
	return failure('HARDWARE_REFUSED', 'firewall4 cannot load hardware offloading on these devices.',
		{ devices: probe(), output: excerpt(output) });
}

/** Has fw4 render the ruleset, and nft check it, before anything is loaded. */
export function validating(tx) {
	let checked = fw4.check();

	if (checked.code != 0)
		return failure('RULESET_INVALID', 'fw4 check rejected the ruleset.', { output: excerpt(checked.output) });

	if (tx.mode == 'hardware' && fw4.fell_back(checked.output))
		return hardware_refused(checked.output);

	return null;
};

/** Loads the ruleset. fw4's exit code does not tell whether nft took it, so the kernel is asked. */
export function reloading(tx, undo) {
	let before = kernel.generation(),
	    reloaded = fw4.reload();

	undo.output = excerpt(reloaded.output);

	if (before != kernel.generation())
		return null;

	return failure('RELOAD_FAILED', 'The kernel still holds the ruleset from before the reload.', { output: undo.output });
};

/** What the kernel has loaded, as soon as `test(loaded)` is true, and after SETTLE seconds in any case. */
export function settled(test) {
	let until = now() + SETTLE, loaded = kernel.look();

	while (!test(loaded) && now() < until) {
		sleep(250);
		loaded = kernel.look();
	}

	return loaded;
};

/** Decides whether the change took effect: the kernel holds what the mode asks for. */
export function verifying(tx, undo) {
	let loaded = settled((seen) => kernel.holds(seen, tx.mode));

	if (kernel.holds(loaded, tx.mode))
		return null;

	if (tx.mode == 'hardware' && kernel.holds(loaded, 'software'))
		return hardware_refused(undo.output);

	return failure('VERIFY_FAILED', `The kernel's flowtable is not what "${tx.mode}" asks for.`,
		{ output: loaded.error ?? undo.output });
};
