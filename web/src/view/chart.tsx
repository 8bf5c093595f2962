// SPDX-License-Identifier: Apache-2.0
import type { History } from '../doctor/history.ts';
import { ChartFigure } from './chart-figure.tsx';
import { HistoryTable } from './chart-table.tsx';
import { summaryOf } from './chart-words.ts';
import { Heading } from './heading.tsx';
import style from './chart.css?inline';

/** The last five minutes, by path: in words, as charts, and in numbers. */
export function Chart({ history }: { history: History }) {
	const label = _('The last five minutes');
	if (!history.samples.length)
		return <section class="nfo-room" data-room="chart"><Heading level={3}>{label}</Heading><p>{_('Nothing has been measured yet.')}</p></section>;
	return (
		<section class="nfo-room" data-room="chart">
			<style>{style}</style>
			<Heading level={3}>{label}</Heading>
			<p>{summaryOf(history)}</p>
			<ChartFigure label={label} history={history} />
			<HistoryTable label={label} history={history} />
		</section>
	);
}
