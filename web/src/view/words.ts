// SPDX-License-Identifier: Apache-2.0
import type { Mode, Path, Phase, Step } from '../contract.ts';
import type { Code, Parameters, Verdict } from '../doctor/verdict.ts';
import type { Direction } from '../doctor/direction.ts';
import { integer, names, percent } from './format.ts';

/** With a context: LuCI knows the same words for other things, the package manager's “Software” for one. */
export function modeName(mode: Mode | null): string {
	switch (mode) {
	case 'off': return _('Off', 'offloading mode');
	case 'software': return _('Software', 'offloading mode');
	case 'hardware': return _('Hardware', 'offloading mode');
	default: return _('Unknown');
	}
}

/** Fastest first. */
export const PATHS: Path[] = ['hardware', 'software', 'slow'];

export function pathName(path: Path): string {
	switch (path) {
	case 'hardware': return _('Network chip');
	case 'software': return _('Flowtable');
	case 'slow': return _('Firewall');
	}
}

export function stepName(step: Step): string {
	switch (step) {
	case 'checking': return _('Check this router');
	case 'staging': return _('Stage the change');
	case 'validating': return _('Check the ruleset');
	case 'reloading': return _('Reload the firewall');
	case 'verifying': return _('Verify in the kernel');
	case 'waiting': return _('Wait for your answer');
	case 'measuring': return _('Measure');
	case 'committing': return _('Save');
	case 'reverting': return _('Go back');
	case 'done': return _('Done');
	}
}

/** A phase of a comparison. */
export function phaseName(phase: Phase['name']): string {
	switch (phase) {
	case 'with': return _('As it is');
	case 'without': return _('Without');
	case 'again': return _('As it is again');
	}
}

/** What a wish for a mode is called in a sentence: "Hardware offloading", "No offloading". */
export function offloading(mode: Mode | null): string {
	switch (mode) {
	case 'off': return _('No offloading');
	case 'software': return _('Software offloading');
	case 'hardware': return _('Hardware offloading');
	default: return _('The setting from before');
	}
}

function directionWords({ way, from, to, iif, oif }: Direction): string {
	switch (way) {
	case 'in': return _('on the way in, from %s to %s (%s → %s)').format(from, to, iif, oif);
	case 'out': return _('on the way out, from %s to %s (%s → %s)').format(from, to, iif, oif);
	case 'across': return _('from %s to %s (%s → %s)').format(from, to, iif, oif);
	}
}

/** Which way does not work, in the headline. */
export function slowHeadline(directions: Direction[]): string {
	const ways = new Set(directions.map(({ way }) => way));
	if (ways.size === 1 && ways.has('in'))
		return _('Not working on the way in');
	if (ways.size === 1 && ways.has('out'))
		return _('Not working on the way out');
	if (ways.has('in') && ways.has('out'))
		return _('Not working in either direction');
	return _('Not working from %s to %s').format(directions[0]?.from ?? '', directions[0]?.to ?? '');
}

/** A measurement due in fewer seconds is not worth announcing. */
const SOON = 5;

type Sentence<C extends Code> = (parameters: Parameters[C]) => string;

/** One sentence for every verdict: what is the matter, and why. */
const SENTENCE: { [C in Code]: Sentence<C> } = {
	NO_DEFAULTS: () => _('The firewall\'s configuration cannot be read or has no section “defaults”.'),
	OPTION_INVALID: ({ option, value }) =>
		_('Option %s says “%s”, which the firewall cannot read: it would refuse the whole section at its next reload.').format(option, value),
	FOREIGN_CHANGES: ({ count }) =>
		N_(count, '%d change to the firewall\'s configuration, made elsewhere, is not saved yet.', '%d changes to the firewall\'s configuration, made elsewhere, are not saved yet.').format(count),
	HARDWARE_ALONE: () => _('Hardware offloading is asked for without offloading itself, and so does nothing.'),
	NFT_FAILED: ({ error }) => _('The kernel\'s ruleset cannot be listed: %s').format(error),
	FIREWALL_DOWN: () => _('The firewall is not loaded. This router filters nothing and translates no addresses.'),
	HARDWARE_FELL_BACK: () => _('Hardware is asked for, but the firewall fell back to software when it was loaded, because a device refused.'),
	NOT_LOADED: ({ asked }) => _('%s is asked for, but no flowtable is loaded in the kernel.').format(offloading(asked)),
	STILL_LOADED: ({ loaded }) => _('%s is still loaded, although it is not asked for.').format(offloading(loaded)),
	OTHER_LOADED: ({ asked, loaded }) => _('%s is asked for, %s is loaded.').format(offloading(asked), offloading(loaded)),
	RULE_MISSING: () => _('The flowtable is loaded, but no rule of the firewall adds connections to it.'),
	NO_DEVICES: () => _('The flowtable is loaded, but lists no device, so no packet can take it.'),
	NO_COUNTER: () => _('The flowtable does not count, so the byte counts of offloaded connections are too low.'),
	NOTHING_TO_JUDGE: () => _('Nothing can be measured while the firewall is not loaded.'),
	EVERY_PACKET_SLOW: () => _('Every packet passes the whole firewall.'),
	MEASURING: ({ seconds }) => (seconds !== null && seconds > SOON
		? _('Two measurements are needed for the first numbers. This router is slow at it: the next one comes in %d seconds.').format(seconds)
		: _('Two measurements are needed for the first numbers.')),
	COUNTERS_FAILED: ({ error }) => _('Slow packets cannot be counted, so nothing is proven: %s').format(error),
	DIRECTION_SLOW: ({ directions, devices }) =>
		_('Connections are flagged as offloaded, but their packets still pass the firewall %s. The flowtable lists %s.')
			.format(directions.map(directionWords).join('; '), names(devices)),
	HARDWARE_IDLE: ({ flows }) =>
		_('Loaded, not working: the driver refuses the connections, so %s of them run in software and none in hardware.').format(integer(flows)),
	NOTHING_OFFLOADED: ({ packets, devices }) =>
		_('%s packets per second could take the fast path, but no connection does. The flowtable lists %s.').format(integer(packets), names(devices)),
	MOSTLY_SLOW: ({ direction }) => (direction
		? _('Most of the traffic never enters the flowtable, above all %s.').format(directionWords(direction))
		: _('Most of the traffic never enters the flowtable.')),
	WAITING_FOR_TRAFFIC: ({ flows }) => (flows
		? _('Too little moves to measure. Start a download to see it.')
		: _('No connection is offloaded yet. Start a download to see it.')),
	NOT_COUNTED: () => _('Offloaded connections are not counted on this router, so their share cannot be told. No sign of a slow direction.'),
	WORKING: () => '',
};

/** What a verdict says, in one sentence. */
export function sentence(verdict: Verdict): string {
	return (SENTENCE[verdict.code] as (parameters: Verdict) => string)(verdict);
}

/** The headline of the tile "working". */
export function headline(verdict: Verdict): string {
	switch (verdict.code) {
	case 'WORKING': return _('%s %% of forwarded bytes bypass the firewall').format(percent(verdict.share));
	case 'MOSTLY_SLOW': return _('Only %s %% of forwarded bytes bypass the firewall').format(percent(verdict.share));
	case 'DIRECTION_SLOW': return slowHeadline(verdict.directions);
	case 'HARDWARE_IDLE': return _('In software, not in hardware');
	case 'NOTHING_OFFLOADED': return _('Not working');
	case 'WAITING_FOR_TRAFFIC': return _('Waiting for traffic');
	case 'NOT_COUNTED': return _('Offloaded, not counted');
	case 'COUNTERS_FAILED': return _('Not proven');
	case 'EVERY_PACKET_SLOW': return _('No fast path');
	case 'MEASURING': return _('Measuring…');
	default: return _('Unknown');
	}
}
