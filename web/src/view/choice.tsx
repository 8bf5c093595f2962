// SPDX-License-Identifier: Apache-2.0
import type { Mode, Status } from '../contract.ts';
import { CONFIRM_TIMEOUT } from '../contract.ts';
import type { Prerequisite, Standing } from '../doctor/prerequisites.ts';
import { obstacleTo, prerequisitesOf, REFUSAL } from '../doctor/prerequisites.ts';
import { explain } from './errors.ts';
import { names } from './format.ts';
import { Sign } from './icons.tsx';
import { FailureWords } from './message.tsx';
import { modeName } from './words.ts';

const MODES: Mode[] = ['off', 'software', 'hardware'];
const LENGTHS = [30, CONFIRM_TIMEOUT.default, 120, 300, CONFIRM_TIMEOUT.max];

function advice(mode: Mode): string {
	switch (mode) {
	case 'off':
		return _('Every packet passes the whole firewall. Right when SQM, QoS, traffic accounting or packet captures must see everything; not when the CPU is the bottleneck.');
	case 'software':
		return _('Established TCP and UDP connections skip the firewall, the CPU still forwards them. Works on every router; not with SQM or per-packet policies, which see only the first packets.');
	case 'hardware':
		return _('The network chip forwards established connections by itself, the CPU rests. Only where the driver can; not with SQM, captures or bandwidth monitors, which see nothing of it.');
	}
}

function prerequisiteWords(prerequisite: Prerequisite): string {
	switch (prerequisite.code) {
	case 'FIREWALL': return _('firewall4 is installed, enabled and loaded');
	case 'ACCOUNTING': return prerequisite.standing === 'ok'
		? _('Connections are counted') : _('Connections are not counted (nf_conntrack_acct), so the share cannot be told');
	case 'MODULES': return prerequisite.standing === 'ok'
		? _('Linux %s has the modules of kmod-nft-offload').format(prerequisite.kernel)
		: _('Linux %s lacks %s (package kmod-nft-offload)').format(prerequisite.kernel, prerequisite.missing.join(', '));
	case 'NICS': return prerequisite.nics.length
		? _('Network chips: %s. Only a trial shows whether they can.').format(nicNames(prerequisite.nics)) : _('No network chip was found');
	case 'REFUSED_BY': return _('Refused in the last trial: %s').format(names(prerequisite.devices.map(({ name }) => name)));
	default: return explain({ code: REFUSAL[prerequisite.code], detail: {} }).what;
	}
}

function nicNames(nics: { name: string; driver: string }[]): string {
	const drivers = [...new Set(nics.map(({ driver }) => driver))];
	return drivers.map((driver) => `${names(nics.filter((nic) => nic.driver === driver).map(({ name }) => name))} (${driver})`).join(', ');
}

const LEVEL = { ok: 'good', note: 'attention', missing: 'bad' } as const;

function standingWords(standing: Standing): string {
	switch (standing) {
	case 'ok': return _('fine');
	case 'note': return _('note');
	case 'missing': return _('missing');
	}
}

function Prerequisites({ list }: { list: Prerequisite[] }) {
	return (
		<ul class="nfo-prerequisites">
			{list.map((prerequisite) => (
				<li key={prerequisite.code} data-prerequisite={prerequisite.code} data-standing={prerequisite.standing}>
					<Sign level={LEVEL[prerequisite.standing]} />
					<span><span class="nfo-spoken">{standingWords(prerequisite.standing)}: </span>{prerequisiteWords(prerequisite)}</span>
				</li>
			))}
		</ul>
	);
}

interface CardProps {
	mode: Mode;
	status: Status;
	present: boolean;
	chosen: boolean;
	/** null: this account may not choose. */
	choose: ((mode: Mode) => void) | null;
}

function Card({ mode, status, present, chosen, choose }: CardProps) {
	const id = `nfo-mode-${mode}`;
	return (
		<div class={`nfo-card${chosen ? ' nfo-chosen' : ''}`} data-mode={mode}>
			<div class="nfo-card-head">
				{choose
					? <label><input type="radio" name="nfo-mode" value={mode} checked={chosen} aria-describedby={id} onChange={() => choose(mode)} /> {modeName(mode)}</label>
					: <strong>{modeName(mode)}</strong>}
				{present && <span class="nfo-present">{_('in use')}</span>}
			</div>
			<div id={id}>
				<p>{advice(mode)}</p>
				<Prerequisites list={prerequisitesOf(mode, status)} />
			</div>
		</div>
	);
}

function lengthWords(seconds: number): string {
	const minutes = seconds / 60;
	return minutes < 1 ? _('%d seconds').format(seconds) : N_(minutes, '%d minute', '%d minutes').format(minutes);
}

export interface ChoiceProps {
	status: Status;
	/** What is asked for and what is loaded; null where it cannot be told. */
	asked: Mode | null;
	loaded: Mode | null;
	chosen: Mode;
	length: number;
	pending: boolean;
	/** The router answers at present. */
	reachable: boolean;
	/** null: this account may not change anything. */
	actions: { choose: (mode: Mode) => void; setLength: (seconds: number) => void; apply: () => void } | null;
}

/** The three modes, what speaks for and against them here, and the way to try one. */
export function Choice({ status, asked, loaded, chosen, length, pending, reachable, actions }: ChoiceProps) {
	const obstacle = obstacleTo(chosen, status);
	const again = chosen === asked && chosen === loaded;
	return (
		<fieldset class="nfo-choice">
			<legend>{_('Mode')}</legend>
			<div class="nfo-cards">
				{MODES.map((mode) => (
					<Card key={mode} mode={mode} status={status} present={mode === loaded} chosen={actions ? mode === chosen : mode === asked} choose={actions && actions.choose} />
				))}
			</div>
			{actions ? (
				<div class="nfo-try">
					<button type="button" class="btn cbi-button cbi-button-action important" disabled={pending || !reachable || obstacle !== null} aria-describedby="nfo-try-words" onClick={actions.apply}>
						{again ? _('Load again') : _('Try it')}
					</button>
					<label>
						{_('Trial of')}{' '}
						<select value={length} onChange={(event) => actions.setLength(Number(event.currentTarget.value))}>
							{LENGTHS.map((seconds) => <option key={seconds} value={seconds}>{lengthWords(seconds)}</option>)}
						</select>
					</label>
					<div id="nfo-try-words" class="nfo-try-words">
						{!reachable ? _('The router does not answer now.')
							: obstacle ? <FailureWords failure={obstacle} />
								: _('Takes effect at once, is saved only when you press Keep. Running connections move over by themselves.')}
					</div>
				</div>
			) : <p class="nfo-try">{_('Your account may look, not change.')}</p>}
		</fieldset>
	);
}
