// SPDX-License-Identifier: Apache-2.0
'use strict';

import { run, excerpt } from 'nft_offload.run.program';
import { now } from 'nft_offload.run.process';
import * as state from 'nft_offload.run.state';

const NFT = '/usr/sbin/nft';

// -a shows handles, -t leaves set elements in the kernel; one process for both lists
const LIST = [ NFT, '-a', '-t', 'list flowtables inet; list chain inet fw4 forward' ];

// What -a adds to a line
const HANDLE = ' # handle ';

function unquote(word) {
	return replace(trim(word), '"', '');
}

// The first and the last handle in the listing of fw4's chain. A load gives every
// rule another handle, and a table that is made anew has another one itself.
function ruleset_of(text) {
	let handles = map(slice(split(substr(text, max(0, rindex(text, 'table inet fw4'))), HANDLE), 1), (part) => int(part));

	return length(handles) ? `${handles[0]}-${handles[length(handles) - 1]}` : null;
}

/**
 * Parses what `nft -a list flowtables inet; list chain inet fw4 forward` prints.
 * The JSON of a flowtable has neither flags nor counter, so the text is read.
 * Returns { flowtable: { devices, offload, counter } or null, rule: text or
 * null, ruleset: text that tells one load from the next, or null }.
 */
export function parse(text) {
	let flowtable = null, rule = null, table = null, within = null;

	for (let whole in split(text, '\n')) {
		let line = split(whole, HANDLE, 2)[0], words = trim(line);

		if (substr(line, 0, 6) == 'table ') {
			table = rtrim(substr(line, 6), ' {');
			within = null;
		}
		else if (table != 'inet fw4') {
			continue;
		}
		else if (words == 'flowtable ft {') {
			within = flowtable = { devices: [], offload: false, counter: false };
		}
		else if (words == '}') {
			within = null;
		}
		else if (within) {
			if (words == 'flags offload')
				within.offload = true;
			else if (words == 'counter')
				within.counter = true;
			else if (substr(words, 0, 11) == 'devices = {')
				within.devices = map(split(trim(substr(words, 11), ' }'), ','), unquote);
		}
		else if (index(words, 'flow add @ft') >= 0 || index(words, 'flow offload @ft') >= 0) {
			rule ??= words;
		}
	}

	return { flowtable, rule, ruleset: ruleset_of(text) };
};

/**
 * What the kernel has loaded of fw4, as the contract's `Loaded`; also left in
 * the state file `loaded`, where a caller that must not fork finds it.
 */
export function look() {
	let listed = run(LIST),
	    table = listed.code == 0,
	    parsed = table ? parse(listed.output) : { flowtable: null, rule: null, ruleset: null };

	let loaded = {
		at: now(),
		table,
		flowtable: parsed.flowtable,
		rule: parsed.rule,
		ruleset: parsed.ruleset,
		error: table ? null : excerpt(listed.output)
	};

	state.write('loaded', loaded);

	return loaded;
};

/** The ruleset that somebody saw loaded last, as look() tells it apart from others; null when it is not known. */
export function ruleset() {
	return state.read('loaded')?.ruleset;
};

/**
 * The ruleset that is loaded, by the handles of chain forward's rules: when it
 * does not change, nothing was loaded, whatever fw4's exit code says. null when
 * the chain is not there.
 */
export function generation() {
	let listed = run([ NFT, '-a', '-t', 'list', 'chain', 'inet', 'fw4', 'forward' ]);

	return listed.code == 0 ? ruleset_of(listed.output) : null;
};

/** Whether `loaded` is what mode 'off', 'software' or 'hardware' asks for. */
export function holds(loaded, mode) {
	if (!loaded.table || mode == 'off')
		return loaded.table && !loaded.flowtable;

	return loaded.rule != null && loaded.flowtable?.offload == (mode == 'hardware');
};
