// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import * as state from 'nft_offload.run.state';

/** Seconds after the last `status { watch: true }` at which nobody watches any more. */
export const LEASE = 15;

/** Renews the lease. False when /tmp is full. */
export function renew() {
	return state.write('lease', { at: now() });
};

/** Whether somebody watches. */
export function wanted() {
	let lease = state.read('lease');

	return lease != null && now() - lease.at < LEASE;
};

/** Ends the lease. */
export function end() {
	state.remove('lease');
};
