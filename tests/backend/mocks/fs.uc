// SPDX-License-Identifier: Apache-2.0
// ucode's fs, over the files of mock.uc
'use strict';

import { files, links, state, below, execute } from 'mock';

let failed = null;

function blocked(path) {
	return below(path, state.readonly) || below(path, state.full);
}

function children(directory) {
	let found = {};

	for (let path in [ ...keys(files), ...keys(links) ])
		if (below(path, [ `${directory}/` ]))
			found[split(substr(path, length(directory) + 1), '/')[0]] = true;

	return keys(found);
}

export function error() {
	return failed;
};

export function readfile(path) {
	return files[path];
};

// like C's buffered write: what does not fit shows in the size only
export function writefile(path, text) {
	if (below(path, state.readonly))
		return null;

	files[path] = below(path, state.full) ? '' : `${text}`;

	return length(text);
};

// wall clock as mock.uc's: files are as old as the router's time is
export function stat(path) {
	return exists(files, path) ? { size: length(files[path]), type: 'file', mtime: state.mtime } : null;
};

export function rename(old, to) {
	if (!exists(files, old) || below(to, state.readonly))
		return null;

	files[to] = files[old];
	delete files[old];

	return true;
};

export function unlink(path) {
	delete files[path];
	delete links[path];

	return true;
};

export function mkdir(path) {
	return !blocked(path);
};

export function symlink(target, path) {
	if (exists(links, path) || blocked(path))
		return null;

	links[path] = target;

	return true;
};

export function readlink(path) {
	return links[path];
};

export function access(path, mode) {
	if (mode == 'w' && below(path, state.readonly))
		return null;

	return exists(files, path) || exists(links, path) || length(children(path)) > 0 ? true : null;
};

export function basename(path) {
	return pop(split(path, '/'));
};

export function lsdir(path) {
	let found = children(path);

	return length(found) ? found : null;
};

export function glob(...patterns) {
	return filter([ ...keys(files), ...keys(links) ], (path) =>
		length(filter(patterns, (pattern) => wildcard(path, pattern))) > 0);
};

// Reads a text as a file is read: a line, all, or so many bytes
function reader(text) {
	let at = 0;

	return (amount) => {
		let rest = substr(text, at), end = amount;

		if (amount == 'line')
			end = index(rest, '\n') + 1 || length(rest);
		else if (amount == 'all')
			end = length(rest);

		let part = substr(rest, 0, end);

		at += length(part);

		return part;
	};
}

export function open(path) {
	let text = files[path];

	if (text == null)
		return null;

	let read = reader(text);

	// in place; a full file system still takes what fits into the pages that are there
	let write = (data) => {
		let room = blocked(path) ? (length(text) + 4095) / 4096 * 4096 : length(data);

		files[path] = substr(data, 0, room) + substr(text, length(data));

		return length(data);
	};

	return { read, write, close: () => true };
};

export function popen(command) {
	let words = replace(replace(command, / 2>&1 <\/dev\/null$/, ''), /^exec /, ''),
	    answer = execute(replace(words, "'", ''));

	return { read: reader(answer[1]), close: () => answer[0] };
};
