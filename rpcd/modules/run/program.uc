// SPDX-License-Identifier: Apache-2.0
'use strict';

import { popen, error } from 'fs';

// What a reply may carry of a program's output: enough for nft's words,
// little enough for a state file on a 64 MB router.
const KEEP = 4096;

/** A word as the shell has to see it. */
export function quote(word) {
	return "'" + replace(word, "'", "'\\''") + "'";
};

/**
 * Runs a program and waits for it.
 *
 * argv: array of words, each quoted. A pipe and not a file takes the output,
 * so that a full /tmp changes nothing.
 *
 * Returns { code, output }: exit code (127 when no shell could be started) and
 * both streams together, whole.
 */
export function run(argv) {
	let child = popen('exec ' + join(' ', map(argv, quote)) + ' 2>&1 </dev/null', 'r');

	if (!child)
		return { code: 127, output: error() ?? '' };

	let output = child.read('all') ?? '';

	return { code: child.close(), output };
};

/** The part of an output that a reply carries: its end, where the error stands. */
export function excerpt(output) {
	output = trim(output);

	return length(output) > KEEP ? '…' + substr(output, -KEEP + 3) : output;
};
