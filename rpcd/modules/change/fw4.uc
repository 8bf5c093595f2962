// SPDX-License-Identifier: Apache-2.0
'use strict';

import { run } from 'nft_offload.run.program';

const FW4 = '/sbin/fw4';

/** Renders the ruleset, staged options included, and has nft check it. { code, output }; this exit code can be believed. */
export function check() {
	return run([ FW4, 'check' ]);
};

/** fw4's own words for falling back to software (fw4.uc, resolve_hw_offload_devices). */
export function fell_back(output) {
	return index(output, 'Hardware flow offloading unavailable') >= 0;
};

/**
 * Loads the ruleset into the running table in one nft transaction. After a
 * rendering that threw, fw4 has lost its state file and refuses to reload;
 * `start` then loads the same ruleset the same way, never without a firewall
 * in between as `restart` would. { code, output }; the exit code is 0 even
 * when nft rejected the ruleset.
 */
export function reload() {
	let reloaded = run([ FW4, 'reload' ]);

	if (reloaded.code == 0)
		return reloaded;

	let started = run([ FW4, 'start' ]);

	return { code: started.code, output: reloaded.output + started.output };
};
