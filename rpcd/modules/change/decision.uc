// SPDX-License-Identifier: Apache-2.0
'use strict';

import { readlink, symlink, unlink } from 'fs';
import { DIRECTORY } from 'nft_offload.run.state';

/**
 * Records the one decision about trial `id`: 'keep', 'revert' or 'timeout'.
 * It is recorded as the target of a symbolic link, because a link is made in one
 * step and cannot be made twice: of two processes that decide at the same time
 * the second finds the first one's decision. Returns the decision that stands,
 * which may be another's, or null when none could be recorded.
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

/** Removes the decision about trial `id`, when the trial is over. */
export function forget(id) {
	unlink(`${DIRECTORY}/decision.${id}`);
};
