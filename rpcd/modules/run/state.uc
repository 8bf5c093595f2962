// SPDX-License-Identifier: Apache-2.0
'use strict';

import { open, readfile, writefile, rename, unlink, mkdir, stat, readlink } from 'fs';

/** Where state is kept: on a tmpfs, because none of it has to survive a reboot. */
export const DIRECTORY = '/var/run/nft-offload';

// The smallest page of any kernel, bytes
const PAGE = 4096;

function path(name) {
	return `${DIRECTORY}/${name}.json`;
}

/** The object last written under `name`; null when there is none or it does not parse. */
export function read(name) {
	let text = readfile(path(name));

	// json() has no other way to say that a text does not parse
	try {
		let value = text ? json(text) : null;

		return type(value) == 'object' ? value : null;
	}
	catch (e) {
		return null;
	}
};

// What a full tmpfs still takes: the page that a file has already. Blanks fill
// the rest, which json() skips.
function overwrite(file, text) {
	let size = stat(file)?.size ?? 0,
	    fd = length(text) <= (size + PAGE - 1) / PAGE * PAGE ? open(file, 'r+') : null;

	if (!fd)
		return false;

	text = sprintf(`%-${size}s`, text);
	fd.write(text);
	fd.close();

	return readfile(file) == text;
}

/**
 * Replaces the object under `name` in one step; in place only when /tmp is
 * full. Returns false when it could not be written whole: a full tmpfs shows
 * only in the file's size, because writefile() reports what it buffered.
 */
export function write(name, value) {
	let text = sprintf('%J\n', value),
	    // a name of its own for each process, because rpcd and a worker may write at the same time
	    beside = `${path(name)}.${readlink('/proc/self')}`;

	mkdir(DIRECTORY, 0755);

	if (writefile(beside, text) != length(text) ||
	    stat(beside)?.size != length(text) ||
	    !rename(beside, path(name))) {
		unlink(beside);

		return overwrite(path(name), text);
	}

	return true;
};

/** Removes the object under `name`, if there is one. */
export function remove(name) {
	unlink(path(name));
};
