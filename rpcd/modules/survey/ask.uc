// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { refusal } from 'nft_offload.run.refusal';
import { running, start, started_at } from 'nft_offload.run.started';
import * as state from 'nft_offload.run.state';

// How old what a survey found may be before another is started, s
const FRESH = { coverage: 10, conflicts: 60 };

/**
 * The methods `coverage` and `conflicts`: { running, facts } that the worker
 * `survey` found about `topic` last. Starts it when they are old, one at a time
 * for each topic; a worker that died is not started again sooner.
 */
export function survey(topic) {
	let facts = state.read(topic), at = facts?.at ?? -FRESH[topic];

	if (running(topic, at))
		return { running: true, facts };

	if (now() - max(at, started_at(topic) ?? at) < FRESH[topic])
		return { running: false, facts };

	if (!start(topic, 'survey', topic))
		return refusal('START_FAILED', 'The worker could not be started.');

	return { running: true, facts };
};
