// SPDX-License-Identifier: Apache-2.0
'use strict';

import { open, readfile, writefile, rename, unlink, mkdir, stat, symlink, readlink } from 'fs';

// tmpfs: nothing here survives a reboot, and nothing has to.
export const DIRECTORY = '/var/run/nft-offload';

// No kernel has smaller ones, bytes
const PAGE = 4096;

// What a reply of facts may have, bytes
const ROOM = 24576;
const EMPTY = length('[ ]');

function path(name) {
	return `${DIRECTORY}/${name}.json`;
}

/** The object last written under `name`; null when there is none or it does not parse. */
export function read(name) {
	let text = readfile(path(name));

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
	    // rpcd and a worker may write at once
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

function size(value) {
	return length(sprintf('%J', value));
}

/** `facts`, its longest list cut as often as it takes to be a reply of at most 24 KB. */
export function fitted(facts) {
	while (size(facts) > ROOM) {
		let longest = null, most = EMPTY;

		for (let key in keys(facts)) {
			let bytes = type(facts[key]) == 'array' ? size(facts[key]) : 0;

			if (bytes > most) {
				longest = key;
				most = bytes;
			}
		}

		if (!longest)
			break;

		facts[longest] = slice(facts[longest], 0, length(facts[longest]) * 3 / 4);
	}

	return facts;
};

export function remove(name) {
	unlink(path(name));
};

/**
 * Records the one decision about trial `id`: 'keep', 'revert' or 'timeout'.
 * A symbolic link, because creating one is atomic and carries a word: whoever
 * comes second fails. Returns the decision that stands (maybe another's), or
 * null when none could be recorded.
 */
export function decide(id, decision) {
	let link = `${DIRECTORY}/decision.${id}`;

	symlink(decision, link);

	return readlink(link);
};

/** The decision about trial `id`, null while there is none. */
export function decided(id) {
	return readlink(`${DIRECTORY}/decision.${id}`);
};

export function forget(id) {
	unlink(`${DIRECTORY}/decision.${id}`);
};
