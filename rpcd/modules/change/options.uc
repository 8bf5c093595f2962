// SPDX-License-Identifier: Apache-2.0
'use strict';

import { cursor } from 'uci';
import { run } from 'nft_offload.run.program';
import * as config from 'nft_offload.facts.config';

function put(uci, section, options) {
	for (let name in config.OPTIONS) {
		if (uci.get(config.CONFIG, section, name) == options[name])
			continue;

		if (options[name] == null)
			uci.delete(config.CONFIG, section, name);
		else
			uci.set(config.CONFIG, section, name, options[name]);
	}
}

/** Sets the two options uncommitted. True when they read back so. */
export function stage(section, options) {
	let uci = cursor();

	if (!uci.load(config.CONFIG))
		return false;

	put(uci, section, options);
	uci.save(config.CONFIG);

	// uci_save() does not notice a full /tmp
	return config.same(config.effective().options, options);
};

/** Drops our two uncommitted options and no other change. True when none is left. */
export function unstage(section) {
	for (let name in config.OPTIONS)
		run([ 'uci', '-q', 'revert', `${config.CONFIG}.${section}.${name}` ]);

	return !length(filter(config.uncommitted(), (c) => c[1] == section && c[2] in config.OPTIONS));
};

/**
 * Writes the two options into the file, leaving other people's uncommitted
 * changes uncommitted. True when they read back so; by then a power cut
 * cannot take them back.
 */
export function write(options) {
	let uci = config.open_file(),
	    section = uci ? config.first_defaults(uci) : null;

	if (!section)
		return false;

	put(uci, section, options);
	uci.commit(config.CONFIG);

	// libuci syncs the new file, not that it takes the old one's place; a busybox may lack the first
	if (run([ 'fsync', config.FILE, config.DIRECTORY ]).code != 0)
		run([ 'sync' ]);

	return config.same(config.saved().options, options);
};
