// SPDX-License-Identifier: Apache-2.0
import type { Measurement, Phase, Transaction, Uptime } from '../contract.ts';
import { clock } from './format.ts';
import { useLeft } from './left.ts';
import { Steps } from './steps.tsx';
import { phaseName } from './words.ts';

const PHASES: Phase['name'][] = ['with', 'without', 'again'];

interface ComparingProps {
	/** Its deadline is when the present phase ends; null until that has begun. */
	transaction: Transaction;
	measurement: Measurement;
	/** The router's uptime at this moment, s. */
	uptime: () => Uptime;
	/** Ends it early; null: this account may not. */
	stop: (() => void) | null;
	/** An answer is under way. */
	pending: boolean;
}

/** A comparison under way, which goes back by itself: its phases, and the time that those take which have still to be counted. */
export function Comparing({ transaction: { deadline }, measurement: { phases, seconds }, uptime, stop, pending }: ComparingProps) {
	const behind = seconds * (PHASES.length - 1 - phases.length);
	const left = useLeft(deadline === null ? null : deadline + behind, uptime);
	return (
		<section class="nfo-trial" aria-label={_('Before and after')}>
			<div class="nfo-trial-row">
				<div class="nfo-trial-words"><strong>{_('The difference is being measured.')}</strong>{' '}{_('Afterwards everything is as before.')}</div>
				<div class="nfo-trial-answer">
					{left !== null && <span class="nfo-clock" role="timer" aria-live="off" aria-label={_('Time left')}>{clock(left)}</span>}
					{stop && <button type="button" class="btn cbi-button cbi-button-negative" disabled={pending} onClick={stop}>{_('Stop')}</button>}
				</div>
			</div>
			<Steps steps={PHASES.map((step, index) => ({ step, name: phaseName(step), state: index < phases.length ? 'done' : index === phases.length ? 'now' : 'ahead' }))} />
		</section>
	);
}
