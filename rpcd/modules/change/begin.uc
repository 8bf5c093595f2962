// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, open } from 'fs';
import { now } from 'nft_offload.run.process';
import { guarded } from 'nft_offload.run.workers';
import { read, under_way } from 'nft_offload.change.record';
import { refusal } from 'nft_offload.run.refusal';
import { start } from 'nft_offload.run.started';
import * as config from 'nft_offload.facts.config';
import * as firewall from 'nft_offload.facts.firewall';
import * as router from 'nft_offload.facts.router';
import * as state from 'nft_offload.run.state';

// s
const CONFIRM_TIMEOUT = { min: 15, default: 60, max: 600 };
const MEASURE_SECONDS = { min: 5, default: 15, max: 60 };

function missing_modules() {
	let states = router.offload_modules();

	return filter(keys(states), (name) => states[name] == 'missing');
}

// What can be refused without a fork; the worker checks the rest
function obstacle(mode) {
	if (!firewall.present())
		return refusal('FW4_MISSING', 'firewall4 is not installed: there is no /sbin/fw4.');

	if (!firewall.nft_present())
		return refusal('NFT_MISSING', 'nftables is not installed: there is no /usr/sbin/nft.');

	if (!firewall.enabled())
		return refusal('FIREWALL_DISABLED', 'The firewall is not enabled at boot.');

	let modules = mode == 'off' ? [] : missing_modules();

	if (length(modules))
		return refusal('MODULE_MISSING', 'Kernel modules of kmod-nft-offload are missing.', { modules });

	if (!config.saved().section)
		return refusal('CONFIG_UNREADABLE', `${config.FILE} has no section of type "defaults", or does not parse.`);

	if (!access(config.FILE, 'w'))
		return refusal('CONFIG_READ_ONLY', `${config.FILE} cannot be written.`);

	let changes = config.foreign(null);

	if (length(changes))
		return refusal('FOREIGN_CHANGES', 'The firewall configuration has uncommitted changes that are not ours.', { changes });

	return null;
}

function new_id() {
	let file = open('/dev/urandom', 'r'),
	    id = hexenc(file.read(8));

	file.close();

	return id;
}

// Has the worker carry out a change to `mode`, or a comparison
function begin(mode, timeout, measurement) {
	let tx = read();

	if (under_way(tx) || guarded('transaction'))
		return refusal('BUSY', 'Another change is under way.', tx ? { id: tx.id, mode: tx.mode, step: tx.step } : {});

	let problem = obstacle(mode);

	if (problem)
		return problem;

	let before = config.saved().options;

	if (measurement && config.mode_of(before) == 'off')
		return refusal('NOTHING_TO_COMPARE', 'Flow offloading is off.');

	tx = {
		id: new_id(), mode, measurement, before,
		step: 'checking', history: [ { step: 'checking', at: now() } ],
		timeout, deadline: null, outcome: null, decision: null, restored: null, error: null, warnings: []
	};

	state.remove('undo');

	if (!state.write('transaction', tx))
		return refusal('TMP_FULL', `${state.DIRECTORY} cannot be written.`);

	if (!start('transaction', 'transaction', 'run')) {
		state.remove('transaction');

		return refusal('START_FAILED', 'The worker could not be started.');
	}

	return { transaction: tx };
}

function beyond(value, limits) {
	return type(value) != 'int' || value < limits.min || value > limits.max;
}

function out_of_range(argument, limits) {
	return refusal('INVALID_ARGUMENT', 'It cannot be that short or long.', { argument, expected: `${limits.min} to ${limits.max} s` });
}

/** The method `apply`: begins a change to `args.mode` with a trial of `args.confirm_timeout` s. */
export function apply(args) {
	let mode = args?.mode,
	    timeout = args?.confirm_timeout ?? CONFIRM_TIMEOUT.default;

	if (!exists(config.MODES, mode ?? ''))
		return refusal('INVALID_ARGUMENT', 'There is no such mode.', { argument: 'mode', expected: 'off, software or hardware' });

	if (beyond(timeout, CONFIRM_TIMEOUT))
		return out_of_range('confirm_timeout', CONFIRM_TIMEOUT);

	return begin(mode, timeout, null);
};

/** The method `measure`: begins a comparison whose phases take `args.seconds` each. */
export function measure(args) {
	let seconds = args?.seconds ?? MEASURE_SECONDS.default;

	if (beyond(seconds, MEASURE_SECONDS))
		return out_of_range('seconds', MEASURE_SECONDS);

	return begin('off', seconds, { seconds, phases: [] });
};
