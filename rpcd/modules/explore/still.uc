// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { LEASE, SLOTS } from 'nft_offload.explore.questions';
import * as state from 'nft_offload.run.state';

// Places in the contract's FlowRow
const PATH = 0;
const PROTOCOL = 1;
const ENDS = 5;
const STILL = 16;

const PATHS = [ 'hardware', 'software', 'slow' ];

/**
 * Flows by path of the rows found last whose counters have stood still for
 * `seconds` and more, as the contract's ConflictFacts.still; null when nobody searched.
 */
export function still(seconds) {
	let found = null;

	for (let i = 0; i < SLOTS; i++) {
		let facts = state.read(`flows.${i}`);

		if (!facts || now() - facts.at > 2 * LEASE)
			continue;

		found ??= { hardware: {}, software: {}, slow: {} };

		// two searches may find the same flow, which its protocol, addresses and ports tell
		for (let row in facts.rows)
			if (row[STILL] >= seconds)
				found[PATHS[row[PATH]]][join(' ', [ row[PROTOCOL], ...slice(row, ENDS, ENDS + 4) ])] = true;
	}

	if (found)
		for (let path in keys(found))
			found[path] = length(found[path]);

	return found;
};
