// SPDX-License-Identifier: Apache-2.0
'use strict';

import { cursor } from 'uci';
import { bool } from 'nft_offload.facts.uci_values';

/** The package of uci that firewall4 reads, and its file. */
export const CONFIG = 'firewall';
export const DIRECTORY = '/etc/config';
export const FILE = `${DIRECTORY}/firewall`;

/** The two options that switch flow offloading. */
export const OPTIONS = [ 'flow_offloading', 'flow_offloading_hw' ];

/** The two options as each mode writes them, as LuCI's firewall page does. */
export const MODES = {
	off: { flow_offloading: null, flow_offloading_hw: null },
	software: { flow_offloading: '1', flow_offloading_hw: null },
	hardware: { flow_offloading: '1', flow_offloading_hw: '1' }
};

/** The name of the first section `defaults` of the package that cursor `uci` has loaded, null without one. */
export function first_defaults(uci) {
	let section = null;

	uci.foreach(CONFIG, 'defaults', (s) => { section ??= s['.name']; });

	return section;
};

/**
 * A cursor that has loaded the file alone, without the uncommitted changes of
 * /tmp/.uci, and commits it without them; null when the file does not parse.
 * libuci does so with a package that is given by its path (uci_file_load()
 * sets has_delta for names only).
 */
export function open_file() {
	let uci = cursor();

	return uci.load(FILE) ? uci : null;
};

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

/** Whether two objects of the two options are the same. */
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
