// SPDX-License-Identifier: Apache-2.0
import type { Transaction } from '../contract.ts';
import { modeBefore, progressOf } from '../doctor/transaction.ts';
import { clock } from './format.ts';
import { useLeft } from './left.ts';
import { Steps } from './steps.tsx';
import { modeName, offloading, stepName } from './words.ts';

interface TrialProps {
	transaction: Transaction;
	/** The router's uptime at this moment, s. */
	uptime: () => number;
	/** null: this account may not answer. */
	answer: ((keep: boolean) => void) | null;
	/** An answer is under way. */
	pending: boolean;
}

function promise(transaction: Transaction): string {
	const before = modeBefore(transaction);
	return before === null
		? _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to the setting from before.')
		: _('Nothing is saved yet: without an answer, or after a power cut, the router goes back to %s.').format(modeName(before));
}

/** The running transaction: its steps, then the countdown with the two answers. */
export function Trial({ transaction, uptime, answer, pending }: TrialProps) {
	const left = useLeft(transaction.deadline, uptime);
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
