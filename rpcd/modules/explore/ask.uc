// SPDX-License-Identifier: Apache-2.0
'use strict';

import { now } from 'nft_offload.run.process';
import { refusal } from 'nft_offload.run.refusal';
import { running, start } from 'nft_offload.run.started';
import { normal } from 'nft_offload.explore.query';
import * as questions from 'nft_offload.explore.questions';
import * as state from 'nft_offload.run.state';

// What the worker `flows` found for a query, or of groups when it is null
function explore(query) {
	let name = questions.ask(query);

	if (!name)
		return refusal('TMP_FULL', `${state.DIRECTORY} cannot be written.`);

	if (!running('flows') && !start('flows', 'flows', 'run'))
		return refusal('START_FAILED', 'The worker could not be started.');

	let facts = questions.answer(name, query);

	return { running: !facts || now() - facts.at >= facts.every, facts };
}

/**
 * The method `flows`: { running, facts } for the query that `args` make.
 * `running`: the worker has not answered yet, or may look again because
 * somebody asked.
 */
export function flows(args) {
	let found = normal(args);

	if (!found.query)
		return refusal('INVALID_ARGUMENT', 'That cannot be searched for.', { argument: found.argument, expected: found.expected });

	return explore(found.query);
};

/** The method `groups`: as flows(), of the sums by client, network and protocol. */
export function groups() {
	return explore(null);
};
