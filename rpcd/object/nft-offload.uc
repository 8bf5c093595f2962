// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, open } from 'fs';
import { now } from 'nft_offload.run.process';
import { guarded, start, working } from 'nft_offload.run.workers';
import * as questions from 'nft_offload.explore.questions';
import * as config from 'nft_offload.facts.config';
import * as firewall from 'nft_offload.facts.firewall';
import * as kernel from 'nft_offload.facts.kernel';
import * as links from 'nft_offload.facts.links';
import * as networks from 'nft_offload.facts.networks';
import * as router from 'nft_offload.facts.router';
import * as state from 'nft_offload.run.state';
import * as watch from 'nft_offload.watch.sampler';

const API = 1;
const CONFIRM_TIMEOUT = { min: 15, default: 60, max: 600 };
const MEASURE_SECONDS = { min: 5, default: 15, max: 60 };

// How old what was seen of the kernel may be before we look again, s: asked
// now and then, asked by a page that polls, and while a transaction looks itself
const FRESH = 1;
const FRESH_WATCHED = 5;
const FRESH_BUSY = 30;
const FRESH_SURROUNDINGS = 5;

// How old what a survey found may be before another is started, s
const FRESH_SURVEY = { coverage: 10, conflicts: 60 };

// From the start of a worker to its guard's pid file, s
const STARTING = 5;

// The steps in which the worker stands still and looks for an answer
const ANSWERED = [ 'waiting', 'measuring' ];

// What changes seldom and takes many small files to read
let surroundings = null;

// When this process started which survey last
let surveyed = {};

function refusal(code, message, detail) {
	return { error: { code, message, detail: detail ?? {} } };
}

/* ---- the transaction, as seen from here ------------------------------------ */

function running(tx) {
	return tx != null && tx.step != 'done';
}

// The next caller finds an orphan, whose worker and guard are both gone, and has it rolled back
function transaction() {
	let tx = state.read('transaction');

	if (!running(tx) || guarded('transaction') ||
	    working('transaction', state.read('worker')?.pid))
		return { tx, forked: false };

	if (now() - tx.history[length(tx.history) - 1].at < STARTING)
		return { tx, forked: false };

	start('transaction', 'transaction', 'recover');

	return { tx, forked: true };
}

/* ---- facts ----------------------------------------------------------------- */

function asked(tx) {
	let saved = config.saved(),
	    ours = running(tx) ? state.read('undo')?.section : null;

	return {
		section: saved.section,
		saved: saved.options,
		effective: config.effective().options,
		foreign: config.foreign(ours)
	};
}

function modules() {
	let states = {};

	for (let name in [ 'nf_flow_table', 'nf_flow_table_inet', 'nft_flow_offload' ])
		states[name] = router.module_state(name);

	return states;
}

function prerequisites() {
	return {
		fw4: firewall.present(),
		nft: firewall.nft_present(),
		firewall_enabled: firewall.enabled(),
		modules: surroundings.modules,
		...router.conntrack(),
		config_writable: !!access(config.FILE, 'w')
	};
}

function look_around(loaded) {
	let listed = loaded.flowtable?.devices ?? [],
	    covered = networks.networks(),
	    names = [ ...listed ];

	for (let net in covered)
		push(names, net.device, net.l3_device);

	return {
		at: now(), listed: join(' ', listed),
		router: router.board(), modules: modules(), networks: covered, devices: links.devices(names)
	};
}

// Another flowtable may list other devices
function are_fresh(seen, loaded) {
	return seen != null && now() - seen.at < FRESH_SURROUNDINGS &&
		seen.listed == join(' ', loaded.flowtable?.devices ?? []);
}

/**
 * Everything the page shows. One fork at most: nft, when nobody looked lately,
 * or the start of the sampler.
 */
function status(request) {
	let found = transaction(),
	    tx = found.tx,
	    seen = state.read('loaded'),
	    age = seen ? now() - seen.at : null,
	    busy = found.forked || (running(tx) && !(tx.step in ANSWERED)),
	    sampling = guarded('sampler');

	if (request.args?.watch && watch.renew() && !sampling && !busy && age != null && age < watch.LEASE) {
		sampling = start('sampler', 'sampler', 'run');
		busy = true;
	}

	if (age == null || age > (busy ? FRESH_BUSY : sampling ? FRESH_WATCHED : FRESH))
		seen = kernel.look();

	if (!are_fresh(surroundings, seen))
		surroundings = look_around(seen);

	return {
		api: API,
		now: now(),
		router: surroundings.router,
		asked: asked(tx),
		loaded: seen,
		prerequisites: prerequisites(),
		networks: surroundings.networks,
		devices: surroundings.devices,
		watch: sampling ? state.read('watch') : null,
		transaction: tx
	};
}

/**
 * What the worker `survey` found out last about `topic`. Starts it again, one
 * at a time, when that is old; also one that died is not started sooner.
 */
function survey(topic) {
	let facts = state.read(topic),
	    seen = facts?.at ?? -FRESH_SURVEY[topic],
	    begun = surveyed[topic] ?? seen,
	    running = guarded(topic) || (begun > seen && now() - begun < STARTING);

	if (!running && now() - max(seen, begun) >= FRESH_SURVEY[topic]) {
		if (!start(topic, 'survey', topic))
			return refusal('START_FAILED', 'The worker could not be started.');

		surveyed[topic] = now();
		running = true;
	}

	return { running, facts };
}

/**
 * What the worker `flows` found for a query, or of groups when it is null.
 * `running`: it has not answered yet, or may look again because somebody asked.
 */
function explore(query) {
	let name = questions.ask(query);

	if (!name)
		return refusal('TMP_FULL', `${state.DIRECTORY} cannot be written.`);

	if (!guarded('flows') && now() - (surveyed.flows ?? -STARTING) >= STARTING) {
		if (!start('flows', 'flows', 'run'))
			return refusal('START_FAILED', 'The worker could not be started.');

		surveyed.flows = now();
	}

	let facts = questions.answer(name, query);

	return { running: !facts || now() - facts.at >= facts.every, facts };
}

function flows(request) {
	let found = questions.normal(request.args);

	return found.query ? explore(found.query)
		: refusal('INVALID_ARGUMENT', 'That cannot be searched for.', { argument: found.argument, expected: found.expected });
}

/* ---- actions ---------------------------------------------------------------- */

function missing_modules() {
	let states = modules();

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
	let fd = open('/dev/urandom', 'r'),
	    id = hexenc(fd.read(8));

	fd.close();

	return id;
}

function beyond(value, limits) {
	return type(value) != 'int' || value < limits.min || value > limits.max;
}

function out_of_range(argument, limits) {
	return refusal('INVALID_ARGUMENT', 'It cannot be that short or long.', { argument, expected: `${limits.min} to ${limits.max} s` });
}

// Has the worker carry out a change to `mode`, or a comparison
function begin(mode, timeout, measurement) {
	let tx = transaction().tx;

	if (running(tx) || guarded('transaction'))
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

function apply(request) {
	let mode = request.args?.mode,
	    timeout = request.args?.confirm_timeout ?? CONFIRM_TIMEOUT.default;

	if (!exists(config.MODES, mode ?? ''))
		return refusal('INVALID_ARGUMENT', 'There is no such mode.', { argument: 'mode', expected: 'off, software or hardware' });

	return beyond(timeout, CONFIRM_TIMEOUT) ? out_of_range('confirm_timeout', CONFIRM_TIMEOUT) : begin(mode, timeout, null);
}

function measure(request) {
	let seconds = request.args?.seconds ?? MEASURE_SECONDS.default;

	return beyond(seconds, MEASURE_SECONDS) ? out_of_range('seconds', MEASURE_SECONDS) : begin('off', seconds, { seconds, phases: [] });
}

// Keep or Go back: whoever records a decision first has decided
function answer(request, decision) {
	let id = request.args?.id,
	    tx = transaction().tx;

	if (type(id) != 'string')
		return refusal('INVALID_ARGUMENT', 'Which trial?', { argument: 'id', expected: 'the id that apply returned' });

	if (!tx)
		return refusal('NO_TRANSACTION', 'There was no change since the router started.');

	if (tx.id != id)
		return refusal('UNKNOWN_ID', 'That is not the id of the last change.', { id });

	if (tx.step == 'done')
		return refusal('EXPIRED', 'It is decided already.', tx.decision ? { decision: tx.decision } : {});

	// a comparison is never kept, and its phases end by themselves
	if (tx.measurement ? decision == 'keep' || !(tx.step in ANSWERED) : tx.step != 'waiting')
		return refusal('NOT_WAITING', 'The change does not wait for that answer now.', { step: tx.step });

	let decided = tx.measurement || now() < tx.deadline ? state.decide(id, decision) : state.decided(id) ?? 'timeout';

	if (decided == null)
		return refusal('TMP_FULL', 'The answer could not be recorded.');

	if (decided != decision)
		return refusal('EXPIRED', 'It is decided already.', { decision: decided });

	return { transaction: tx };
}

return {
	'luci.nft-offload': {
		status: {
			args: { watch: true },
			call: status
		},
		apply: {
			args: { mode: 'off', confirm_timeout: 60 },
			call: apply
		},
		confirm: {
			args: { id: '' },
			call: (request) => answer(request, 'keep')
		},
		revert: {
			args: { id: '' },
			call: (request) => answer(request, 'revert')
		},
		measure: {
			args: { seconds: 15 },
			call: measure
		},
		coverage: {
			args: {},
			call: () => survey('coverage')
		},
		conflicts: {
			args: {},
			call: () => survey('conflicts')
		},
		flows: {
			args: { search: '', path: '', protocol: '', family: '', zone: '', sort: '' },
			call: flows
		},
		groups: {
			args: {},
			call: () => explore(null)
		}
	}
};
