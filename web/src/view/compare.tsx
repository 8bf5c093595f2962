// SPDX-License-Identifier: Apache-2.0
import type { Measurement, Phase, Status } from '../contract.ts';
import { MEASURE_SECONDS } from '../contract/measure.ts';
import { obstacleTo } from '../doctor/prerequisites.ts';
import { isRunning } from '../doctor/transaction.ts';
import { bitrate, integer, percent } from './format.ts';
import { Heading } from './heading.tsx';
import { FailureWords } from './message.tsx';
import type { Line } from './table.tsx';
import { Table } from './table.tsx';
import { phaseName } from './words.ts';

/** How many times more, or less, without offloading than with it; a dash where one of them is nothing. */
export function factor(phases: Phase[], value: (phase: Phase) => number): string {
	const mean = (name: boolean): number => {
		const some = phases.filter((phase) => (phase.name === 'without') === name);
		return some.reduce((total, phase) => total + value(phase), 0) / some.length;
	};
	const [without, together] = [mean(true), mean(false)];
	if (!(without > 0 && together > 0))
		return '–';
	const [times, sign] = without < together ? [together / without, '÷'] : [without / together, '×'];
	return `${sign} ${times < 9.95 ? times.toFixed(1) : integer(times)}`;
}

function lines({ phases }: Measurement): Line[] {
	const line = (key: string, value: (phase: Phase) => number, words: (value: number) => string): Line =>
		({ key, cells: [key, ...phases.map((phase) => words(value(phase))), phases.length > 1 ? factor(phases, value) : '–'] });
	const share = (value: number): string => _('%s %%').format(percent(value));
	return [
		line(_('Slow packets per second'), ({ slow_packets, seconds }) => slow_packets / seconds, integer),
		line(_('CPU, forwarding (softirq)'), ({ softirq }) => softirq, share),
		line(_('CPU, busy at all'), ({ busy }) => busy, share),
		line(_('Throughput'), ({ bytes, seconds }) => bytes / seconds, bitrate),
	];
}

interface CompareProps {
	status: Status;
	pending: boolean;
	reachable: boolean;
	/** null: this account may not. */
	measure: (() => void) | null;
}

/** The difference that offloading makes, measured by doing without it for a moment. */
export function Compare({ status, pending, reachable, measure }: CompareProps) {
	const { transaction, loaded } = status;
	const measurement = transaction?.measurement;
	const obstacle = loaded.flowtable ? obstacleTo('off', status) : { code: 'NOTHING_TO_COMPARE' as const, detail: {} };
	return (
		<section class="nfo-room" data-room="compare">
			<Heading level={3}>{_('Before and after')}</Heading>
			<p>{_('%d seconds as it is, as long without offloading, then as it is again. Start a download first.').format(MEASURE_SECONDS.default)}</p>
			{measure && (
				<div class="nfo-try">
					<button type="button" class="btn cbi-button cbi-button-action" disabled={pending || !reachable || obstacle !== null} aria-describedby="nfo-compare-words" onClick={measure}>{_('Measure the difference')}</button>
					<div id="nfo-compare-words" class="nfo-try-words">{obstacle && !isRunning(transaction) && <FailureWords failure={obstacle} />}</div>
				</div>
			)}
			{measurement && measurement.phases.length > 0 && (
				<Table label={_('Before and after')} heads={[_('Measured'), ...measurement.phases.map(({ name }) => phaseName(name)), _('Without offloading')]} lines={lines(measurement)} />
			)}
		</section>
	);
}
