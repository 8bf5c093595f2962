// SPDX-License-Identifier: Apache-2.0
'use strict';

import { cursor } from 'uci';
import { run } from 'nft_offload.run.program';
import { bool } from 'nft_offload.facts.networks';

const CONFIG = 'firewall';

const DIRECTORY = '/etc/config';

export const FILE = `${DIRECTORY}/firewall`;
export const OPTIONS = [ 'flow_offloading', 'flow_offloading_hw' ];

/** The two options as each mode writes them, as LuCI's firewall page does. */
export const MODES = {
	off: { flow_offloading: null, flow_offloading_hw: null },
	software: { flow_offloading: '1', flow_offloading_hw: null },
	hardware: { flow_offloading: '1', flow_offloading_hw: '1' }
};

function first_defaults(uci) {
	let section = null;

	uci.foreach(CONFIG, 'defaults', (s) => { section ??= s['.name']; });

	return section;
}

// libuci reads a package given by its path without the deltas of /tmp/.uci,
// and commits it without them (uci_file_load() sets has_delta for names only):
// the one way to see, and to write, the file alone.
function open_file() {
	let uci = cursor();

	return uci.load(FILE) ? uci : null;
}

function options_of(uci) {
	let section = uci ? first_defaults(uci) : null,
	    options = {};

	for (let name in OPTIONS)
		options[name] = section ? uci.get(CONFIG, section, name) : null;

	return { section, options };
}

/** What the file says, uncommitted changes left out: { section, options }, section null when there is no `defaults`. */
export function saved() {
	return options_of(open_file());
};

/** What fw4 reads: the file with the uncommitted changes of /tmp/.uci. */
export function effective() {
	let uci = cursor();

	return options_of(uci.load(CONFIG) ? uci : null);
};

/** The mode that fw4 makes of the two options, whatever the kernel takes. */
export function mode_of(options) {
	return !bool(options.flow_offloading) ? 'off' : bool(options.flow_offloading_hw) ? 'hardware' : 'software';
};

export function same(a, b) {
	return !length(filter(OPTIONS, (name) => a[name] != b[name]));
};

/** Every uncommitted change to `firewall`, as uci's changes() gives it: [ [ operation, section, option, value ] ] */
export function uncommitted() {
	return cursor().changes(CONFIG)?.[CONFIG] ?? [];
};

/** The uncommitted changes that are not the two options of our own `section` (null: we have none staged). */
export function foreign(section) {
	return filter(uncommitted(), (c) => c[1] != section || !(c[2] in OPTIONS));
};

function put(uci, section, options) {
	for (let name in OPTIONS) {
		if (uci.get(CONFIG, section, name) == options[name])
			continue;

		if (options[name] == null)
			uci.delete(CONFIG, section, name);
		else
			uci.set(CONFIG, section, name, options[name]);
	}
}

/** Sets the two options uncommitted. True when they read back so. */
export function stage(section, options) {
	let uci = cursor();

	if (!uci.load(CONFIG))
		return false;

	put(uci, section, options);
	uci.save(CONFIG);

	// uci_save() does not notice a full /tmp
	return same(effective().options, options);
};

/** Drops our two uncommitted options and no other change. True when none is left. */
export function unstage(section) {
	for (let name in OPTIONS)
		run([ 'uci', '-q', 'revert', `${CONFIG}.${section}.${name}` ]);

	return !length(filter(uncommitted(), (c) => c[1] == section && c[2] in OPTIONS));
};

/**
 * Writes the two options into the file, leaving other people's uncommitted
 * changes uncommitted. True when they read back so; by then a power cut
 * cannot take them back.
 */
export function write(options) {
	let uci = open_file(),
	    section = uci ? first_defaults(uci) : null;

	if (!section)
		return false;

	put(uci, section, options);
	uci.commit(CONFIG);

	// libuci syncs the new file, not that it takes the old one's place; a busybox may lack the first
	if (run([ 'fsync', FILE, DIRECTORY ]).code != 0)
		run([ 'sync' ]);

	return same(saved().options, options);
};
