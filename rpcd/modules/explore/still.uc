// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { LEASE, SLOTS } from 'nft_offload.explore.questions';
import * as state from 'nft_offload.run.state';

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

		// searches may find the same flow
		for (let row in facts.rows)
			if (row[16] >= seconds)
				found[[ 'hardware', 'software', 'slow' ][row[0]]][join(' ', [ row[1], ...slice(row, 5, 9) ])] = true;
	}

	if (found)
		for (let path in keys(found))
			found[path] = length(found[path]);

	return found;
};
