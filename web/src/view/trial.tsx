// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import type { Measurement, Phase, Transaction } from '../contract.ts';
import { modeBefore, progressOf } from '../doctor/transaction.ts';
import type { Progress } from '../doctor/transaction.ts';
import { clock } from './format.ts';
import { modeName, offloading, phaseName, stepName } from './words.ts';

interface TrialProps {
	transaction: Transaction;
	/** The router's uptime at this moment, s. */
	uptime: () => number;
	/** null: this account may not answer. */
	answer: ((keep: boolean) => void) | null;
	/** An answer is under way. */
	pending: boolean;
}

const STATE_WORDS: Record<Progress['state'], () => string> = {
	done: () => _('done'),
	now: () => _('under way'),
	ahead: () => _('not yet'),
	failed: () => _('failed'),
};

function Steps({ steps }: { steps: { step: string; name: string; state: Progress['state'] }[] }) {
	return (
		<ol class="nfo-steps">
			{steps.map(({ step, name, state }) => (
				<li key={step} class={`nfo-step-${state}`} data-step={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
					{name} <span class="nfo-spoken">({STATE_WORDS[state]()})</span>
				</li>
			))}
		</ol>
	);
}

const PHASES: Phase['name'][] = ['with', 'without', 'again'];

/** The phases of a comparison under way, which goes back by itself. */
export function Comparing({ measurement: { phases }, stop, pending }: { measurement: Measurement; stop: (() => void) | null; pending: boolean }) {
	return (
		<section class="nfo-trial" aria-label={_('Before and after')}>
			<div class="nfo-trial-row">
				<div class="nfo-trial-words"><strong>{_('The difference is being measured.')}</strong>{' '}{_('Afterwards everything is as before.')}</div>
				{stop && <button type="button" class="btn cbi-button cbi-button-negative" disabled={pending} onClick={stop}>{_('Stop')}</button>}
			</div>
			<Steps steps={PHASES.map((step, index) => ({ step, name: phaseName(step), state: index < phases.length ? 'done' : index === phases.length ? 'now' : 'ahead' }))} />
		</section>
	);
}

/** How long the trial still lasts, s, counted down between two answers of the router. */
function useLeft(transaction: Transaction, uptime: () => number): number | null {
	const [, redraw] = useState(0);
	const { deadline } = transaction;
	useEffect(() => {
		if (deadline === null)
			return undefined;
		const timer = window.setInterval(() => redraw((count) => count + 1), 250);
		return () => window.clearInterval(timer);
	}, [deadline]);
	return deadline === null ? null : Math.max(0, deadline - uptime());
}

function promise(transaction: Transaction): string {
	const before = modeBefore(transaction);
	return before === null
		? _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to the setting from before.')
		: _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to %s.').format(modeName(before));
}

/** The running transaction: its steps, then the countdown with the two answers. */
export function Trial({ transaction, uptime, answer, pending }: TrialProps) {
	const left = useLeft(transaction, uptime);
	const waiting = transaction.step === 'waiting' && left !== null;
	const closing = transaction.step === 'committing';
	return (
		<section class="nfo-trial" data-step={transaction.step} aria-label={_('Trial')}>
			<div class="nfo-trial-row">
				<div class="nfo-trial-words">
					<strong>{_('%s is on trial.').format(offloading(transaction.mode))}</strong>{' '}
					{closing ? _('Saving it…') : transaction.step === 'reverting' ? _('Going back…') : promise(transaction)}
				</div>
				{waiting && (
					<div class="nfo-trial-answer">
						<span class="nfo-clock" role="timer" aria-live="off" aria-label={_('Time left')}>{clock(left)}</span>
						{answer && (
							<>
								<button type="button" class="btn cbi-button cbi-button-positive important" disabled={pending} onClick={() => answer(true)}>{_('Keep')}</button>
								<button type="button" class="btn cbi-button cbi-button-negative" disabled={pending} onClick={() => answer(false)}>{_('Go back')}</button>
							</>
						)}
					</div>
				)}
			</div>
			{waiting
				? <div class="nfo-left"><div style={{ width: `${Math.min(100, 100 * left / transaction.timeout)}%` }} /></div>
				: !closing && <Steps steps={progressOf(transaction).map(({ step, state }) => ({ step, name: stepName(step), state }))} />}
			{transaction.warnings.map((warning) => <p key={warning} class="nfo-reason" dir="auto">{warning}</p>)}
		</section>
	);
}
