// SPDX-License-Identifier: Apache-2.0
'use strict';

import { a_moment_ago, running, start } from 'nft_offload.run.started';
import { attended, read, under_way } from 'nft_offload.change.record';

/**
 * Looks after a change whose worker and guard are both gone: starts a worker
 * that takes it back. Every method of the ubus object that shows or answers a
 * change calls this first. True when that worker was started just now.
 */
export function recover_orphan() {
	let tx = read();

	if (!under_way(tx) || attended() || running('transaction'))
		return false;

	// whoever started the worker may have been another process, before rpcd was reloaded
	if (a_moment_ago(tx.history[length(tx.history) - 1].at))
		return false;

	start('transaction', 'transaction', 'recover');

	return true;
};
