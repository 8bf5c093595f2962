'use strict';
'require baseclass';
'require nft-offload.preact-b8b2b6f2 as preact';
'require poll as poll';
'require rpc as rpc';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const { useState, useEffect, createElement, useRef, Fragment, render } = preact;
const isCurrent = (facts, loaded) => facts.ruleset === loaded.ruleset;
const isOutdated = (facts, loaded) => Boolean(facts.ruleset && loaded.ruleset) && facts.ruleset !== loaded.ruleset;
const isCurrentCoverage = (facts, loaded) =>
	isCurrent(facts, loaded) && JSON.stringify(facts.loaded.flowtable) === JSON.stringify(loaded.flowtable);

const CONFIRM_TIMEOUT = { default: 60, max: 600 };

const OBJECT = 'luci.nft-offload';
const API = 1;

class TroubleError extends Error {
	constructor(trouble) {
		super(trouble);
		this.trouble = trouble;
	}
}
const PATIENCE = 8e3;
const PERMISSION_DENIED = 6;
const NO_ANSWER = [7, 10];
const RPC_NO_OBJECT = '-32000';
const RPC_DENIED = '-32002';
function troubleOf(error) {
	if (error instanceof TroubleError) return error;
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	const code = /failed with error (-\d+)/.exec(message)?.[1];
	if (name === 'SessionError') return new TroubleError('SESSION_EXPIRED');
	if (code === RPC_DENIED) return new TroubleError('DENIED');
	return new TroubleError(code === RPC_NO_OBJECT ? 'NO_SERVICE' : 'UNREACHABLE');
}
function method(name, ...params) {
	const invoke = rpc.declare({ object: OBJECT, method: name, params });
	return async (...args) => {
		let timer;
		const impatience = new Promise((_resolve, reject) => {
			timer = window.setTimeout(() => reject(new TroubleError('UNREACHABLE')), PATIENCE);
		});
		let reply;
		try {
			reply = await Promise.race([invoke(...args), impatience]);
		} catch (error) {
			throw troubleOf(error);
		} finally {
			window.clearTimeout(timer);
		}
		if (typeof reply === 'object' && reply !== null) return reply;
		if (reply === PERMISSION_DENIED) throw new TroubleError('DENIED');
		throw new TroubleError(NO_ANSWER.includes(reply) ? 'UNREACHABLE' : 'NO_SERVICE');
	};
}
const callStatus = method('status', 'watch');
const callApply = method('apply', 'mode', 'confirm_timeout');
const callConfirm = method('confirm', 'id');
const callRevert = method('revert', 'id');
const callFlows = method('flows', 'search', 'path', 'protocol', 'family', 'zone', 'sort');
const callMeasure = method('measure', 'seconds');
async function status$1() {
	const reply = await callStatus(true);
	if (reply.api !== API) throw new TroubleError('OTHER_VERSION');
	return reply;
}
const apply = (mode, timeout) => callApply(mode, timeout);
const confirm = (id) => callConfirm(id);
const revert = (id) => callRevert(id);
const coverage = method('coverage');
const conflicts = method('conflicts');
const groups = method('groups');
const flows = ({ search, path, protocol, family, zone, sort }) => callFlows(search, path, protocol, family, zone, sort);
const measure = (seconds) => callMeasure(seconds);

const AGAIN = 1e3;
function useActions(done) {
	const [pending, setPending] = useState(false);
	const [refusal, setRefusal] = useState(null);
	const act = (call, open = () => false) => {
		setPending(true);
		setRefusal(null);
		const ask = (again) =>
			call().then(
				(reply) => setRefusal('error' in reply && !again ? reply.error : null),
				(error) => {
					const why = error instanceof TroubleError ? error.trouble : 'UNREACHABLE';
					if ((why === 'UNREACHABLE' || why === 'NO_SERVICE') && open())
						return new Promise((resolve) => {
							window.setTimeout(resolve, AGAIN, true);
						}).then(ask);
					return setRefusal(why);
				},
			);
		void ask().finally(() => {
			setPending(false);
			done();
		});
	};
	return { act, pending, refusal };
}

const TRUE = ['1', 'on', 'true', 'yes'];
const FALSE = ['0', 'off', 'false', 'no'];
function readBool(value) {
	if (value === null || FALSE.includes(value)) return false;
	return TRUE.includes(value) ? true : null;
}
function modeOfOptions(options) {
	const software = readBool(options.flow_offloading);
	const hardware = readBool(options.flow_offloading_hw);
	if (software === null || hardware === null) return null;
	if (!software) return 'off';
	return hardware ? 'hardware' : 'software';
}
function modeOfFlowtable(flowtable) {
	if (!flowtable) return 'off';
	return flowtable.offload ? 'hardware' : 'software';
}

function isRunning(transaction) {
	return transaction !== null && transaction.step !== 'done';
}
function isChanging(transaction) {
	return isRunning(transaction) && !['waiting', 'measuring', 'committing'].includes(transaction.step);
}
function modeBefore(transaction) {
	return modeOfOptions(transaction.before);
}
function reloadedAt({ history }) {
	const last = history.reduce((found, { step }, index) => (step === 'reloading' || step === 'reverting' ? index : found), -1);
	return last < 0 ? null : (history[last + 1]?.at ?? null);
}
const WAY_IN = ['checking', 'staging', 'validating', 'reloading', 'verifying'];
function progressOf(transaction) {
	const entered = transaction.history.map(({ step }) => step);
	const back = entered.includes('reverting');
	const last = entered.filter((step) => WAY_IN.includes(step)).at(-1);
	const failed = transaction.error !== null && !entered.includes('waiting');
	const steps = WAY_IN.map((step) => {
		if (step === transaction.step) return { step, state: 'now' };
		if (step === last && failed) return { step, state: 'failed' };
		return { step, state: entered.includes(step) ? 'done' : 'ahead' };
	}).filter(({ state }) => !(back && state === 'ahead'));
	if (back) steps.push({ step: 'reverting', state: transaction.step === 'reverting' ? 'now' : 'done' });
	return steps;
}
function endedAgo(transaction, now) {
	const end = transaction.history.at(-1);
	return transaction.step === 'done' && end ? Math.max(0, now - end.at) : null;
}

const language = () => document.documentElement.lang.replace('_', '-') || void 0;
function direction() {
	return /^(ar|fa|he|ur|yi)\b/.test(language() ?? '') && _('Asking the router…') !== 'Asking the router…' ? 'rtl' : 'ltr';
}
const number = (value, digits) =>
	value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits, numberingSystem: 'latn' });
function bitrate(bytes) {
	const bits = bytes * 8;
	const pick = (scaled) => number(scaled, scaled < 9.95 ? 1 : 0);
	if (bits < 999.5) return _('%s bit/s').format(number(bits, 0));
	if (bits < 999500) return _('%s kbit/s').format(pick(bits / 1e3));
	if (bits < 9995e5) return _('%s Mbit/s').format(pick(bits / 1e6));
	return _('%s Gbit/s').format(pick(bits / 1e9));
}
const integer = (value) => number(value, 0);
function percent(share) {
	const value = share * 100;
	return integer(value > 99 && value < 100 ? 99 : value > 0 && value < 1 ? 1 : value);
}
function clock(seconds) {
	const left = Math.max(0, Math.ceil(seconds));
	return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
function ago(seconds) {
	if (seconds < 60) return _('just now');
	if (seconds < 3600) {
		const minutes = Math.floor(seconds / 60);
		return N_(minutes, '%d minute ago', '%d minutes ago').format(minutes);
	}
	const hours = Math.floor(seconds / 3600);
	return N_(hours, '%d hour ago', '%d hours ago').format(hours);
}
const secondsAgo = (seconds) => N_(seconds, '%d second ago', '%d seconds ago').format(seconds);
function names(list) {
	const runs = [];
	for (const name of list) {
		const [, stem = name, digits] = /^(.*?[^0-9.])([0-9]+)$/.exec(name) ?? [];
		const value = digits === void 0 ? NaN : Number(digits);
		const run = runs.at(-1);
		if (run && run.stem === stem && run.number + 1 === value) {
			run.last = name;
			run.number = value;
			run.count++;
		} else runs.push({ first: name, last: name, stem, number: value, count: 1 });
	}
	return runs.map(({ first, last, count }) => (count === 1 ? first : count === 2 ? `${first}, ${last}` : `${first}–${last}`)).join(', ');
}
function size(bytes) {
	let scaled = bytes;
	let unit = 0;
	for (; scaled >= 999.5 && unit < 4; unit++) scaled /= 1e3;
	return `${number(scaled, unit && scaled < 9.95 ? 1 : 0)} ${['', 'k', 'M', 'G', 'T'][unit]}B`;
}
function span(seconds) {
	if (seconds < 120) return _('%d s').format(Math.floor(seconds));
	const [text, unit] = seconds < 7200 ? [_('%d min'), 60] : seconds < 172800 ? [_('%d h'), 3600] : [_('%d d'), 86400];
	return text.format(Math.floor(seconds / unit));
}

const LOOK = 250;
function useLeft(end, uptime) {
	const [, redraw] = useState(0);
	useEffect(() => {
		if (end === null) return void 0;
		const timer = window.setInterval(() => redraw((count) => count + 1), LOOK);
		return () => window.clearInterval(timer);
	}, [end]);
	return end === null ? null : Math.max(0, end - uptime());
}

const STATE_WORDS = {
	done: () => _('done'),
	now: () => _('under way'),
	ahead: () => _('not yet'),
	failed: () => _('failed'),
};
function Steps({ steps }) {
	return createElement(
		'ol',
		{ class: 'nfo-steps' },
		steps.map(({ step, name, state }) =>
			createElement(
				'li',
				{
					key: step,
					class: `nfo-step-${state}`,
					'data-step': step,
					'data-state': state,
					'aria-current': state === 'now' ? 'step' : void 0,
				},
				name,
				' ',
				createElement('span', { class: 'nfo-spoken' }, '(', STATE_WORDS[state](), ')'),
			),
		),
	);
}

function modeName(mode) {
	switch (mode) {
		case 'off':
			return _('Off', 'offloading mode');
		case 'software':
			return _('Software', 'offloading mode');
		case 'hardware':
			return _('Hardware', 'offloading mode');
		default:
			return _('Unknown');
	}
}
const PATHS = ['hardware', 'software', 'slow'];
function pathName(path) {
	switch (path) {
		case 'hardware':
			return _('Network chip');
		case 'software':
			return _('Flowtable');
		case 'slow':
			return _('Firewall');
	}
}
function stepName(step) {
	switch (step) {
		case 'checking':
			return _('Check this router');
		case 'staging':
			return _('Stage the change');
		case 'validating':
			return _('Check the ruleset');
		case 'reloading':
			return _('Reload the firewall');
		case 'verifying':
			return _('Verify in the kernel');
		case 'waiting':
			return _('Wait for your answer');
		case 'measuring':
			return _('Measure');
		case 'committing':
			return _('Save');
		case 'reverting':
			return _('Go back');
		case 'done':
			return _('Done');
	}
}
function phaseName(phase) {
	switch (phase) {
		case 'with':
			return _('As it is');
		case 'without':
			return _('Without');
		case 'again':
			return _('As it is again');
	}
}
function offloading(mode) {
	switch (mode) {
		case 'off':
			return _('No offloading');
		case 'software':
			return _('Software offloading');
		case 'hardware':
			return _('Hardware offloading');
		default:
			return _('The setting from before');
	}
}
function directionWords({ way, from, to, iif, oif }) {
	switch (way) {
		case 'in':
			return _('on the way in, from %s to %s (%s → %s)').format(from, to, iif, oif);
		case 'out':
			return _('on the way out, from %s to %s (%s → %s)').format(from, to, iif, oif);
		case 'across':
			return _('from %s to %s (%s → %s)').format(from, to, iif, oif);
	}
}
function slowHeadline(directions) {
	const ways = new Set(directions.map(({ way }) => way));
	if (ways.size === 1 && ways.has('in')) return _('Not working on the way in');
	if (ways.size === 1 && ways.has('out')) return _('Not working on the way out');
	if (ways.has('in') && ways.has('out')) return _('Not working in either direction');
	return _('Not working from %s to %s').format(directions[0]?.from ?? '', directions[0]?.to ?? '');
}
const SOON = 5;
const SENTENCE = {
	NO_DEFAULTS: () => _("The firewall's configuration cannot be read or has no section “defaults”."),
	OPTION_INVALID: ({ option, value }) =>
		_('Option %s says “%s”, which the firewall cannot read: it would refuse the whole section at its next reload.').format(option, value),
	FOREIGN_CHANGES: ({ count }) =>
		N_(
			count,
			"%d change to the firewall's configuration, made elsewhere, is not saved yet.",
			"%d changes to the firewall's configuration, made elsewhere, are not saved yet.",
		).format(count),
	HARDWARE_ALONE: () => _('Hardware offloading is asked for without offloading itself, and so does nothing.'),
	NFT_FAILED: ({ error }) => _("The kernel's ruleset cannot be listed: %s").format(error),
	FIREWALL_DOWN: () => _('The firewall is not loaded. This router filters nothing and translates no addresses.'),
	HARDWARE_FELL_BACK: () =>
		_('Hardware is asked for, but the firewall fell back to software when it was loaded, because a device refused.'),
	NOT_LOADED: ({ asked }) => _('%s is asked for, but no flowtable is loaded in the kernel.').format(offloading(asked)),
	STILL_LOADED: ({ loaded }) => _('%s is still loaded, although it is not asked for.').format(offloading(loaded)),
	OTHER_LOADED: ({ asked, loaded }) => _('%s is asked for, %s is loaded.').format(offloading(asked), offloading(loaded)),
	RULE_MISSING: () => _('The flowtable is loaded, but no rule of the firewall adds connections to it.'),
	NO_DEVICES: () => _('The flowtable is loaded, but lists no device, so no packet can take it.'),
	NO_COUNTER: () => _('The flowtable does not count, so the byte counts of offloaded connections are too low.'),
	NOTHING_TO_JUDGE: () => _('Nothing can be measured while the firewall is not loaded.'),
	EVERY_PACKET_SLOW: () => _('Every packet passes the whole firewall.'),
	MEASURING: ({ seconds }) =>
		seconds !== null && seconds > SOON
			? _('Two measurements are needed for the first numbers. This router is slow at it: the next one comes in %d seconds.').format(seconds)
			: _('Two measurements are needed for the first numbers.'),
	COUNTERS_FAILED: ({ error }) => _('Slow packets cannot be counted, so nothing is proven: %s').format(error),
	DIRECTION_SLOW: ({ directions, devices }) =>
		_('Connections are flagged as offloaded, but their packets still pass the firewall %s. The flowtable lists %s.').format(
			directions.map(directionWords).join('; '),
			names(devices),
		),
	HARDWARE_IDLE: ({ flows }) =>
		_('Loaded, not working: the driver refuses the connections, so %s of them run in software and none in hardware.').format(
			integer(flows),
		),
	NOTHING_OFFLOADED: ({ packets, devices }) =>
		_('%s packets per second could take the fast path, but no connection does. The flowtable lists %s.').format(
			integer(packets),
			names(devices),
		),
	MOSTLY_SLOW: ({ direction }) =>
		direction
			? _('Most of the traffic never enters the flowtable, above all %s.').format(directionWords(direction))
			: _('Most of the traffic never enters the flowtable.'),
	WAITING_FOR_TRAFFIC: ({ flows }) =>
		flows
			? _('Too little moves to measure. Start a download to see it.')
			: _('No connection is offloaded yet. Start a download to see it.'),
	NOT_COUNTED: () => _('Offloaded connections are not counted on this router, so their share cannot be told. No sign of a slow direction.'),
	WORKING: () => '',
};
function sentence(verdict) {
	return SENTENCE[verdict.code](verdict);
}
function headline(verdict) {
	switch (verdict.code) {
		case 'WORKING':
			return _('%s %% of forwarded bytes bypass the firewall').format(percent(verdict.share));
		case 'MOSTLY_SLOW':
			return _('Only %s %% of forwarded bytes bypass the firewall').format(percent(verdict.share));
		case 'DIRECTION_SLOW':
			return slowHeadline(verdict.directions);
		case 'HARDWARE_IDLE':
			return _('In software, not in hardware');
		case 'NOTHING_OFFLOADED':
			return _('Not working');
		case 'WAITING_FOR_TRAFFIC':
			return _('Waiting for traffic');
		case 'NOT_COUNTED':
			return _('Offloaded, not counted');
		case 'COUNTERS_FAILED':
			return _('Not proven');
		case 'EVERY_PACKET_SLOW':
			return _('No fast path');
		case 'MEASURING':
			return _('Measuring…');
		default:
			return _('Unknown');
	}
}

const PHASES = ['with', 'without', 'again'];
function Comparing({ transaction: { deadline }, measurement: { phases, seconds }, uptime, stop, pending }) {
	const behind = seconds * (PHASES.length - 1 - phases.length);
	const left = useLeft(deadline === null ? null : deadline + behind, uptime);
	return createElement(
		'section',
		{ class: 'nfo-trial', 'aria-label': _('Before and after') },
		createElement(
			'div',
			{ class: 'nfo-trial-row' },
			createElement(
				'div',
				{ class: 'nfo-trial-words' },
				createElement('strong', null, _('The difference is being measured.')),
				' ',
				_('Afterwards everything is as before.'),
			),
			createElement(
				'div',
				{ class: 'nfo-trial-answer' },
				left !== null &&
					createElement('span', { class: 'nfo-clock', role: 'timer', 'aria-live': 'off', 'aria-label': _('Time left') }, clock(left)),
				stop &&
					createElement(
						'button',
						{ type: 'button', class: 'btn cbi-button cbi-button-negative', disabled: pending, onClick: stop },
						_('Stop'),
					),
			),
		),
		createElement(Steps, {
			steps: PHASES.map((step, index) => ({
				step,
				name: phaseName(step),
				state: index < phases.length ? 'done' : index === phases.length ? 'now' : 'ahead',
			})),
		}),
	);
}

const HARDWARE_IDLE = 'hardware idle';
const NOTHING_OFFLOADED = 'nothing offloaded';
const MOSTLY_SLOW = 'mostly slow';
const QUIET = 'quiet';
const FLAGGED_PACKETS = 20;
const FLAGGED_SHARE = 0.1;
const RATE$1 = 20;
const QUIET_PACKETS = 20;
const slowSymptom = (iif, oif) => `slow ${iif} ${oif}`;
function symptomsOf(window, hardware) {
	const symptoms = /* @__PURE__ */ new Set();
	const { flagged, flows, unflagged, pairs, seconds } = window;
	const flaggedRate = flagged.hardware.packets + flagged.software.packets;
	const sum = (field) => pairs.reduce((total, pair) => total + pair[field], 0);
	if ((flaggedRate + sum('packets') - sum('flagged')) * seconds < QUIET_PACKETS && sum('flagged') * seconds < QUIET_PACKETS) {
		symptoms.add(QUIET);
		return symptoms;
	}
	for (const pair of pairs)
		if (pair.flagged * seconds >= FLAGGED_PACKETS && pair.flagged >= FLAGGED_SHARE * flaggedRate)
			symptoms.add(slowSymptom(pair.iif, pair.oif));
	if (hardware && flows.hardware === 0 && flows.software > 0 && flagged.software.packets * seconds >= QUIET_PACKETS)
		symptoms.add(HARDWARE_IDLE);
	const busy = Math.min(sum('eligible') - sum('flagged'), unflagged.packets) >= RATE$1;
	if (busy && flows.hardware + flows.software === 0) symptoms.add(NOTHING_OFFLOADED);
	const fastBytes = Math.max(0, flagged.hardware.bytes + flagged.software.bytes - sum('flaggedBytes'));
	if (busy && fastBytes < sum('bytes')) symptoms.add(MOSTLY_SLOW);
	return symptoms;
}
const BELIEVE = 3.5;
const STALE = 9;
function settle(states, seen, seconds) {
	if (seen.has(QUIET)) {
		const evidence = Math.min(STALE, (states.get(QUIET)?.evidence ?? 0) + seconds);
		const quiet = { evidence, on: evidence === STALE };
		return new Map(quiet.on ? [[QUIET, quiet]] : [...states, [QUIET, quiet]]);
	}
	const settled = /* @__PURE__ */ new Map();
	for (const symptom of /* @__PURE__ */ new Set([...states.keys(), ...seen])) {
		if (symptom === QUIET) continue;
		const before = states.get(symptom) ?? { evidence: 0, on: false };
		const evidence = seen.has(symptom) ? Math.min(BELIEVE, before.evidence + seconds) : before.evidence - seconds;
		if (evidence > 0) settled.set(symptom, { evidence, on: evidence === BELIEVE || before.on });
	}
	return settled;
}

function countFlows(flows) {
	const count = (path) =>
		Object.values(flows.paths[path])
			.flatMap((family) => Object.values(family))
			.reduce((total, sum) => total + sum.flows, 0);
	return { hardware: count('hardware'), software: count('software'), slow: count('slow') };
}
function readingOf(status) {
	const { flows, slow } = status.watch ?? { flows: null, slow: null };
	if (!flows || !slow || slow.error !== null) return null;
	return { at: slow.at, since: slow.since, flowsAt: flows.at, pairs: slow.pairs };
}
const nameOf = (pair) => `${pair.family} ${pair.protocol} ${pair.iif} ${pair.oif}`;
const STILL = { packets: 0, bytes: 0 };
const UNCOUNTED = { hardware: STILL, software: STILL, slow: STILL };
function windowOf(from, status) {
	const to = readingOf(status);
	const flows = status.watch?.flows;
	const rates = flows?.rates ?? (flows?.window ? UNCOUNTED : null);
	if (!to || !flows || !rates || to.since !== from.since || to.at <= from.at || to.flowsAt <= from.flowsAt) return null;
	const seconds = to.at - from.at;
	const before = new Map(from.pairs.map((pair) => [nameOf(pair), pair]));
	const pairs = /* @__PURE__ */ new Map();
	for (const pair of to.pairs) {
		const old = before.get(nameOf(pair));
		const per = (field) => {
			const moved = pair[field] - (old?.[field] ?? 0);
			return (moved < 0 ? pair[field] : moved) / seconds;
		};
		const key = `${pair.iif} ${pair.oif}`;
		const sum = pairs.get(key) ?? { iif: pair.iif, oif: pair.oif, packets: 0, bytes: 0, eligible: 0, flagged: 0, flaggedBytes: 0 };
		sum.packets += per('packets');
		sum.bytes += per('bytes');
		sum.eligible += pair.protocol === 'other' ? 0 : per('packets');
		sum.flagged += per('flagged_packets');
		sum.flaggedBytes += per('flagged_bytes');
		pairs.set(key, sum);
	}
	return {
		seconds,
		flows: countFlows(flows),
		flagged: { hardware: rates.hardware, software: rates.software },
		unflagged: rates.slow,
		pairs: [...pairs.values()],
	};
}
function throughputOf(window) {
	const sum = (field) => window.pairs.reduce((total, pair) => total + pair[field], 0);
	const slow = sum('bytes');
	const stayed = sum('flaggedBytes');
	const software = window.flagged.software.bytes;
	const left = Math.max(0, stayed - software);
	return {
		hardware: Math.max(0, window.flagged.hardware.bytes - left),
		software: Math.max(0, software - stayed),
		slow,
	};
}
function meanThroughput(windows) {
	const seconds = windows.reduce((total, window) => total + window.seconds, 0);
	const mean = { hardware: 0, software: 0, slow: 0 };
	for (const window of windows) {
		const throughput = throughputOf(window);
		for (const path of ['hardware', 'software', 'slow']) mean[path] += (throughput[path] * window.seconds) / seconds;
	}
	return mean;
}
function shareOf(throughput) {
	const fast = throughput.hardware + throughput.software;
	return fast + throughput.slow > 0 ? fast / (fast + throughput.slow) : null;
}

const WINDOWS = 3;
const EMPTY = { about: '', since: 0, reading: null, windows: [], symptoms: /* @__PURE__ */ new Map(), hardware: false, now: 0 };
function remember(memory, status) {
	const { now, loaded, transaction } = status;
	const about = JSON.stringify([loaded.ruleset, loaded.table, loaded.rule, loaded.flowtable]);
	const reloaded = transaction && reloadedAt(transaction);
	const other = about !== memory.about || (reloaded !== null && reloaded > memory.since && reloaded > memory.now);
	const restarted = now < memory.now;
	const since =
		!other && !restarted
			? memory.since
			: reloaded !== null && reloaded > memory.now && reloaded <= now
				? reloaded
				: memory.about === '' || restarted
					? 0
					: now;
	const read = readingOf(status);
	const reading = read && Math.min(read.at, read.flowsAt) >= since ? read : null;
	const fresh = other || restarted || (reading && memory.reading && reading.since !== memory.reading.since);
	if (fresh) return { ...EMPTY, about, since, reading, now };
	const window = memory.reading && windowOf(memory.reading, status);
	if (!window) return { ...memory, reading: memory.reading ?? reading, now };
	return {
		about,
		since,
		reading,
		windows: [window, ...memory.windows].slice(0, WINDOWS),
		symptoms: settle(memory.symptoms, symptomsOf(window, loaded.flowtable?.offload === true), window.seconds),
		hardware: memory.hardware || window.flows.hardware > 0,
		now,
	};
}

const TICK = 1;
function repeat(ask) {
	let asking = false;
	let again = false;
	let left = 0;
	let stopped = false;
	const turn = async () => {
		if (stopped || asking || document.hidden) return;
		asking = true;
		again = false;
		const delay = await ask();
		asking = false;
		if (delay === null) stop();
		left = Math.ceil((delay ?? 0) / (TICK * 1e3));
		if (again) now();
	};
	const now = () => {
		again = true;
		void turn();
	};
	const tick = () => {
		if (--left <= 0) void turn();
	};
	const onVisibility = () => {
		if (poll.active()) now();
	};
	const stop = () => {
		stopped = true;
		poll.remove(tick);
		document.removeEventListener('visibilitychange', onVisibility);
	};
	document.addEventListener('visibilitychange', onVisibility);
	poll.add(tick, TICK);
	void turn();
	return { now, stop };
}

const EVERY = 2e3;
const EVERY_IN_TRANSACTION = 1e3;
const BACK_OFF = [1e3, 2e3, 4e3, 8e3, 15e3];
function watch({ ask, isLoggedIn, onStatus, onTrouble, onLogin }) {
	let failures = 0;
	let expired = false;
	const fail = (trouble) => {
		onTrouble(trouble);
		return BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)] ?? EVERY;
	};
	const repeated = repeat(async () => {
		try {
			const status = await ask();
			failures = 0;
			onStatus(status);
			return isRunning(status.transaction) ? EVERY_IN_TRANSACTION : EVERY;
		} catch (error) {
			const trouble = error instanceof TroubleError ? error.trouble : 'OTHER_VERSION';
			const delay = fail(trouble);
			expired = trouble === 'SESSION_EXPIRED';
			return expired ? null : delay;
		}
	});
	const onReturn = () => {
		if (expired)
			void isLoggedIn().then((loggedIn) => {
				if (loggedIn) onLogin();
			});
	};
	window.addEventListener('focus', onReturn);
	return {
		now: repeated.now,
		stop: () => {
			repeated.stop();
			window.removeEventListener('focus', onReturn);
		},
	};
}

const KEY = 'nft-offload-trial';
const SLACK$1 = 10;
function read() {
	try {
		return JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null');
	} catch {
		return null;
	}
}
function write(note) {
	try {
		if (note) window.sessionStorage.setItem(KEY, JSON.stringify(note));
		else window.sessionStorage.removeItem(KEY);
	} catch {}
}
function trialCutShort(status) {
	const booted = Date.now() / 1e3 - status.now;
	const noted = read();
	write(isRunning(status.transaction) ? { mode: status.transaction.mode, booted } : null);
	if (!noted || status.transaction || Math.abs(booted - noted.booted) <= SLACK$1) return null;
	return { mode: noted.mode, saved: modeOfOptions(status.asked.saved) === noted.mode };
}

function see(before, status) {
	return {
		status,
		memory: remember(before?.memory ?? EMPTY, status),
		at: performance.now(),
		cutShort: trialCutShort(status) ?? (status.transaction ? null : (before?.cutShort ?? null)),
	};
}
const isLoggedIn = () =>
	fetch(window.location.href, { cache: 'no-store' }).then(
		({ ok }) => ok,
		() => false,
	);
function useNews() {
	const [seen, setSeen] = useState(null);
	const [trouble, setTrouble] = useState(null);
	const watching = useRef(null);
	useEffect(() => {
		watching.current = watch({
			ask: status$1,
			isLoggedIn,
			onStatus: (status) => {
				setSeen((before) => see(before, status));
				setTrouble(null);
			},
			onTrouble: setTrouble,
			onLogin: () => window.location.reload(),
		});
		return () => watching.current?.stop();
	}, []);
	return { seen, trouble, askNow: () => watching.current?.now() };
}
const uptimeNow = ({ status, at }) => status.now + (performance.now() - at) / 1e3;

const say = (what, todo = '') => ({ what, todo });
function explain({ code, detail }) {
	switch (code) {
		case 'INVALID_ARGUMENT':
			return say(_('The router did not understand the request.'), _('Reload this page.'));
		case 'BUSY':
			return say(
				detail.mode && detail.step
					? _('A trial is running: %s, step “%s”.').format(modeName(detail.mode), stepName(detail.step))
					: _('A trial is running.'),
				_('Answer it, or wait until it has ended.'),
			);
		case 'FW4_MISSING':
			return say(_('firewall4 is not installed on this router.'), _('Install the package firewall4.'));
		case 'NFT_MISSING':
			return say(_('The program nft is not installed on this router.'), _('Install the package nftables.'));
		case 'MODULE_MISSING':
			return say(
				_('Kernel modules are missing: %s.').format((detail.modules ?? []).join(', ')),
				_('Install the package kmod-nft-offload.'),
			);
		case 'FIREWALL_DISABLED':
			return say(
				_('The firewall is disabled, it would not be loaded at the next boot.'),
				_('Enable the service “firewall” under System → Startup.'),
			);
		case 'FIREWALL_NOT_LOADED':
			return say(_('The firewall is not loaded.'), _('Start the service “firewall” under System → Startup and read what it says.'));
		case 'CONFIG_UNREADABLE':
			return say(_("The firewall's configuration cannot be read or has no section “defaults”."), _('Repair /etc/config/firewall.'));
		case 'CONFIG_READ_ONLY':
			return say(
				_('The file system that holds /etc/config/firewall cannot be written, so nothing could be kept.'),
				_('Look in the kernel log why it is read-only.'),
			);
		case 'CONFIG_FULL':
			return say(
				detail.available != null && detail.needed != null
					? _('The file system that holds /etc/config/firewall is full: %s bytes are free, %s are needed.').format(
							integer(detail.available),
							integer(detail.needed),
						)
					: _('The file system that holds /etc/config/firewall is full.'),
				_('Free some space there.'),
			);
		case 'TMP_FULL':
			return say(_("The router's memory file system /tmp is full."), _('Free some space there.'));
		case 'FOREIGN_CHANGES':
			return say(
				_("Somebody's changes to the firewall's configuration are not saved yet. A trial would mix with them."),
				_('Apply or discard them first.'),
			);
		case 'START_FAILED':
			return say(_('The trial could not be started.'));
		case 'NOTHING_TO_COMPARE':
			return say(
				_('Offloading is off, or not loaded as it is saved: there is nothing to compare.'),
				_('Choose Software or Hardware first.'),
			);
		case 'STAGING_FAILED':
			return say(_('The change could not be staged.'));
		case 'RULESET_INVALID':
			return say(
				_("The firewall's ruleset does not pass its check with this change, so it was not loaded."),
				_("Read the router's words: the mistake is usually in a file or an option that they name."),
			);
		case 'HARDWARE_REFUSED': {
			const refused = (detail.devices ?? []).filter((device) => !device.accepted).map((device) => device.name);
			return say(
				refused.length
					? _('These devices refuse hardware offload: %s. The firewall offloads in hardware on all devices or on none.').format(
							refused.join(', '),
						)
					: _('A device refuses hardware offload.'),
				_('Choose Software.'),
			);
		}
		case 'MEASURE_FAILED':
			return say(_('The slow path could not be counted.'), _("Read the router's words."));
		case 'RELOAD_FAILED':
			return say(_('The firewall was reloaded, but the kernel did not take the new ruleset.'), _("Read the router's words."));
		case 'VERIFY_FAILED':
			return say(_('The firewall was reloaded, but the flowtable in the kernel is not what was asked for.'), _("Read the router's words."));
		case 'COMMIT_FAILED':
			return say(_('The setting could not be saved.'), _('Look whether the file system that holds /etc/config is full or read-only.'));
		case 'WORKER_DIED':
			return say(
				detail.step
					? _('The program that made the change ended unexpectedly in the step “%s”.').format(stepName(detail.step))
					: _('The program that made the change ended unexpectedly.'),
				_('Try it again; if it happens again, look in the system log.'),
			);
		case 'ROLLBACK_FAILED':
			return say(_('Going back did not succeed.'), _('Look at System → Startup and restart the service “firewall”.'));
		case 'NO_TRANSACTION':
		case 'UNKNOWN_ID':
			return say(_('This trial does not exist any more.'));
		case 'NOT_WAITING':
			return say(_('The trial does not wait for an answer now.'));
		case 'EXPIRED':
			return say(
				detail.decision === 'keep'
					? _('Too late: somebody has kept it already.')
					: detail.decision === 'revert'
						? _('Too late: somebody has gone back already.')
						: _('Too late: the time was up and the router went back.'),
			);
		default:
			return say(_('The router answered with the error %s.').format(code));
	}
}
function explainTrouble(trouble) {
	switch (trouble) {
		case 'UNREACHABLE':
			return say(_('The router does not answer.'), _('It may be restarting. This page goes on by itself as soon as it answers.'));
		case 'NO_SERVICE':
			return say(
				_('The service behind this page does not answer on the router.'),
				_('It may be restarting, then this page goes on by itself. Otherwise install the package luci-app-nft-offload again.'),
			);
		case 'SESSION_EXPIRED':
			return say(
				_('Your login has expired.'),
				_('Log in again, in any tab, and this page goes on. A trial goes back by itself if nobody answers.'),
			);
		case 'DENIED':
			return say(_('Your account may not read this.'), _('An administrator can grant it “luci-app-nft-offload”.'));
		case 'OTHER_VERSION':
			return say(
				_('This page and the service on the router are of different versions.'),
				_("Reload this page without the browser's cache."),
			);
	}
}

const SIGN = {
	good: 'M3 8.5l3.5 3.5L13 4.5',
	plain: 'M4 8h8',
	attention: 'M8 3v6M8 12v1',
	bad: 'M4 4l8 8M12 4l-8 8',
};
function Sign({ level }) {
	return createElement(
		'svg',
		{ class: `nfo-sign nfo-${level}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
		createElement('path', { d: SIGN[level] }),
	);
}
const PATH_ICON = {
	/* a wall, a bypass, a chip */
	slow: 'M2 3h12v10H2zM2 6.3h12M2 9.6h12M8 3v3.3M5 6.3v3.3M11 6.3v3.3M8 9.6V13',
	software: 'M1 12h3c3 0 2-8 5-8h5M11 1l3 3-3 3M1 4h3',
	hardware: 'M4 4h8v8H4zM6 1v3M10 1v3M6 12v3M10 12v3M1 6h3M1 10h3M12 6h3M12 10h3',
};
function PathIcon({ path }) {
	return createElement(
		'svg',
		{ class: `nfo-icon nfo-path-${path}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
		createElement('path', { d: PATH_ICON[path] }),
	);
}

function Message({ level, title, urgent = false, code, children }) {
	return createElement(
		'section',
		{ class: `nfo-message alert-message nfo-${level}`, role: urgent ? 'alert' : 'status', 'data-code': code },
		createElement('p', { class: 'nfo-headline' }, createElement(Sign, { level }), ' ', title),
		children,
	);
}
function Words({ what, todo }) {
	return createElement('p', null, what, todo && createElement(Fragment, null, ' ', createElement('strong', null, todo)));
}
function changeWords([command = '', section = '', ...rest]) {
	return [command, section, ...rest].filter(Boolean).join(' ');
}
function RouterWords({ detail: { output, devices, changes } }) {
	const parts = [
		...(output ? [output] : []),
		...(devices ?? [])
			.filter((device) => device.output)
			.map(
				(device) => `${device.name}:
${device.output}`,
			),
		...(changes ?? []).map(changeWords),
	];
	if (!parts.length) return null;
	return createElement(
		'details',
		null,
		createElement('summary', null, changes?.length ? _('The changes') : _("The router's own words")),
		createElement('pre', { dir: 'ltr' }, parts.join('\n')),
	);
}
function FailureWords({ failure }) {
	return createElement(
		Fragment,
		null,
		createElement(Words, { ...explain(failure) }),
		createElement(RouterWords, { detail: failure.detail }),
	);
}
function TroubleWords({ trouble }) {
	return typeof trouble === 'string'
		? createElement(Words, { ...explainTrouble(trouble) })
		: createElement(FailureWords, { failure: trouble });
}

const NEWS = 600;
function isNews(transaction, now) {
	const seconds = endedAgo(transaction, now);
	return (
		seconds !== null && (transaction.outcome === 'failed' || transaction.restored === false || (!transaction.measurement && seconds < NEWS))
	);
}
function title(transaction) {
	if (transaction.measurement) return _('The measurement was broken off.');
	switch (transaction.outcome) {
		case 'kept':
			return _('%s is kept and saved.').format(offloading(transaction.mode));
		case 'failed':
			return _('%s was tried and failed.').format(offloading(transaction.mode));
		default:
			return transaction.decision === 'timeout'
				? _('Nobody answered in time: %s was taken back.').format(offloading(transaction.mode))
				: _('%s was taken back.').format(offloading(transaction.mode));
	}
}
function restoredWords(transaction) {
	const before = modeBefore(transaction);
	if (transaction.restored === null) return transaction.outcome === 'failed' ? _('Nothing had been changed yet.') : '';
	return before === null
		? _('The state from before is back, as seen in the kernel.')
		: _('The state from before is back, as seen in the kernel: %s.').format(modeName(before));
}
function Outcome({ transaction, now }) {
	const lost = transaction.restored === false;
	const level = lost ? 'bad' : transaction.outcome === 'failed' ? 'attention' : transaction.outcome === 'kept' ? 'good' : 'plain';
	const seconds = endedAgo(transaction, now);
	return createElement(
		Message,
		{
			level,
			title: title(transaction),
			urgent: lost || transaction.outcome === 'failed',
			code: transaction.error?.code ?? transaction.outcome ?? void 0,
		},
		lost &&
			createElement(
				'p',
				{ class: 'nfo-loud' },
				createElement(
					'strong',
					null,
					_(
						'The state from before is NOT back. Look above at what is loaded now, and restart the service “firewall” under System → Startup.',
					),
				),
			),
		transaction.error && createElement(FailureWords, { failure: transaction.error }),
		!lost && restoredWords(transaction) && createElement('p', null, restoredWords(transaction)),
		transaction.warnings.map((warning) => createElement('p', { key: warning, class: 'nfo-detail', dir: 'auto' }, warning)),
		seconds !== null && createElement('p', { class: 'nfo-detail' }, ago(seconds)),
	);
}

function promise(transaction) {
	const before = modeBefore(transaction);
	return before === null
		? _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to the setting from before.')
		: _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to %s.').format(modeName(before));
}
function Trial({ transaction, uptime, answer, pending }) {
	const left = useLeft(transaction.deadline, uptime);
	const waiting = transaction.step === 'waiting' && left !== null;
	const closing = transaction.step === 'committing';
	return createElement(
		'section',
		{ class: 'nfo-trial', 'data-step': transaction.step, 'aria-label': _('Trial') },
		createElement(
			'div',
			{ class: 'nfo-trial-row' },
			createElement(
				'div',
				{ class: 'nfo-trial-words' },
				createElement('strong', null, _('%s is on trial.').format(offloading(transaction.mode))),
				' ',
				closing ? _('Saving it…') : transaction.step === 'reverting' ? _('Going back…') : promise(transaction),
			),
			waiting &&
				createElement(
					'div',
					{ class: 'nfo-trial-answer' },
					createElement('span', { class: 'nfo-clock', role: 'timer', 'aria-live': 'off', 'aria-label': _('Time left') }, clock(left)),
					answer &&
						createElement(
							Fragment,
							null,
							createElement(
								'button',
								{ type: 'button', class: 'btn cbi-button cbi-button-positive important', disabled: pending, onClick: () => answer(true) },
								_('Keep'),
							),
							createElement(
								'button',
								{ type: 'button', class: 'btn cbi-button cbi-button-negative', disabled: pending, onClick: () => answer(false) },
								_('Go back'),
							),
						),
				),
		),
		waiting
			? createElement(
					'div',
					{ class: 'nfo-left' },
					createElement('div', { style: { width: `${Math.min(100, (100 * left) / transaction.timeout)}%` } }),
				)
			: !closing &&
					createElement(Steps, { steps: progressOf(transaction).map(({ step, state }) => ({ step, name: stepName(step), state })) }),
		transaction.warnings.map((warning) => createElement('p', { key: warning, class: 'nfo-reason', dir: 'auto' }, warning)),
	);
}

function Events({ seen, actions }) {
	const { transaction, now } = seen.status;
	const pending = actions?.pending ?? false;
	const uptime = () => uptimeNow(seen);
	return createElement(
		'div',
		{ class: 'nfo-events', 'aria-live': 'polite' },
		isRunning(transaction)
			? transaction.measurement
				? createElement(Comparing, {
						transaction,
						measurement: transaction.measurement,
						uptime,
						pending,
						stop: actions && (() => actions.act(() => revert(transaction.id))),
					})
				: createElement(Trial, {
						key: transaction.id,
						transaction,
						uptime,
						pending,
						answer:
							actions &&
							((keep) =>
								actions.act(
									() => (keep ? confirm : revert)(transaction.id),
									() => uptime() < (transaction.deadline ?? 0),
								)),
					})
			: transaction && isNews(transaction, now) && createElement(Outcome, { key: transaction.id, transaction, now }),
	);
}

const linksOf = ({ links }) => new Map(links.map((link) => [link.name, link]));
function walk(links, l3, rule) {
	const side = { l3, levels: [], ends: [], never: null };
	const seen = /* @__PURE__ */ new Set();
	for (let level = [l3]; level.length;) {
		const next = [];
		for (const name of level) {
			seen.add(name);
			const link = links.get(name);
			const kind = link?.kind;
			if (link && kind === 'ipsec') side.never = link;
			if (link && (kind === 'ppp' || (kind === 'ipip' && rule.ipip)))
				if (link.carrier === null) side.ends = null;
				else next.push(link.carrier);
			else if (link && (kind === 'vlan' || kind === 'bridge')) next.push(...link.lower);
			else side.ends?.push(name);
		}
		side.levels.push(level);
		level = [...new Set(next)].filter((name) => !seen.has(name));
	}
	return side;
}
function chainOf(side, links, listed) {
	return side.levels.map((level) =>
		level.map((name) => ({
			name,
			kind: links.get(name)?.kind ?? null,
			listed: listed.includes(name),
			end: side.ends?.includes(name) === true,
		})),
	);
}
function coverSide(side, rule, listed) {
	const { l3, ends, never } = side;
	if (never) return { standing: 'cannot be', why: { code: 'NEVER', device: never.name, kind: never.kind } };
	if (!rule.strict && listed.includes(l3)) return { standing: 'covered', why: { code: 'LISTED', devices: [l3] } };
	if (!ends) return { standing: 'not known', why: { code: 'CARRIER', device: l3 } };
	const devices = ends.filter((name) => listed.includes(name));
	const missing = ends.filter((name) => !listed.includes(name));
	if (!devices.length)
		return { standing: 'not covered', why: { code: 'NOT_LISTED', missing: ends.length ? missing : rule.strict ? [] : [l3] } };
	return missing.length
		? { standing: 'partly', why: { code: 'SOME_LISTED', devices, missing } }
		: { standing: 'covered', why: { code: 'LISTED', devices } };
}
const missingOf$1 = ({ why }) => ('missing' in why ? why.missing : []);
const isSlow = ({ standing }) => standing === 'not covered' || standing === 'cannot be';
function slowBetween(from, to, rule, listed) {
	const sides = (rule.strict ? [from, to] : [from]).map((side) => coverSide(side, rule, listed)).filter(isSlow);
	return sides.length ? sides.flatMap(missingOf$1) : null;
}

function networksOn(networks, device) {
	const routed = networks.filter((network) => network.l3_device === device);
	return routed.length ? routed : networks.filter((network) => network.device === device);
}
function isOutside(networks) {
	return networks.some((network) => network.default_route || network.masq);
}
function directionOf(networks, iif, oif) {
	const from = networksOn(networks, iif);
	const to = networksOn(networks, oif);
	const known = from.length > 0 && to.length > 0 && isOutside(from) !== isOutside(to);
	return {
		iif,
		oif,
		from: from[0]?.name ?? iif,
		to: to[0]?.name ?? oif,
		way: !known ? 'across' : isOutside(from) ? 'in' : 'out',
	};
}

const MEASURED = ['6.1', '6.12', '7.2'];
function ruleOf(kernel) {
	const [, major, minor] = /^(\d+)\.(\d+)/.exec(kernel) ?? [];
	const from = (first, second) => Number(major) > first || (Number(major) === first && Number(minor) >= second);
	return { strict: from(7, 2), ipip: from(6, 19), measured: MEASURED.includes(`${major}.${minor}`) };
}

function Heading({ level, class: looks = `nfo-heading-${level}`, children }) {
	return createElement('div', { role: 'heading', 'aria-level': level, class: looks }, children);
}

const lookedOf = (current, found, loaded) =>
	current ? 'yes' : found.some((facts) => facts && isOutdated(facts, loaded)) ? 'not since' : 'not yet';
function Looking({ looked }) {
	return createElement(
		'p',
		{ class: 'nfo-quiet spinning', role: 'status', 'data-looked': looked },
		looked === 'not yet' ? _('Asking the router…') : _('The firewall was loaded anew. Looking again…'),
	);
}

const EVERYTHING = { search: '', path: '', protocol: '', family: '', zone: '', sort: 'bytes' };
const PAGE = 'admin/network/nft-offload/connections';
const NAMES = Object.keys(EVERYTHING);
function searchOf(query) {
	const parameters = new URLSearchParams();
	for (const name of NAMES) if (query[name] && query[name] !== EVERYTHING[name]) parameters.set(name, query[name]);
	return parameters.size ? `?${parameters.toString()}` : '';
}
function queryOf(search) {
	const parameters = new URLSearchParams(search);
	return Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? EVERYTHING[name]]));
}
const connectionsUrl = (query = {}) => L.url(PAGE) + searchOf(query);
function useQuery() {
	const [query, setQuery] = useState(() => queryOf(window.location.search));
	useEffect(() => {
		const onBack = () => setQuery(queryOf(window.location.search));
		window.addEventListener('popstate', onBack);
		return () => window.removeEventListener('popstate', onBack);
	}, []);
	const set = (part) =>
		setQuery((before) => {
			const after = { ...before, ...part };
			if (searchOf(after) !== searchOf(before))
				window.history.pushState(window.history.state, '', window.location.pathname + searchOf(after));
			return after;
		});
	return [query, set];
}

const RUNNING = 700;
const TROUBLED = 15e3;
function useSurvey({ ask, every, isCurrent = () => true, on, key = '', once = false }) {
	const [surveyed, set] = useState({ facts: null, looking: false, trouble: null });
	useEffect(() => {
		if (!on && !once) return void 0;
		let stopped = false;
		const repeated = repeat(async () => {
			try {
				const reply = await ask();
				if (stopped) return null;
				if ('error' in reply) {
					set((before) => ({ ...before, looking: false, trouble: reply.error }));
					return TROUBLED;
				}
				set((before) => ({ facts: reply.facts ?? before.facts, looking: reply.running, trouble: null }));
				if (reply.running || !reply.facts || !isCurrent(reply.facts)) return RUNNING;
				return on ? every(reply.facts) : null;
			} catch (error) {
				if (!stopped)
					set((before) => ({ ...before, looking: false, trouble: error instanceof TroubleError ? error.trouble : 'OTHER_VERSION' }));
				return TROUBLED;
			}
		});
		return () => {
			stopped = true;
			repeated.stop();
		};
	}, [on, key]);
	return surveyed;
}
function useOnScreen() {
	const element = useRef(null);
	const [seen, setSeen] = useState(false);
	useEffect(() => {
		const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting === true), { rootMargin: '100px' });
		if (element.current) observer.observe(element.current);
		return () => observer.disconnect();
	}, []);
	return [element, seen];
}

function row(heads, cells, key) {
	return createElement(
		'tr',
		{ key, role: 'row' },
		cells.map((cell, index) => createElement('td', { role: 'cell', 'data-column': heads[index] }, createElement('div', null, cell))),
	);
}
function Head$1({ heads }) {
	return createElement(
		'thead',
		{ role: 'rowgroup' },
		createElement(
			'tr',
			{ role: 'row' },
			heads.map((head) => createElement('th', { role: 'columnheader', scope: 'col' }, head)),
		),
	);
}
function Table({ label, heads, lines }) {
	return createElement(
		'table',
		{ class: 'nfo-table', role: 'table', 'aria-label': label },
		createElement(Head$1, { heads }),
		createElement(
			'tbody',
			{ role: 'rowgroup' },
			lines.map(({ key, cells }) => row(heads, cells, key)),
		),
	);
}
function host(name, address) {
	return [name && [createElement('strong', { dir: 'auto' }, name), ' '], createElement('span', { dir: 'ltr' }, address)];
}

function usePaused() {
	const [paused, setPaused] = useState(false);
	useEffect(() => {
		const onStop = () => setPaused(true);
		const onStart = () => setPaused(!poll.active());
		document.addEventListener('poll-stop', onStop);
		document.addEventListener('poll-start', onStart);
		return () => {
			document.removeEventListener('poll-stop', onStop);
			document.removeEventListener('poll-start', onStart);
		};
	}, []);
	return paused;
}

function Head({ news: { seen, trouble }, actions: { refusal }, children }) {
	const paused = usePaused();
	const cutShort = seen?.cutShort;
	return createElement(
		Fragment,
		null,
		createElement('h2', null, _('Flow Offloading')),
		createElement('div', { class: 'cbi-map-descr' }, children),
		trouble &&
			createElement(
				Message,
				{ level: seen ? 'attention' : 'bad', title: _('No news from the router'), code: trouble },
				createElement(Words, { ...explainTrouble(trouble) }),
			),
		paused &&
			!trouble &&
			createElement(
				Message,
				{ level: 'plain', title: _('Refreshing is paused'), code: 'PAUSED' },
				createElement(
					'p',
					null,
					_('What you see is from the moment when it was paused. The button “Paused” at the head of the page goes on.'),
				),
			),
		refusal &&
			createElement(
				Message,
				{ level: 'attention', title: _('That was not done'), urgent: true, code: typeof refusal === 'string' ? refusal : refusal.code },
				createElement(TroubleWords, { trouble: refusal }),
			),
		cutShort &&
			createElement(
				Message,
				{ level: 'attention', title: _('The router has restarted during the trial'), code: 'RESTARTED' },
				createElement(
					'p',
					null,
					(cutShort.saved ? _('%s was saved before that.') : _('%s was not saved, so the setting from before is back.')).format(
						offloading(cutShort.mode),
					),
				),
			),
		!seen && !trouble && createElement('p', { class: 'spinning', role: 'status' }, _('Asking the router…')),
	);
}

const ARRIVAL = 6e4;
function whenLeft(root, left) {
	let arrived = false;
	let timer;
	const end = () => {
		observer.disconnect();
		window.clearTimeout(timer);
		left();
	};
	const look = () => {
		if (root.isConnected) {
			arrived = true;
			return;
		}
		if (arrived) {
			window.clearTimeout(timer);
			timer = window.setTimeout(() => {
				if (!root.isConnected) end();
			}, 0);
		}
	};
	const observer = new MutationObserver(look);
	observer.observe(document, { childList: true, subtree: true });
	timer = window.setTimeout(() => {
		if (!root.isConnected) end();
	}, ARRIVAL);
	look();
}

const MIDDLE = 0.179;
function backdropOf(element) {
	const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	if (!context) return null;
	const layers = ['#fff'];
	for (let box = element; box; box = box.parentElement) layers.splice(1, 0, getComputedStyle(box).backgroundColor);
	for (const layer of layers) {
		context.fillStyle = layer;
		context.fillRect(0, 0, 1, 1);
	}
	const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
	return { red, green, blue };
}
function isDark({ red, green, blue }) {
	const linear = (part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) < MIDDLE;
}
const FOLLOWED = 'data-nfo-followed';
function whenThemeChanges(element, read) {
	const root = element.closest(`[${FOLLOWED}]`);
	root?.addEventListener(FOLLOWED, read);
	return () => root?.removeEventListener(FOLLOWED, read);
}
function followBackdrop(root) {
	if (typeof ResizeObserver !== 'function') return () => void 0;
	root.toggleAttribute(FOLLOWED, true);
	const read = () => {
		const colour = root.isConnected ? backdropOf(root) : null;
		if (!colour) return;
		root.style.setProperty('--nfo-backdrop', `rgb(${colour.red}, ${colour.green}, ${colour.blue})`);
		root.toggleAttribute('data-nfo-dark', isDark(colour));
		root.dispatchEvent(new Event(FOLLOWED));
	};
	const sight = new ResizeObserver(read);
	sight.observe(root);
	const system = window.matchMedia('(prefers-color-scheme: dark)');
	system.addEventListener('change', read);
	const theme = new MutationObserver(read);
	for (const element of [document.documentElement, document.body]) theme.observe(element, { attributes: true });
	theme.observe(document.head, { childList: true });
	const faded = ({ target }) => {
		if (target instanceof Node && target.contains(root)) read();
	};
	document.addEventListener('transitionend', faded);
	return () => {
		sight.disconnect();
		theme.disconnect();
		system.removeEventListener('change', read);
		document.removeEventListener('transitionend', faded);
	};
}

const rooms = `/* SPDX-License-Identifier: Apache-2.0 */
/* What stands below the choice of a mode, and the tab Connections. */
.nfo-room { display: flex; flex-direction: column; gap: .5rem; min-width: 0; }
.nfo .nfo-room > * { margin-block: 0; }
.nfo .nfo-room .nfo-room { margin-top: .75rem; }
.nfo-count, .nfo-badge { border: 1px solid var(--nfo-level, var(--nfo-plain)); border-radius: 9px; padding: 0 .5rem; font-size: 12px; white-space: nowrap; }
.nfo-count { font-weight: normal; }
.nfo-findings { display: flex; flex-direction: column; gap: .5rem; }
.nfo .nfo-findings > li > * + * { margin-top: .35rem; }
.nfo-findings pre { user-select: all; }
.nfo-evidence { font-size: 12px; }
.nfo .nfo-what-to-do { list-style: decimal; padding-inline-start: 1.75em; }
.nfo .nfo-what-to-do li { list-style: inherit; }
.nfo .nfo-what-to-do li:only-child { list-style: none; margin-inline-start: -1.75em; }

/* not LuCI's table classes: each theme takes them apart at another width of the window, in its own way.
   One theme gives them to every table in #view, so that whatever these classes do is undone here;
   another one has an important size for the letters of all tables. */
.nfo .nfo-table { display: table; width: 100%; overflow: visible; border-collapse: collapse; box-shadow: none; font-size: 13px !important; }
.nfo .nfo-table tr { background: none; }
:where(.nfo) .nfo-table thead { display: table-header-group; }
:where(.nfo) .nfo-table tr { display: table-row; }
:where(.nfo) .nfo-table :is(th, td) { display: table-cell; min-width: 0; }
.nfo .nfo-table :is(th, td) { padding: .35rem; text-align: start; vertical-align: top; border: 0; border-bottom: 1px solid var(--nfo-line); background: none; color: inherit; letter-spacing: inherit; overflow-wrap: anywhere; text-transform: none; }
.nfo .nfo-table th { position: static; white-space: nowrap; font-size: 12px; font-weight: bold; }
.nfo-table p + p { margin-top: .2rem; }
/* no column is as wide as its contents ask, so that rows out of sight need not be laid out */
.nfo .nfo-flows, .nfo .nfo-flows > * { display: block; font-variant-numeric: tabular-nums; }
.nfo-flows tbody { content-visibility: auto; contain-intrinsic-size: auto 105em; }
.nfo .nfo-flows tr { display: grid; grid-template-columns: 8.5em 3.5fr 3.5fr 6.3em 6.3em 5em 6.5em 3fr; }
.nfo-flows .nfo-badge { display: inline-block; white-space: normal; }
.nfo-old { opacity: .6; }
.nfo-measured { font-size: 12px; white-space: nowrap; }
.nfo-filters { display: flex; flex-wrap: wrap; gap: .4rem; margin-block: .4rem; }
.nfo .nfo-filters input { flex: 1 1 12rem; }
.nfo .nfo-filters [aria-pressed="true"] { box-shadow: inset 0 0 0 2px var(--nfo-accent); }
.nfo-share { display: flex; height: 4px; margin-top: 2px; }
.nfo-share span { background: var(--nfo-path); }

@container nfo (max-width: 820px) {
	.nfo .nfo-table, .nfo .nfo-table :is(tbody, tr, th, td) { display: block; }
	.nfo .nfo-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	.nfo-flows tbody { contain-intrinsic-size: auto 480em; }
	.nfo .nfo-table tr { border: 1px solid var(--nfo-line); border-radius: 4px; padding: .3rem .6rem; margin-bottom: .5rem; }
	.nfo .nfo-table td { display: grid; grid-template-columns: 6rem 1fr; gap: .5rem; border: 0; padding: .15rem 0; }
	.nfo .nfo-table td::before { content: attr(data-column); margin: 0; opacity: .85; color: inherit; font-size: 12px; font-weight: inherit; letter-spacing: inherit; text-transform: none; }
}
`;

const status = `/* SPDX-License-Identifier: Apache-2.0 */
/* Three steps, the picture, a trial, and the choice of a mode. */
.nfo-events { display: contents; }
.nfo-stale .nfo-tiles, .nfo-stale .nfo-picture { filter: grayscale(1); }
.nfo-tiles { display: grid; grid-template-columns: 1fr 1fr 1.6fr; gap: 1.75rem; }
.nfo .nfo-tile { position: relative; border: 1px solid var(--nfo-line); border-inline-start: 4px solid var(--nfo-level); border-radius: 4px; padding: .6rem .8rem; }
.nfo-tile + .nfo-tile::before { content: ""; position: absolute; inset-inline-start: -1.35rem; top: calc(50% - .3rem); width: .55rem; height: .55rem; border: solid var(--nfo-plain); border-width: 2px 2px 0 0; transform: rotate(45deg); }
[dir="rtl"] .nfo-tile + .nfo-tile::before { transform: rotate(-135deg); }
.nfo-tile-title { font-size: 11px; line-height: 1.4; letter-spacing: .06em; text-transform: uppercase; opacity: .85; }
/* spaces would tear joined letters apart */
[dir="rtl"] .nfo-tile-title { letter-spacing: 0; }
.nfo .nfo-reason { margin-top: .25rem; }

.nfo .nfo-picture { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr minmax(7rem, max-content); border: 1px solid var(--nfo-line); border-radius: 4px; padding: 1rem; }
.nfo-box { display: flex; flex-direction: column; justify-content: center; gap: .5rem; max-width: 12rem; padding: .75rem; border: 2px solid var(--nfo-plain); border-radius: 8px; background: var(--nfo-soft); text-align: center; }
.nfo-box strong, .nfo-box span { display: block; }
.nfo-box strong { font-size: 15px; }
.nfo-box span, .nfo-burden { font-size: 12px; opacity: .85; }
.nfo-lanes { display: flex; flex-direction: column; gap: 1rem; justify-content: space-between; }
.nfo-lane-head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: 0 1rem; font-size: 15px; }
.nfo-numbers { font-variant-numeric: tabular-nums; }
.nfo-numbers span + span::before { content: " · "; white-space: pre; }
.nfo-burden { padding: 0 1rem; }
.nfo-track { position: relative; height: 26px; }
.nfo-track svg { position: absolute; inset: 0; width: 100%; height: 100%; stroke: var(--nfo-path); transition: stroke-width .6s; }
.nfo-path-software .nfo-track svg { stroke-dasharray: 22 5; }
.nfo-path-slow .nfo-track svg { stroke-dasharray: 5 4; }
.nfo-idle .nfo-track svg { stroke: var(--nfo-plain); stroke-dasharray: 2 5; }
.nfo-upright { display: none; }
.nfo-stations { position: absolute; inset: 0; display: flex; justify-content: space-evenly; align-items: center; }
.nfo-stations span { font-size: 11px; line-height: 16px; padding: 0 .5rem; border: 1px solid var(--nfo-path); border-radius: 9px; background: var(--nfo-page); white-space: nowrap; }

.nfo-trial { position: sticky; bottom: .5rem; z-index: 1; border: 1px solid var(--nfo-attention); border-radius: 4px; padding: .7rem .8rem; background: var(--nfo-page); box-shadow: 0 0 8px #0003; overflow: hidden; }
.nfo-trial-row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; }
.nfo-trial-words { flex: 1 1 18rem; }
.nfo-trial-answer { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.nfo-clock { font-size: 18px; font-weight: bold; font-variant-numeric: tabular-nums; min-width: 3rem; text-align: end; }
.nfo-left { position: absolute; inset-inline: 0; bottom: 0; height: 4px; background: var(--nfo-line); }
.nfo-left div { height: 100%; background: var(--nfo-attention); transition: width .25s linear; }
.nfo .nfo-steps { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .5rem; }
.nfo-steps li::before { display: inline-block; width: 1.3em; font-weight: bold; content: "○"; }
.nfo-steps .nfo-step-done::before { content: "✓"; color: var(--nfo-good); }
.nfo-steps .nfo-step-now::before { content: "●"; color: var(--nfo-software); animation: nfo-breathe 1.2s infinite alternate; }
.nfo-steps .nfo-step-failed::before { content: "✕"; color: var(--nfo-bad); }
.nfo-steps .nfo-step-now { font-weight: bold; }
@keyframes nfo-breathe { to { opacity: .3; } }

.nfo .nfo-choice { min-width: 0; }
.nfo legend { display: block; width: auto; margin-block: .5rem; font-size: 18px; font-weight: bold; }
.nfo-cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem; }
.nfo-card { position: relative; border: 1px solid var(--nfo-line); border-radius: 4px; padding: .7rem .8rem; }
.nfo-chosen { border-color: var(--nfo-accent); box-shadow: inset 0 0 0 1px var(--nfo-accent); }
.nfo-card:focus-within { outline: 2px solid var(--nfo-accent); outline-offset: 2px; }
.nfo-card-head { display: flex; justify-content: space-between; align-items: center; gap: .5rem; font-size: 15px; min-height: 1.5rem; margin-bottom: .25rem; }
.nfo .nfo-card-head label { font-weight: bold; font-size: 15px; cursor: pointer; }
.nfo-card-head label::after { content: ""; position: absolute; inset: 0; }
.nfo-present { font-size: 11px; border: 1px solid var(--nfo-plain); border-radius: 9px; padding: 0 .5rem; white-space: nowrap; }
.nfo .nfo-prerequisites { margin-top: .5rem; font-size: 12px; }
.nfo-prerequisites li { display: flex; gap: .4rem; align-items: baseline; }
.nfo .nfo-try { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-top: .75rem; }
.nfo-try-words { flex: 1 1 18rem; font-size: 12px; }

@container nfo (max-width: 720px) {
	.nfo .nfo-tile + .nfo-tile::before { inset-inline-start: calc(50% - .3rem); top: -.85rem; transform: rotate(135deg); }
	.nfo-tiles { grid-template-columns: 1fr; gap: 1.1rem; }
	.nfo-cards { grid-template-columns: 1fr; }
	.nfo .nfo-picture { grid-template-columns: 1fr; padding: .6rem; }
	.nfo-box { max-width: none; padding: .5rem; gap: .1rem; }
	.nfo-lanes { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0; }
	.nfo-lane { display: grid; grid-template: auto auto 1fr / 22px 1fr; padding-inline-start: 2px; }
	.nfo-lane-head { display: block; grid-column: 2; padding: .6rem .2rem 0; font-size: 13px; }
	.nfo-lane-head strong, .nfo-numbers span { display: block; }
	.nfo-numbers { font-size: 11px; }
	.nfo-numbers span + span::before { content: none; }
	.nfo-track { grid-area: 1 / 1 / 4 / 2; width: 22px; height: auto; min-height: 7.5rem; }
	.nfo-burden { grid-column: 2; padding: .2rem .2rem .6rem; font-size: 11px; }
	.nfo-stations, .nfo-across { display: none; }
	.nfo-upright { display: inline; }
}
`;

const style = `/* SPDX-License-Identifier: Apache-2.0 */
/* What every part of the pages and the card on the overview share: colours, and what has to hold in
   every theme (docs/themes). Colours of a theme are used only where it has them; the fallbacks read
   on white and on #1e1e1e. Text keeps the theme's colour. */
.nfo {
	/* at least 3:1 on white, #eee, #1e1e1e and #333, so that they are the same in every theme */
	--nfo-hardware: #2c9148;
	--nfo-software: #3a7fd0;
	--nfo-slow: #b8710f;
	--nfo-good: var(--nfo-hardware);
	--nfo-attention: var(--nfo-slow);
	--nfo-bad: #dc4c3e;
	--nfo-plain: #828282;
	/* lines that only part things from each other, and areas */
	--nfo-line: var(--border-color-medium, #8886);
	--nfo-soft: var(--background-color-medium, #8881);
	--nfo-accent: var(--primary-color-high, var(--nfo-software));
	/* backdrop.ts sets --nfo-backdrop */
	--nfo-page: var(--nfo-backdrop, var(--background-color-high, transparent));
	display: flex;
	flex-direction: column;
	gap: .75rem;
	/* a side menu takes a quarter of the window: the page's own width counts */
	container: nfo / inline-size;
	overflow-wrap: anywhere;
}
/* for what the browser draws itself: radio buttons, lists, scroll bars */
[data-nfo-dark] > .nfo { color-scheme: dark; }
:not([data-nfo-dark]) > .nfo { color-scheme: light; }

/* stronger than a theme's rules for elements, weaker than any rule of ours for a class */
:where(.nfo) :is(p, li, ul, ol, figure, fieldset, legend, label, pre, table) { margin: 0; padding: 0; border: 0; color: inherit; font-size: inherit; line-height: inherit; }
.nfo :is(ul, ol, li) { list-style: none; }
:where(.nfo) strong { letter-spacing: inherit; color: inherit; }
.nfo :is(code, pre) { background: none; box-shadow: none; color: inherit; font-family: monospace; font-size: 12px; font-size-adjust: none; }
.nfo code { padding: 0; }
.nfo pre { max-height: 18rem; margin: .35rem 0 0; padding: .35rem .5rem; overflow: auto; white-space: pre-wrap; border: 1px solid var(--nfo-line); border-radius: 4px; background: var(--nfo-soft); line-height: 1.5; }
.nfo a:any-link { color: inherit; text-decoration: underline; }
.nfo summary { display: list-item; list-style: inside disclosure-closed; cursor: pointer; }
.nfo details[open] > summary { list-style-type: disclosure-open; }
.nfo :focus-visible { outline: 2px solid var(--nfo-accent); outline-offset: 2px; }
/* the title keeps what the theme does to the title of any page */
.nfo > h2 { margin-bottom: 0; }
.nfo > .cbi-map-descr { margin: 0; color: inherit; opacity: 1; }
.nfo-heading-3 { font-size: 18px; font-weight: bold; line-height: 1.5; }
.nfo-heading-4 { font-size: 14px; font-weight: bold; line-height: 1.5; }
.nfo-headline { font-size: 16px; font-weight: bold; line-height: 1.5; }
.nfo-detail { font-size: 12px; opacity: .85; }
.nfo-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.nfo .nfo-good { --nfo-level: var(--nfo-good); }
.nfo .nfo-plain { --nfo-level: var(--nfo-plain); }
.nfo .nfo-attention { --nfo-level: var(--nfo-attention); }
.nfo .nfo-bad { --nfo-level: var(--nfo-bad); }
.nfo-path-hardware { --nfo-path: var(--nfo-hardware); }
.nfo-path-software { --nfo-path: var(--nfo-software); }
.nfo-path-slow { --nfo-path: var(--nfo-slow); }
.nfo .nfo-sign, .nfo .nfo-icon { display: inline-block; width: 1em; height: 1em; fill: none; stroke: var(--nfo-path, var(--nfo-level)); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; vertical-align: -.125em; flex: none; }
.nfo .nfo-icon { stroke-width: 1.5; }
[dir="rtl"] .nfo-icon { transform: scaleX(-1); }

/* LuCI's buttons, as wide as each other; one theme gives every kind a padding of its own */
.nfo .btn.cbi-button { min-width: 7.5em; height: auto; min-height: 2.15em; margin: 0; text-align: center; white-space: normal; word-break: normal; overflow-wrap: break-word; }
/* controls that some theme takes the border, the background or the shape from; one dims every border by !important */
.nfo :is(select, input[type="search"]) { width: auto; min-width: 0; max-width: 100%; height: auto; min-height: 2.15em; margin: 0; padding: .25rem .5rem; border: 1px solid var(--nfo-plain) !important; border-radius: 4px; background: var(--nfo-page); box-shadow: none; color: inherit; font: inherit; line-height: 1.4; }
.nfo select { appearance: auto; }
.nfo ::placeholder { color: inherit; opacity: .8; }
.nfo input[type="radio"] { position: static; flex: none; appearance: auto; box-sizing: border-box; width: 1rem; min-width: 0; height: 1rem; min-height: 0; margin: 0; padding: 0; vertical-align: -.1em; accent-color: var(--nfo-accent); }
.nfo input[type="radio"]::before, .nfo input[type="radio"]::after { content: none; }
.nfo label { display: inline-flex; gap: .4rem; align-items: center; float: none; width: auto; text-align: start; }

/* LuCI's message, in colours that can be read (those of the themes have as little as 1.9:1), and where it stands (some themes move it about) */
.nfo .nfo-message { position: static; width: auto; transform: none; margin: 0; border: 1px solid var(--nfo-line); border-inline-start: 4px solid var(--nfo-level); border-radius: 4px; padding: .6rem .8rem; background: none; box-shadow: none; color: inherit; font-weight: inherit; text-shadow: none; }
.nfo .nfo-message > * { margin: 0; }
.nfo .nfo-message > * + * { margin-top: .35rem; }
.nfo-loud { border: 2px solid var(--nfo-bad); padding: .5rem; border-radius: 4px; }
@media (prefers-reduced-motion: reduce) {
	.nfo * { transition: none !important; animation: none !important; }
}
`;

function mount(Page) {
	const root = document.createElement('div');
	root.dir = direction();
	const forget = followBackdrop(root);
	render(
		createElement(
			Fragment,
			null,
			createElement('style', null, style, status, rooms),
			createElement(Page, { writable: L.hasViewPermission() === true }),
		),
		root,
	);
	whenLeft(root, () => {
		render(null, root);
		forget();
	});
	return root;
}

const WITHOUT_COUNTER = /\b(21|22)\.\d\d/;
const withoutCounter = ({ loaded: { flowtable }, router: { release } }, why) =>
	flowtable?.counter === false && WITHOUT_COUNTER.test(release) === (why === 'release') ? [release] : [];
const miscountedMeans = () => _('Offloading works, but byte counts and shares, here and in statistics, are too low or missing.');

const defineFinding = (definition) => definition;

const accountingOff = defineFinding({
	code: 'ACCOUNTING_OFF',
	level: 'attention',
	order: 50,
	threads: ['nf_conntrack-sysctl'],
	looksAt: ['status'],
	evidence: ({ status: { prerequisites } }) => (prerequisites.accounting === false ? ['nf_conntrack_acct = 0'] : []),
	command: 'sysctl -w net.netfilter.nf_conntrack_acct=1',
	title: () => _('Connections are not counted'),
	means: miscountedMeans,
	steps: () => [_('Turn on counting with the command below.')],
	costs: () => _('Counting costs very little CPU time; a restart of the router forgets the command.'),
});

const timedRules = ({ blocks }) => blocks.filter(({ timed }) => timed);
const clientRules = ({ blocks }) =>
	blocks.filter(({ timed, clients, target }) => !timed && clients.length > 0 && /^(DROP|REJECT)$/i.test(target));
const ruleName = ({ name, clients }) => [name, ...clients].filter(Boolean).join(' ') || '?';

const FIREWALL_PAGE = 'admin/network/firewall';
const saveMode = (software, hardware, verb = 'reload') =>
	[
		`uci set firewall.@defaults[0].flow_offloading=${software}`,
		`uci set firewall.@defaults[0].flow_offloading_hw=${hardware}`,
		'uci commit firewall',
		`/etc/init.d/firewall ${verb}`,
	].join('; ');
const installPackage = (release, name) => (/\b2[1-4]\.\d\d/.test(release) ? `opkg update; opkg install ${name}` : `apk add -U ${name}`);
const reloadFirewall = {
	command: '/etc/init.d/firewall reload',
	steps: () => [_('Reload the firewall with the command below.')],
	costs: () => _('For a moment all connections pass the whole firewall again; none of them is cut.'),
};
const chooseSoftware = {
	command: saveMode(1, 0),
	steps: () => [_('Choose “Software” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Offloading then runs in software only, which costs more CPU time.'),
};
const stayInSoftware = {
	...chooseSoftware,
	costs: () => _('Nothing becomes slower, because all offloaded connections run in software already.'),
};
const chooseOff = {
	command: saveMode(0, 0),
	steps: () => [_('Choose “Off” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Every packet costs CPU time again, so a fast line may no longer be used up.'),
};
const upgradeOpenWrt = {
	page: 'admin/system/flash',
	steps: () => [_('Save a backup of the configuration, then install a newer OpenWrt.')],
	costs: () => _('The router restarts and is away for some minutes.'),
};
const forgetConnections = {
	command: 'echo f > /proc/net/nf_conntrack',
	steps: () => [_('After each change, make the router forget its connections with the command below.')],
	costs: () => _('Most running downloads, calls and logins break off and have to begin again.'),
};

const ADDRESS = /^(\d+(\.\d+){3}|(?=.*::|(.*:){7})[\da-f:]+)$/i;
const blockClient = defineFinding({
	...forgetConnections,
	code: 'BLOCK_CLIENT',
	level: 'plain',
	order: 110,
	threads: ['Siflower/1806_SDK#47'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => clientRules(conflicts).map(ruleName),
	/* with addresses only these clients' connections are forgotten */
	command: ({ conflicts }) => {
		const clients = clientRules(conflicts).flatMap((rule) => rule.clients);
		return clients.every((client) => ADDRESS.test(client))
			? clients.map((client) => `echo ${client} > /proc/net/nf_conntrack`).join('; ')
			: forgetConnections.command;
	},
	title: () => _('Rules that block clients can miss running connections'),
	means: () => _('An offloaded connection goes on after its client is blocked, because it no longer passes the rules.'),
});

const blockTimed = defineFinding({
	...forgetConnections,
	code: 'BLOCK_TIMED',
	level: 'plain',
	order: 100,
	threads: ['Siflower/1806_SDK#47'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => timedRules(conflicts).map(ruleName),
	title: () => _('Rules with times can miss running connections'),
	means: () => _('A connection that is offloaded when the time begins goes on, because it no longer passes the rules.'),
	steps: () => [
		_('When such a time begins, make the router forget its connections with the command below.'),
		_('System → Scheduled Tasks can do so every day.'),
	],
});

const TUNNELS = ['wireguard', 'rawip', 'tun', 'ipip', 'sit', 'ip6tnl', 'gre'];
function kindOf({ raw, chain, l3 }, { coverage: { links } }) {
	if (raw) return 'raw';
	const kind = chain[0]?.[0]?.kind ?? null;
	if (kind === 'ppp') return 'pppoe';
	if (TUNNELS.includes(kind)) return 'tunnel';
	return links.some((link) => link.name === l3 && link.kind === 'bridge' && link.lower.length === 0) ? 'empty bridge' : 'other';
}
const wayOf = ({ name, chain }) => `${name}: ${chain.map((level) => level.map((device) => device.name).join(', ')).join(' → ')}`;
const routedNetworks = ({ judged: { networks } }) =>
	networks.filter(({ l3 }, index) => networks.findIndex((one) => one.l3 === l3) === index);
function missingOf({ in: { why } }, { judged: { would } }) {
	const missing = why.code === 'NOT_LISTED' || why.code === 'SOME_LISTED' ? why.missing : [];
	return missing.filter((device) => !would.includes(device));
}
const networksLacking = (seen, kind) =>
	routedNetworks(seen).filter((network) => kindOf(network, seen) === kind && missingOf(network, seen).length > 0);
const PLAIN_NAME = /^[\w.@-]+$/;
function addCommand(
	{
		status: {
			loaded: { flowtable },
		},
	},
	devices,
) {
	if (!devices.every((device) => PLAIN_NAME.test(device))) return '';
	const list = devices.map((device) => `"${device}"`).join(', ');
	const flags = `${flowtable?.offload ? ' flags offload;' : ''}${flowtable?.counter ? ' counter;' : ''}`;
	return `nft add flowtable inet fw4 ft '{ hook ingress priority 0; devices = { ${list} };${flags} }'`;
}
function connectionsOf(networks) {
	const [first, ...others] = networks;
	if (!first || others.some(({ zone }) => zone !== first.zone)) return null;
	return others.length ? { zone: first.zone } : { search: first.name };
}
const addMissingDevices = (kind) => ({
	command: (seen) => addCommand(seen, [...new Set(networksLacking(seen, kind).flatMap((network) => missingOf(network, seen)))]),
	/* Linux up to 7.1 fixes the device of a connection when it is offloaded */
	steps: () => [
		_('Add the missing devices to the fast path with the command below.'),
		_('New connections are fast at once; those that run already may have to begin again.'),
	],
	costs: () => _('Nothing is interrupted, but a reload of the firewall or a restart of the router forgets the addition.'),
});
const slowNetworkMeans = () => _('In at least one direction its packets take the slow path, which costs speed and CPU time.');

const bridgeSlow = defineFinding({
	...addMissingDevices('other'),
	code: 'BRIDGE_SLOW',
	level: 'attention',
	order: 100,
	threads: ['openwrt/openwrt#9854', 'openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'other').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'other')),
	title: () => _('A network is not fully on the fast path'),
	means: slowNetworkMeans,
});

const enabledServices = ({ services }, ...names) =>
	services.filter(({ name, enabled }) => enabled && names.includes(name)).map(({ name }) => name);
const shapers = (conflicts) => [
	...conflicts.sqm.filter(({ enabled }) => enabled).map((sqm) => `sqm: ${sqm.interface} (${sqm.qdisc})`),
	...enabledServices(conflicts, 'qosify', 'qosmate', 'nft-qos', 'qos'),
	...(conflicts.qdiscs ?? []).map(({ device, kind }) => `${device}: ${kind}`),
];
const SPEED_TEST = /^(iperf|netperf|netserver|speedtest)/;
const speedTests = ({ observers }) => observers.filter((name) => SPEED_TEST.test(name));
const captures = ({ observers }) => observers.filter((name) => !SPEED_TEST.test(name));

const bridgedWlan = defineFinding({
	code: 'BRIDGED_WLAN',
	level: 'plain',
	order: 50,
	threads: ['openwrt/openwrt#18589', 'openwrt/openwrt#22533', 'openwrt/openwrt#24038'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { links }, conflicts }) => {
		if (conflicts && enabledServices(conflicts, 'bridger').length) return [];
		return links
			.filter(({ kind }) => kind === 'bridge')
			.flatMap(({ name, lower }) => {
				const ports = links.filter((link) => lower.includes(link.name));
				const mixed = new Set(ports.map((port) => port.kind === 'wlan')).size === 2;
				return mixed ? [`${name}: ${ports.map((port) => port.name).join(', ')}`] : [];
			});
	},
	title: () => _('Wi-Fi and cable share a bridge'),
	means: () => _('Traffic between them does not pass the firewall, so there is nothing to bypass: this is by design, not a fault.'),
	steps: () => [_('There is nothing to do; traffic from and to the internet is offloaded as usual.')],
	costs: () => _('Copying large files between Wi-Fi and cable costs CPU time.'),
});

const captureBlind = defineFinding({
	...chooseOff,
	code: 'CAPTURE_BLIND',
	level: 'plain',
	order: 140,
	threads: ['openwrt/openwrt#10947'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'hardware' ? captures(conflicts) : []),
	connections: () => ({ path: 'hardware' }),
	title: () => _('A capture on this router can miss packets'),
	means: () => _('Packets in hardware do not reach the CPU, so the capture does not show them.'),
	steps: () => [_('Choose “Off” above while you capture.')],
});

const counterLost = defineFinding({
	...reloadFirewall,
	code: 'COUNTER_LOST',
	level: 'attention',
	order: 70,
	threads: ['openwrt/openwrt#10399'],
	looksAt: ['status'],
	evidence: ({ status }) => withoutCounter(status, 'lost'),
	title: () => _('Offloaded packets are no longer counted'),
	means: miscountedMeans,
});

const counterNone = defineFinding({
	...upgradeOpenWrt,
	code: 'COUNTER_NONE',
	level: 'attention',
	order: 60,
	threads: ['openwrt/openwrt#10399'],
	looksAt: ['status'],
	evidence: ({ status }) => withoutCounter(status, 'release'),
	title: () => _('This release does not count offloaded packets'),
	means: miscountedMeans,
});

const disagreement = defineFinding({
	...reloadFirewall,
	code: 'DISAGREEMENT',
	level: 'attention',
	order: 150,
	threads: ['nf_flowtable'],
	looksAt: ['coverage', 'judged', 'agreements'],
	evidence: ({ agreements }) =>
		agreements
			.filter(({ verdict }) => verdict === 'COVERED_BUT_SLOW' || verdict === 'UNCOVERED_BUT_FAST')
			.map(({ network, direction }) => (direction === 'in' ? `${network} →` : `→ ${network}`)),
	title: () => _('Measurement and prediction disagree'),
	means: () => _('These directions are faster or slower than this page expects; what was measured is true.'),
	steps: () => [_('If they are slow, reload the firewall with the command below.')],
});

const emptyBridge = defineFinding({
	...addMissingDevices('empty bridge'),
	code: 'EMPTY_BRIDGE',
	level: 'attention',
	order: 110,
	threads: ['openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'empty bridge').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'empty bridge')),
	title: () => _('A bridge without ports is not on the fast path'),
	means: slowNetworkMeans,
});

const firewallLost = defineFinding({
	code: 'FIREWALL_LOST',
	level: 'bad',
	order: 10,
	threads: ['openwrt/openwrt#9935', 'openwrt/openwrt#9920'],
	looksAt: ['status'],
	alsoWhileOff: true,
	evidence: ({ status: { loaded, asked } }) =>
		loaded.error === null && !loaded.table && modeOfOptions(asked.effective) === 'hardware' ? ['flow_offloading_hw=1'] : [],
	command: saveMode(1, 0, 'restart'),
	title: () => _('The firewall is not loaded, and hardware offloading is asked for'),
	means: () => _('Nothing is filtered and no address is translated, so your network is not protected.'),
	steps: () => [
		_('Turn hardware offloading off and restart the firewall with the command below.'),
		_('If the firewall stays down, the command “fw4 check” says why.'),
	],
	costs: () => _('Offloading then runs in software only, which costs more CPU time.'),
});

const boundConnections = ({ bound }, which) =>
	bound.flatMap((table) => {
		const count = which === 'half' ? table.half_count : table.orphan_count;
		return count ? [`${table.source}: ${count}`, ...table[which]] : [];
	});

const halfBound = defineFinding({
	...reloadFirewall,
	code: 'HALF_BOUND',
	level: 'plain',
	order: 60,
	threads: ['openwrt/openwrt#17915'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => boundConnections(conflicts, 'half'),
	title: () => _('The network chip holds one direction only of some connections'),
	means: () => _('The other direction runs on the CPU and can be slower.'),
});

const nothingInHardware = ({ status, memory }, before) =>
	status.loaded.flowtable?.offload && memory.hardware === before && memory.symptoms.get(HARDWARE_IDLE)?.on
		? [status.router.model, `[OFFLOAD]: ${memory.windows[0]?.flows.software ?? 0}`, '[HW_OFFLOAD]: 0']
		: [];

const hardwareFaded = defineFinding({
	...reloadFirewall,
	code: 'HARDWARE_FADED',
	level: 'attention',
	order: 20,
	threads: ['openwrt/openwrt#10354'],
	looksAt: ['status', 'memory'],
	evidence: (seen) => nothingInHardware(seen, true),
	connections: () => ({ path: 'software' }),
	title: () => _('No connection is in hardware any more'),
	means: () => _('There were some since the firewall was loaded; now the CPU does the work of the network chip.'),
	steps: () => [...reloadFirewall.steps(), _('If it happens again, choose “Software” above.')],
});

const hardwareRefused = defineFinding({
	...stayInSoftware,
	code: 'HARDWARE_REFUSED',
	level: 'attention',
	order: 160,
	threads: ['openwrt/openwrt#14365'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: ({ status: { asked, loaded }, coverage }) => {
		const fellBack = modeOfOptions(asked.effective) === 'hardware' && loaded.flowtable?.offload === false;
		return fellBack
			? (coverage.probed ?? []).filter(({ accepted }) => !accepted).map(({ name, output }) => `${name}: ${output.split('\n')[0]}`)
			: [];
	},
	title: () => _('A device refuses hardware offloading'),
	means: () => _('One device that refuses is enough: the firewall then offloads in software for all of them.'),
});

const DEFAULT_TIMEOUT = 30;
const WATCHED_SECONDS = 60;
const hardwareStill = defineFinding({
	...chooseSoftware,
	code: 'HARDWARE_STILL',
	level: 'attention',
	order: 180,
	threads: ['openwrt/openwrt#22970'],
	looksAt: ['conflicts'],
	evidence: ({
		conflicts: {
			still,
			flow_timeouts: { tcp, udp },
		},
	}) =>
		still?.hardware && Math.max(tcp ?? DEFAULT_TIMEOUT, udp ?? DEFAULT_TIMEOUT) < WATCHED_SECONDS
			? [`[HW_OFFLOAD]: ${still.hardware}`]
			: [],
	connections: () => ({ path: 'hardware' }),
	title: () => _('Counters of connections in hardware stand still'),
	means: () => _('The driver does not report their packets, so their byte counts and rates are too low.'),
	steps: () => [_('Leave it as it is if you do not need these numbers.'), ...chooseSoftware.steps()],
});

const hardwareUnused = defineFinding({
	...stayInSoftware,
	code: 'HARDWARE_UNUSED',
	level: 'attention',
	order: 10,
	threads: ['openwrt/openwrt#14365'],
	looksAt: ['status', 'memory'],
	evidence: (seen) => nothingInHardware(seen, false),
	connections: () => ({ path: 'software' }),
	title: () => _('Hardware offloading is loaded, but no connection is in hardware'),
	means: () => _('The network chip does not help: all offloaded connections run in software, on the CPU.'),
});

const kernelCrashed = defineFinding({
	...upgradeOpenWrt,
	code: 'KERNEL_CRASHED',
	level: 'bad',
	order: 30,
	threads: ['openwrt/openwrt#10572', 'openwrt/openwrt#9440', 'openwrt/openwrt#20869'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => (conflicts.crashed ? [conflicts.kernel, ...conflicts.log] : []),
	title: () => _("The router crashed, and the kernel's last words are about offloading"),
	means: () => _('It may crash again while offloading is on; later kernels have fixes for several crashes of this kind.'),
	steps: () => [...upgradeOpenWrt.steps(), _('Until then choose “Off” above.')],
});

const FIRST = 45,
	LAST = 51;
const kernelDrops = defineFinding({
	...upgradeOpenWrt,
	code: 'KERNEL_DROPS',
	level: 'plain',
	order: 10,
	threads: ['openwrt/openwrt#24800'],
	looksAt: ['status'],
	evidence: ({
		status: {
			router: { kernel },
		},
	}) => {
		const patch = Number(/^6\.18\.(\d+)/.exec(kernel)?.[1]);
		return patch >= FIRST && patch <= LAST ? [kernel] : [];
	},
	title: () => _('This kernel can drop packets of offloaded connections'),
	means: () => _('Users report connections that lose packets or stall with Linux 6.18.45 to 6.18.51.'),
	steps: () => [...upgradeOpenWrt.steps(), _('If connections stall until then, choose “Off” above.')],
});

const COMPLAINT = /fail|error|unable|timed? ?out|cut here|bug:|warning:/i;
const WED = /_wed|wed_|\bwed\b|_wo\b/i;
function complaints({ log, wed }, about) {
	const wedIsOn = wed.some(({ enabled }) => enabled);
	return log.filter((line) => COMPLAINT.test(line) && (WED.test(line) && wedIsOn) === (about === 'wed'));
}

const kernelLog = defineFinding({
	code: 'KERNEL_LOG',
	level: 'attention',
	order: 230,
	threads: ['openwrt/openwrt#10572', 'openwrt/openwrt#20869'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => (conflicts.crashed ? [] : complaints(conflicts, 'the rest')),
	command: 'dmesg',
	title: () => _('The kernel reports errors of offloading'),
	means: () => _('They can explain connections that are slow or break.'),
	steps: () => [
		_("Read the kernel's log around these lines with the command below."),
		_('If connections suffer, choose “Off” above and see whether the errors stop.'),
	],
	costs: () => _('Reading changes nothing; while offloading is off, every packet costs CPU time.'),
});

function lateDevices({ coverage, judged }, own) {
	const isOwn = (name, device) => coverage.networks.some((network) => network.name === name && network.device === device);
	return routedNetworks({ judged })
		.filter(({ overall }) => overall !== 'covered')
		.flatMap(({ name, late }) =>
			late.filter(({ code, device }) => code === 'APPEARED' && isOwn(name, device) === own).map(({ device }) => `${name}: ${device}`),
		);
}
const notYetMeans = () => _('It is not on the fast path yet, so its packets pass the whole firewall.');

const lateNetwork = defineFinding({
	...reloadFirewall,
	code: 'LATE_NETWORK',
	level: 'attention',
	order: 140,
	threads: ['openwrt/openwrt#13847', 'openwrt/firewall4#67'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) => lateDevices(seen, true),
	title: () => _('A network came up after the firewall was loaded'),
	means: notYetMeans,
});

const latePort = defineFinding({
	...reloadFirewall,
	code: 'LATE_PORT',
	level: 'attention',
	order: 130,
	threads: ['openwrt/openwrt#25646'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) => lateDevices(seen, false),
	title: () => _('A device appeared after the firewall was loaded'),
	means: notYetMeans,
});

const listedGone = defineFinding({
	...reloadFirewall,
	code: 'LISTED_GONE',
	level: 'plain',
	order: 20,
	threads: ['nf_flowtable'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ judged: { listed }, coverage: { links } }) =>
		links.length ? listed.filter((device) => !links.some(({ name }) => name === device)) : [],
	title: () => _('A device of the fast path is gone'),
	means: () => _('Nothing is slow because of it, and if it comes back, the kernel takes it in again by itself.'),
	steps: () => [_('If it is gone for good, reload the firewall with the command below.')],
});

const localTest = defineFinding({
	code: 'LOCAL_TEST',
	level: 'plain',
	order: 150,
	threads: ['openwrt/openwrt#24593'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => speedTests(conflicts),
	title: () => _('A speed test runs on this router'),
	means: () => _('Traffic that starts or ends on the router is never offloaded, so the test shows less than the router can do.'),
	steps: () => [_('Test between two computers instead, one on each side of the router.')],
	costs: () => _('Nothing changes on the router.'),
});

const modulesMissing = defineFinding({
	code: 'MODULES_MISSING',
	level: 'bad',
	order: 20,
	threads: ['openwrt/openwrt#9854'],
	looksAt: ['status'],
	alsoWhileOff: true,
	evidence: ({
		status: {
			asked,
			loaded,
			prerequisites: { modules },
		},
	}) => {
		const wanted = !loaded.flowtable && (modeOfOptions(asked.effective) ?? 'off') !== 'off';
		return wanted
			? Object.entries(modules)
					.filter(([, state]) => state === 'missing')
					.map(([name]) => name)
			: [];
	},
	command: ({ status: { router } }) => installPackage(router.release, 'kmod-nft-offload'),
	title: () => _('Offloading is asked for, but kernel modules are missing'),
	means: () => _('Every packet passes the whole firewall, as if offloading were off.'),
	steps: () => [
		_('Install the missing package with the command below, for which the router needs the internet.'),
		_('Then press “Load again” above.'),
	],
	costs: () => _('The package takes some kilobytes of flash memory.'),
});

const nat66 = defineFinding({
	code: 'NAT66',
	level: 'plain',
	order: 40,
	threads: ['openwrt/openwrt#4918', 'openwrt/openwrt#15857'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { zones } }) => zones.filter(({ masq6 }) => masq6).map(({ name }) => name),
	page: FIREWALL_PAGE,
	title: () => _('IPv6 addresses are translated'),
	means: () => _('That costs CPU time, and the network chip often cannot do it.'),
	steps: () => [_('If you do not need it, turn off “IPv6 Masquerading” for this zone on the firewall page.')],
	costs: () => _('Your devices then need IPv6 addresses of their own from the provider.'),
});

const COMPARABLE_PACKETS = 1e3;
const noGain = defineFinding({
	code: 'NO_GAIN',
	level: 'attention',
	order: 30,
	threads: ['openwrt/openwrt#24593'],
	looksAt: ['status'],
	evidence: ({ status: { transaction } }) => {
		const slowShare = (wanted) => {
			const phase = transaction?.measurement?.phases.find(({ name }) => name === wanted);
			return phase && phase.packets >= COMPARABLE_PACKETS ? phase.slow_packets / phase.packets : null;
		};
		const on = slowShare('with'),
			off = slowShare('without');
		return on !== null && off !== null && on > off / 2 ? [`${Math.round(on * 100)} % / ${Math.round(off * 100)} %`] : [];
	},
	title: () => _('The last comparison showed little difference'),
	means: () => _('Almost as many packets were slow with offloading as without it, so it did not help that traffic.'),
	steps: () => [
		_('Start a large download between two computers, one on each side of the router.'),
		_('Then press “Measure the difference” below.'),
	],
	costs: () => _('For some seconds of the comparison offloading is off.'),
});

const orphans = defineFinding({
	...chooseSoftware,
	code: 'ORPHANS',
	level: 'attention',
	order: 190,
	threads: ['openwrt/openwrt#17915'],
	looksAt: ['conflicts'],
	/* bridger binds what it bridges, which has no conntrack */
	evidence: ({ conflicts }) => (enabledServices(conflicts, 'bridger').length ? [] : boundConnections(conflicts, 'orphans')),
	title: () => _('The network chip holds connections that the kernel has forgotten'),
	means: () => _('Tunnels and other long connections can break, because the chip still sends their packets the old way.'),
	steps: () => [_('Upgrade OpenWrt if it is older than 25.12.5, since which users report fewer of them.'), ...chooseSoftware.steps()],
});

const otherFlowtable = defineFinding({
	code: 'OTHER_FLOWTABLE',
	level: 'plain',
	order: 130,
	threads: ['nf_flowtable'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => conflicts.other_flowtables,
	command: 'nft list flowtables',
	title: () => _('Another program has a fast path of its own'),
	means: () => _("It can take connections past the firewall, and this page judges the firewall's own fast path only."),
	steps: () => [
		_('See with the command below which devices it takes.'),
		_('If you do not want it, turn it off in the program whose name it carries.'),
	],
	costs: () => _('Looking changes nothing.'),
});

const ETHERNET_MTU = 1500;
const oversized = defineFinding({
	code: 'OVERSIZED',
	level: 'attention',
	order: 170,
	threads: ['immortalwrt/immortalwrt#1353'],
	looksAt: ['coverage', 'judged'],
	evidence: ({ coverage: { networks, links, zones } }) =>
		networks.flatMap(({ zone, default_route, l3_device }) => {
			const link = links.find((one) => one.name === l3_device);
			const clamped = !zones.some((one) => one.name === zone && !one.mtu_fix);
			return default_route && link && link.mtu < ETHERNET_MTU && !clamped ? [`${link.name}: MTU ${link.mtu}`] : [];
		}),
	page: FIREWALL_PAGE,
	title: () => _('The MTU is small, and MSS clamping is off'),
	means: () => _('Packets that are too large leave the fast path, and some web pages may hang.'),
	steps: () => [_('On the firewall page, turn on “MSS clamping” for the zone of this network, then save and apply.')],
	costs: () => _('For a moment all connections pass the whole firewall again; none of them is cut.'),
});

const policyRouting = defineFinding({
	...forgetConnections,
	code: 'POLICY_ROUTING',
	level: 'plain',
	order: 90,
	threads: ['openwrt/packages#5943'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => enabledServices(conflicts, 'mwan3', 'pbr', 'vpn-policy-routing'),
	title: () => _('A changed routing policy can miss running connections'),
	means: () => _('An offloaded connection keeps its way out until it ends, whatever the policy says by then.'),
});

const pppoeSlow = defineFinding({
	...addMissingDevices('pppoe'),
	code: 'PPPOE_SLOW',
	level: 'attention',
	order: 80,
	threads: ['openwrt/openwrt#13847', 'openwrt/openwrt#10224', 'openwrt/firewall4#67', 'openwrt/firewall4#100', 'openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'pppoe').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'pppoe')),
	title: () => _('PPPoE is not fully on the fast path'),
	means: slowNetworkMeans,
});

const qosHardware = defineFinding({
	...chooseSoftware,
	code: 'QOS_HARDWARE',
	level: 'attention',
	order: 200,
	threads: ['openwrt/luci#1826', 'hudra0/qosmate#91'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'hardware' ? shapers(conflicts) : []),
	title: () => _('Hardware offloading bypasses traffic shaping'),
	means: () => _('Packets in hardware never reach the queues of SQM or QoS, so these have no effect on them.'),
});

const qosSoftware = defineFinding({
	...chooseOff,
	code: 'QOS_SOFTWARE',
	level: 'plain',
	order: 70,
	threads: ['openwrt/luci#1826', 'hudra0/qosmate#91'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts }) => (modeOfFlowtable(status.loaded.flowtable) === 'software' ? shapers(conflicts) : []),
	title: () => _('Offloading can bypass traffic shaping'),
	means: () => _('Offloaded packets can miss the queues or the marks of SQM or QoS, so calls and games may stutter under load.'),
	steps: () => [_('Leave it as it is if shaping has the effect that you want.'), ...chooseOff.steps()],
});

const HANDLE = "$(nft -a list chain inet fw4 forward | sed -n 's/.*@ft.*handle //p')";
const queueStarved = defineFinding({
	code: 'QUEUE_STARVED',
	level: 'attention',
	order: 210,
	threads: ['bol-van/zapret#355', 'DanielLavrushin/b4#213'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts: { queues } }) => queues.map(({ number, process, pid }) => `${number}: ${process || pid}`),
	command: `nft "replace rule inet fw4 forward handle ${HANDLE} meta l4proto { tcp, udp } ct packets > 60 flow add @ft"`,
	title: () => _('A program filters packets, but offloaded ones do not reach it'),
	means: () => _('It sees only the first packets of each connection, so it may not do what you installed it for.'),
	steps: () => [_('Keep the first 60 packets of each connection off the fast path with the command below.')],
	costs: () => _('Short connections are no longer offloaded, and a reload of the firewall forgets the change.'),
});

const rawDevice = defineFinding({
	code: 'RAW_DEVICE',
	level: 'attention',
	order: 120,
	threads: ['openwrt/firewall4#102'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'raw').map(wayOf),
	page: FIREWALL_PAGE,
	title: () => _('A firewall zone names a device instead of a network'),
	means: () => _('The firewall offloads networks only, so what comes in from this device takes the slow path.'),
	steps: () => [
		_('Under Network → Interfaces, add an interface with this device and the protocol “Unmanaged”.'),
		_('On the firewall page, put that network into the zone in place of the device.'),
	],
	costs: () => _('What is connected to this device may be cut off for some seconds.'),
});

const FULL = 0.9;
const tableFull = defineFinding({
	code: 'TABLE_FULL',
	level: 'attention',
	order: 40,
	threads: ['nf_conntrack-sysctl'],
	looksAt: ['status'],
	evidence: ({
		status: {
			prerequisites: { conntrack_count: count, conntrack_max: max },
		},
	}) => (count !== null && max !== null && max > 0 && count >= FULL * max ? [`${count} / ${max}`] : []),
	command: ({
		status: {
			prerequisites: { conntrack_max: max },
		},
	}) => `sysctl -w net.netfilter.nf_conntrack_max=${(max ?? 0) * 2}`,
	title: () => _('The table of connections is almost full'),
	means: () => _('When it is full, new connections fail, although the line works.'),
	steps: () => [
		_('Allow twice as many connections with the command below.'),
		_('If the table fills up again, look under Connections for a device that opens too many.'),
	],
	costs: () => _('Each connection takes some memory, and a restart of the router forgets the new limit.'),
});

const tunnelSlow = defineFinding({
	...addMissingDevices('tunnel'),
	code: 'TUNNEL_SLOW',
	level: 'attention',
	order: 90,
	threads: ['openwrt/firewall4#102', 'openwrt/openwrt#4849'],
	looksAt: ['status', 'coverage', 'judged'],
	evidence: (seen) => networksLacking(seen, 'tunnel').map(wayOf),
	connections: (seen) => connectionsOf(networksLacking(seen, 'tunnel')),
	title: () => _('A tunnel or modem is not fully on the fast path'),
	means: slowNetworkMeans,
});

const tunnelled = defineFinding({
	code: 'TUNNELLED',
	level: 'plain',
	order: 30,
	threads: ['openwrt/openwrt#4849'],
	looksAt: ['coverage', 'judged'],
	evidence: (seen) =>
		routedNetworks(seen)
			.filter(({ overall }) => overall === 'cannot be')
			.map(wayOf),
	title: () => _('A tunnel cannot be offloaded'),
	means: () => _('The kernel has no fast path for it, so its speed depends on the CPU.'),
	steps: () => [_('Nothing can be set for it; where you have the choice, WireGuard can be offloaded.')],
	costs: () => _('Another tunnel has to be set up on both ends.'),
});

const wedFirmware = defineFinding({
	code: 'WED_FIRMWARE',
	level: 'attention',
	order: 220,
	threads: ['openwrt/mt76#746', 'openwrt/mt76#815', 'openwrt/mt76#911', 'openwrt/mt76#1051'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => complaints(conflicts, 'wed'),
	command: "sed -i 's/wed_enable=[^ ]*/wed_enable=N/' /etc/modules.conf /etc/modules.d/mt79*; reboot",
	title: () => _('Wi-Fi offloading (WED) reports errors'),
	means: () => _('Wi-Fi can become very slow, or stop.'),
	steps: () => [_('Turn Wi-Fi offloading off with the command below.')],
	costs: () => _('The router restarts at once, and afterwards Wi-Fi costs more CPU time.'),
});

const wedIdle = defineFinding({
	code: 'WED_IDLE',
	level: 'plain',
	order: 120,
	threads: ['openwrt/mt76#815'],
	looksAt: ['status', 'conflicts'],
	evidence: ({ status, conflicts: { wed } }) =>
		modeOfFlowtable(status.loaded.flowtable) === 'software' ? wed.filter(({ enabled }) => enabled).map(({ module }) => module) : [],
	command: saveMode(1, 1),
	title: () => _('Wi-Fi offloading (WED) is on, but unused'),
	means: () => _('It needs hardware offloading, so Wi-Fi costs more CPU time than it has to.'),
	steps: () => [_('Choose “Hardware” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Traffic shaping, captures and bandwidth monitors no longer see the packets that are in hardware.'),
});

const wlanListed = defineFinding({
	...chooseSoftware,
	code: 'WLAN_LISTED',
	level: 'plain',
	order: 80,
	threads: ['openwrt/openwrt#13410', 'openwrt/openwrt#23123', 'openwrt/openwrt#25174', 'openwrt/openwrt#25305'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts: { wlan_listed } }) => (wlan_listed.length > 1 ? wlan_listed : []),
	title: () => _('Several Wi-Fi devices are on the fast path'),
	means: () => _('Connections can stall when a phone or laptop moves from one Wi-Fi to another.'),
	steps: () => [_('If that happens, choose “Software” above, which helps on OpenWrt 24.10 or later.')],
});

const FINDINGS = {
	ACCOUNTING_OFF: accountingOff,
	BLOCK_CLIENT: blockClient,
	BLOCK_TIMED: blockTimed,
	BRIDGE_SLOW: bridgeSlow,
	BRIDGED_WLAN: bridgedWlan,
	CAPTURE_BLIND: captureBlind,
	COUNTER_LOST: counterLost,
	COUNTER_NONE: counterNone,
	DISAGREEMENT: disagreement,
	EMPTY_BRIDGE: emptyBridge,
	FIREWALL_LOST: firewallLost,
	HALF_BOUND: halfBound,
	HARDWARE_FADED: hardwareFaded,
	HARDWARE_REFUSED: hardwareRefused,
	HARDWARE_STILL: hardwareStill,
	HARDWARE_UNUSED: hardwareUnused,
	KERNEL_CRASHED: kernelCrashed,
	KERNEL_DROPS: kernelDrops,
	KERNEL_LOG: kernelLog,
	LATE_NETWORK: lateNetwork,
	LATE_PORT: latePort,
	LISTED_GONE: listedGone,
	LOCAL_TEST: localTest,
	MODULES_MISSING: modulesMissing,
	NAT66: nat66,
	NO_GAIN: noGain,
	ORPHANS: orphans,
	OTHER_FLOWTABLE: otherFlowtable,
	OVERSIZED: oversized,
	POLICY_ROUTING: policyRouting,
	PPPOE_SLOW: pppoeSlow,
	QOS_HARDWARE: qosHardware,
	QOS_SOFTWARE: qosSoftware,
	QUEUE_STARVED: queueStarved,
	RAW_DEVICE: rawDevice,
	TABLE_FULL: tableFull,
	TUNNEL_SLOW: tunnelSlow,
	TUNNELLED: tunnelled,
	WED_FIRMWARE: wedFirmware,
	WED_IDLE: wedIdle,
	WLAN_LISTED: wlanListed,
};

function threadOf(name) {
	const [repository, issue] = name.split('#');
	return { name, url: issue ? `https://github.com/${repository}/issues/${issue}` : `https://docs.kernel.org/networking/${name}.html` };
}

const EVIDENCE = 16;
const LEVELS = ['bad', 'attention', 'plain'];
const SORTED = Object.entries(FINDINGS).sort(([, a], [, b]) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.order - b.order);
function findingOf(code, definition, facts) {
	const { level, threads, looksAt, alsoWhileOff = false, command = '', page = '' } = definition;
	const isOn = facts.status.loaded.flowtable !== null;
	if ((!isOn && !alsoWhileOff) || looksAt.some((topic) => facts[topic] === null)) return [];
	const seen = facts;
	const evidence = [...new Set(definition.evidence(seen))];
	return evidence.length
		? [
				{
					code,
					level,
					evidence: evidence.slice(0, EVIDENCE),
					count: evidence.length,
					command: typeof command === 'string' ? command : command(seen),
					page,
					connections: definition.connections?.(seen) ?? null,
					threads: threads.map(threadOf),
				},
			]
		: [];
}
const findingsOf = (facts) =>
	isChanging(facts.status.transaction) ? [] : SORTED.flatMap(([code, definition]) => findingOf(code, definition, facts));

const LEVEL = {
	NO_DEFAULTS: 'bad',
	OPTION_INVALID: 'bad',
	FOREIGN_CHANGES: 'attention',
	HARDWARE_ALONE: 'attention',
	NFT_FAILED: 'bad',
	FIREWALL_DOWN: 'bad',
	HARDWARE_FELL_BACK: 'attention',
	NOT_LOADED: 'attention',
	STILL_LOADED: 'attention',
	OTHER_LOADED: 'attention',
	RULE_MISSING: 'attention',
	NO_DEVICES: 'attention',
	NO_COUNTER: 'attention',
	NOTHING_TO_JUDGE: 'plain',
	EVERY_PACKET_SLOW: 'plain',
	MEASURING: 'plain',
	COUNTERS_FAILED: 'attention',
	DIRECTION_SLOW: 'attention',
	HARDWARE_IDLE: 'attention',
	NOTHING_OFFLOADED: 'attention',
	MOSTLY_SLOW: 'attention',
	WAITING_FOR_TRAFFIC: 'plain',
	NOT_COUNTED: 'attention',
	WORKING: 'good',
};
const WEIGHT = { good: 0, plain: 1, attention: 2, bad: 3 };
function levelOf(verdicts) {
	return verdicts
		.map((verdict) => LEVEL[verdict.code])
		.reduce((heaviest, level) => (WEIGHT[level] > WEIGHT[heaviest] ? level : heaviest), 'good');
}

function judgeWorking(status, memory) {
	const { loaded, watch, networks } = status;
	if (loaded.error !== null || !loaded.table) return { code: 'NOTHING_TO_JUDGE' };
	if (modeOfFlowtable(loaded.flowtable) === 'off') return { code: 'EVERY_PACKET_SLOW' };
	if (watch?.slow?.error != null) return { code: 'COUNTERS_FAILED', error: watch.slow.error };
	const window = memory.windows[0];
	if (!watch?.flows || !window)
		return { code: 'MEASURING', seconds: watch?.flows ? Math.max(0, watch.flows.at + watch.every - status.now) : null };
	const believed = (symptom) => memory.symptoms.get(symptom)?.on === true;
	const direction = (pair) => directionOf(networks, pair.iif, pair.oif);
	const devices = loaded.flowtable?.devices ?? [];
	const flows = countFlows(watch.flows);
	const offloaded = flows.hardware + flows.software;
	const slow = window.pairs.filter((pair) => believed(slowSymptom(pair.iif, pair.oif)));
	if (slow.length) return { code: 'DIRECTION_SLOW', directions: slow.map(direction), devices };
	if (believed(HARDWARE_IDLE)) return { code: 'HARDWARE_IDLE', flows: flows.software };
	if (believed(NOTHING_OFFLOADED)) {
		const packets = window.pairs.reduce((total, pair) => total + pair.eligible, 0);
		return { code: 'NOTHING_OFFLOADED', packets, devices };
	}
	const share = shareOf(meanThroughput(memory.windows));
	if (believed(MOSTLY_SLOW) && share !== null) {
		const largest = [...window.pairs].sort((a, b) => b.bytes - a.bytes)[0];
		return { code: 'MOSTLY_SLOW', share, direction: largest ? direction(largest) : null };
	}
	if (offloaded > 0 && (status.prerequisites.accounting === false || loaded.flowtable?.counter === false))
		return { code: 'NOT_COUNTED', flows: offloaded };
	if (believed(QUIET) || offloaded === 0 || share === null || share === 0) return { code: 'WAITING_FOR_TRAFFIC', flows: offloaded };
	return { code: 'WORKING', share };
}

function judgeAsked({ asked, transaction }) {
	if (asked.section === null) return [{ code: 'NO_DEFAULTS' }];
	const verdicts = [];
	for (const option of ['flow_offloading', 'flow_offloading_hw']) {
		const value = asked.effective[option];
		if (value !== null && readBool(value) === null) verdicts.push({ code: 'OPTION_INVALID', option, value });
	}
	if (asked.foreign.length && !isChanging(transaction)) verdicts.push({ code: 'FOREIGN_CHANGES', count: asked.foreign.length });
	if (modeOfOptions(asked.effective) === 'off' && readBool(asked.effective.flow_offloading_hw)) verdicts.push({ code: 'HARDWARE_ALONE' });
	return verdicts;
}
function judgeLoaded({ asked, loaded, transaction }) {
	if (loaded.error !== null) return [{ code: 'NFT_FAILED', error: loaded.error }];
	if (!loaded.table) return [{ code: 'FIREWALL_DOWN' }];
	const verdicts = [];
	const wanted = asked.section === null ? null : modeOfOptions(asked.effective);
	const mode = modeOfFlowtable(loaded.flowtable);
	if (wanted !== null && wanted !== mode && !isChanging(transaction)) {
		if (mode === 'off') verdicts.push({ code: 'NOT_LOADED', asked: wanted });
		else if (wanted === 'off') verdicts.push({ code: 'STILL_LOADED', loaded: mode });
		else if (wanted === 'hardware') verdicts.push({ code: 'HARDWARE_FELL_BACK' });
		else verdicts.push({ code: 'OTHER_LOADED', asked: wanted, loaded: mode });
	}
	if (loaded.flowtable) {
		if (loaded.rule === null) verdicts.push({ code: 'RULE_MISSING' });
		if (loaded.flowtable.devices.length === 0) verdicts.push({ code: 'NO_DEVICES' });
		if (!loaded.flowtable.counter) verdicts.push({ code: 'NO_COUNTER' });
	}
	return verdicts;
}
function diagnose(status, memory) {
	const { asked, loaded, watch } = status;
	const tile = (mode2, verdicts) => ({ mode: mode2, level: levelOf(verdicts), verdicts });
	const seen = loaded.error === null && loaded.table;
	const throughput = memory.windows.length ? meanThroughput(memory.windows) : null;
	const mode = seen ? modeOfFlowtable(loaded.flowtable) : null;
	return {
		asked: tile(asked.section === null ? null : modeOfOptions(asked.effective), judgeAsked(status)),
		loaded: tile(mode, judgeLoaded(status)),
		working: tile(mode, [judgeWorking(status, memory)]),
		flows: watch?.flows ? countFlows(watch.flows) : null,
		throughput,
		share: throughput && shareOf(throughput),
	};
}

const SHARE = 0.05;
const RATE = 10;
function agreement(coverage, pairs, flagged, moved = []) {
	const first = coverage.networks.filter(({ l3 }, index, all) => l3 !== null && all.findIndex((one) => one.l3 === l3) === index);
	return first.flatMap((network) =>
		['in', 'out'].map((direction) => {
			const mine = pairs.filter((pair) => pair[direction === 'in' ? 'iif' : 'oif'] === network.l3);
			const sum = (field) => mine.reduce((total2, pair) => total2 + pair[field], 0);
			const slow = sum('flagged');
			const known = moved.find((one) => one.network === network.name)?.[direction];
			const total = known ?? flagged;
			const predicted = network[direction].standing;
			const part = total >= RATE ? Math.min(1, slow / total) : null;
			const is = part !== null && part > SHARE;
			const uncovered = isSlow(network[direction]);
			const share = uncovered && !is && known === void 0 ? null : part;
			return {
				network: network.name,
				direction,
				predicted,
				slow: sum('eligible'),
				flagged: slow,
				share,
				verdict:
					share === null
						? 'NOT_MEASURED'
						: is && predicted === 'covered'
							? 'COVERED_BUT_SLOW'
							: !is && uncovered
								? 'UNCOVERED_BUT_FAST'
								: 'AGREES',
			};
		}),
	);
}
const differs = ({ verdict }) => verdict === 'COVERED_BUT_SLOW' || verdict === 'UNCOVERED_BUT_FAST';
function settled(last, before) {
	return last.map((one) =>
		!differs(one) ||
		before.some(({ network, direction, verdict }) => network === one.network && direction === one.direction && verdict === one.verdict)
			? one
			: { ...one, verdict: 'NOT_MEASURED' },
	);
}

function portsOf(links, name, depth = 0) {
	const link = links.get(name);
	return !link
		? []
		: (link.kind === 'vlan' || link.kind === 'bridge') && depth < 8
			? link.lower.flatMap((lower) => portsOf(links, lower, depth + 1))
			: [name];
}
function listedFor(links, device, mode) {
	return device === null || mode === 'off' ? [] : mode === 'hardware' ? portsOf(links, device) : links.has(device) ? [device] : [];
}
function wouldList(facts, mode) {
	const links = linksOf(facts);
	return [...new Set(facts.networks.flatMap(({ device }) => listedFor(links, device, mode)))].sort();
}

const SLACK = 2;
function together(others) {
	const [first] = others;
	if (!first) return { standing: 'not known', why: { code: 'NOT_FORWARDED' } };
	const lacking = others.filter(({ own }) => own.standing !== 'covered');
	if (!lacking.length)
		return {
			standing: 'covered',
			why: { code: 'LISTED', devices: [...new Set(others.flatMap(({ own: { why } }) => ('devices' in why ? why.devices : [])))] },
		};
	return {
		standing: others.every(({ own }) => own.standing === first.own.standing) ? first.own.standing : 'partly',
		why: {
			code: 'OTHER_SIDE',
			networks: lacking.map(({ name }) => name),
			missing: [...new Set(lacking.flatMap(({ own }) => missingOf$1(own)))],
		},
	};
}
const WORST = ['cannot be', 'not covered', 'not known', 'partly', 'covered'];
const worse = (a, b) => (WORST.indexOf(b.standing) < WORST.indexOf(a.standing) ? b : a);
function overallOf(into, out) {
	if (out.why.code === 'NOT_FORWARDED') return into.standing;
	const worst = worse(into, out);
	return isSlow(worst) && [into, out].some(({ standing }) => standing === 'covered' || standing === 'partly')
		? 'one direction'
		: worst.standing;
}
function judgeCoverage(facts) {
	const { kernel, loaded, zones, forwardings, networks, probed, at, loaded_since: since } = facts;
	const rule = ruleOf(kernel);
	const mode = modeOfFlowtable(loaded.flowtable);
	const listed = loaded.flowtable?.devices ?? [];
	const links = linksOf(facts);
	const judge = (name, zone, l3, network) => {
		const side = l3 === null ? null : walk(links, l3, rule);
		return { name, zone, network, side, own: side ? coverSide(side, rule, listed) : { standing: 'not known', why: { code: 'DOWN' } } };
	};
	const all = [
		...networks.map((network) => judge(network.name, network.zone, network.l3_device, network)),
		...zones.flatMap(({ name, devices }) => devices.map((device) => judge(device, name, device, null))),
	];
	const off =
		loaded.error === null && mode !== 'off' && loaded.rule !== null
			? null
			: { standing: loaded.error === null ? 'not covered' : 'not known', why: { code: 'OFF' } };
	const late = ({ network, side, own }) => {
		if (off || !network || !side) return [];
		const known = mode === 'software' && side.ends?.some((end) => listed.includes(end));
		const appeared = known ? [] : listedFor(links, network.device, mode).filter((device) => !listed.includes(device));
		const after = since === null || network.uptime === null ? 0 : at - network.uptime - since;
		return [
			...appeared.map((device) => ({ code: 'APPEARED', device })),
			...(after > SLACK ? missingOf$1(own).filter((device) => !appeared.includes(device)) : []).map((device) => ({
				code: 'CAME_UP',
				device,
				seconds: after,
			})),
		];
	};
	return {
		kernel,
		rule,
		mode,
		listed,
		would: wouldList(facts, mode),
		networks: all.map((one) => {
			const { name, zone, network, side, own } = one;
			const others = together(
				all.filter(
					(other) =>
						other.side &&
						other.side.l3 !== side?.l3 &&
						forwardings.some(({ src, dest }) => (src === zone && dest === other.zone) || (src === other.zone && dest === zone)),
				),
			);
			const settled = off ?? (!side || side.never ? own : null);
			const both = others.why.code === 'NOT_FORWARDED' ? own : worse(own, others);
			const into = settled ?? (rule.strict ? both : own);
			const out = settled ?? (rule.strict ? both : others);
			return {
				name,
				zone,
				raw: !network,
				l3: side?.l3 ?? null,
				chain: side ? chainOf(side, links, listed) : [],
				ends: side?.ends ?? [],
				in: into,
				out,
				overall: overallOf(into, out),
				late: late(one),
				probed: (probed ?? []).filter((device) => side?.levels.flat().includes(device.name)),
			};
		}),
	};
}

let last = null;
let judged = null;
const agreementOf = (coverage, window) =>
	coverage && window ? agreement(coverage, window.pairs, window.flagged.hardware.packets + window.flagged.software.packets) : [];
function factsOf(status, memory, surveyed, met) {
	const coverage = surveyed && isCurrentCoverage(surveyed, status.loaded) ? surveyed : null;
	const conflicts = met && isCurrent(met, status.loaded) ? met : null;
	if (coverage !== last) judged = (last = coverage) && judgeCoverage(coverage);
	const [newest, before] = [0, 1].map((index) => agreementOf(judged, memory.windows[index]));
	return { status, memory, coverage, judged, agreements: settled(newest, before), conflicts };
}
return baseclass.extend({
	CONFIRM_TIMEOUT,
	EMPTY,
	Events,
	FINDINGS,
	FailureWords,
	Head: Head$1,
	Head$1: Head,
	Heading,
	Looking,
	PATHS,
	PathIcon,
	Sign,
	Table,
	TroubleWords,
	apply,
	bitrate,
	conflicts,
	connectionsUrl,
	coverage,
	diagnose,
	direction,
	explain,
	factsOf,
	findingsOf,
	flows,
	groups,
	headline,
	host,
	integer,
	isCurrent,
	isCurrentCoverage,
	isOutside,
	isRunning,
	linksOf,
	lookedOf,
	measure,
	modeName,
	modeOfFlowtable,
	modeOfOptions,
	mount,
	names,
	pathName,
	percent,
	phaseName,
	remember,
	row,
	ruleOf,
	secondsAgo,
	sentence,
	shareOf,
	size,
	slowBetween,
	span,
	status: status$1,
	style,
	throughputOf,
	useActions,
	useNews,
	useOnScreen,
	useQuery,
	useSurvey,
	walk,
	whenThemeChanges,
});
