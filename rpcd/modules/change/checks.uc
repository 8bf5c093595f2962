// SPDX-License-Identifier: Apache-2.0
'use strict';

import { stat } from 'fs';
import { run } from 'nft_offload.run.program';
import { failure } from 'nft_offload.change.record';
import * as config from 'nft_offload.facts.config';
import * as fw4 from 'nft_offload.change.fw4';
import * as kernel from 'nft_offload.facts.kernel';
import * as state from 'nft_offload.run.state';

// What a change needs free: room for the file again and for libuci's copy of it, bytes
const SPARE = 32768;

// Bytes free where `path` is, null when df does not say
function available(path) {
	let lines = split(trim(run([ 'df', '-k', path ]).output), '\n'),
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
	if (mode == 'off')
		return false;

	if (kernel.holds(loaded, mode))
		return true;

	return mode == 'hardware' && kernel.holds(loaded, 'software') && fw4.fell_back(fw4.check().output);
}

/**
 * The step `checking` of change `tx`: looks at everything that a change needs
 * before it touches anything, and leaves in the state file `undo` what the way
 * back has to restore. Returns null, or the failure that ends the change.
 */
export function checking(tx, undo) {
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
};
