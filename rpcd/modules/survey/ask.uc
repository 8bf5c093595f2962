// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { refusal } from 'nft_offload.run.refusal';
import { running, start, started_at } from 'nft_offload.run.started';
import * as kernel from 'nft_offload.facts.kernel';
import * as state from 'nft_offload.run.state';

// How old what a survey found may be before another is started, s
const FRESH = { coverage: 10, conflicts: 60 };

// What was found under another ruleset than the one that was seen last is not fresh at all
function fresh_for(topic, facts) {
	let ruleset = kernel.ruleset();

	return ruleset != null && facts?.ruleset != ruleset ? 0 : FRESH[topic];
}

/**
 * The methods `coverage` and `conflicts`: { running, facts } that the worker
 * `survey` found about `topic` last. Starts it when they are old, or of another ruleset, one at a time
 * for each topic; a worker that died is not started again sooner.
 */
export function survey(topic) {
	let facts = state.read(topic), at = facts?.at ?? -FRESH[topic];

	if (running(topic, at))
		return { running: true, facts };

	if (now() - max(at, started_at(topic) ?? at) < fresh_for(topic, facts))
		return { running: false, facts };

	if (!start(topic, 'survey', topic))
		return refusal('START_FAILED', 'The worker could not be started.');

	return { running: true, facts };
};
