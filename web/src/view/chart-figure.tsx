// SPDX-License-Identifier: Apache-2.0
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Path } from '../contract.ts';
import type { History } from '../doctor/history.ts';
import { connectionsAxis, loadAxis, throughputAxis } from './chart-axes.ts';
import { useCursor } from './chart-cursor.ts';
import type { Columns } from './chart-data.ts';
import { columnsOf, mostOf, stackedColumns } from './chart-data.ts';
import { useInk, widthOf } from './chart-ink.ts';
import type { Layer } from './chart-ink.ts';
import { Legend } from './chart-legend.tsx';
import { Plot } from './chart-plot.tsx';
import { momentWords, sampleWords } from './chart-words.ts';
import type { Axis } from './chart-axes.ts';
import { modeName, PATHS } from './words.ts';

/** One chart of the three. */
interface Strip {
	name: 'throughput' | 'connections' | 'load';
	title: string;
	/** CSS pixels. */
	height: number;
	layers: Layer[];
	columns: Columns;
	axis: Axis;
}

const bitsPerSecond = (bytes: Record<Path, number>): Record<Path, number> =>
	({ hardware: bytes.hardware * 8, software: bytes.software * 8, slow: bytes.slow * 8 });

/** The charts, from above. */
function stripsOf(history: History, hidden: ReadonlySet<Path>): Strip[] {
	const throughput = stackedColumns(history, ({ bytes }) => bitsPerSecond(bytes), hidden);
	const connections = stackedColumns(history, ({ flows }) => flows, hidden);
	return [
		{ name: 'throughput', title: _('Throughput'), height: 160, layers: PATHS, columns: throughput, axis: throughputAxis(mostOf(throughput)) },
		{ name: 'connections', title: _('Connections'), height: 86, layers: PATHS, columns: connections, axis: connectionsAxis(mostOf(connections)) },
		{ name: 'load', title: _('CPU, forwarding (softirq)'), height: 92, layers: ['load'], columns: columnsOf(history, [({ softirq }) => softirq]), axis: loadAxis },
	];
}

/** The last five minutes by path: three charts, one cursor, and a legend with the values at its moment. */
export function ChartFigure({ label, history }: { label: string; history: History }) {
	const place = useRef<HTMLDivElement>(null);
	const ink = useInk(place);
	const [hidden, setHidden] = useState<ReadonlySet<Path>>(new Set());
	const [spoken, setSpoken] = useState('');
	const { samples, changes, now } = history;
	const cursor = useCursor(history, (sample) => setSpoken(sample ? sampleWords(sample, now, hidden) : ''));
	const strips = useMemo(() => stripsOf(history, hidden), [history, hidden]);
	const marks = useMemo(() => changes.map(({ at, mode }) => ({ seconds: at - now, label: modeName(mode) })), [history]);
	const labels = strips.flatMap(({ axis }) => axis.lines.map(axis.label));
	const axisWidth = ink ? widthOf(labels, ink.font) : 0;
	const toggle = (path: Path): void => setHidden(new Set(hidden.has(path) ? [...hidden].filter((other) => other !== path) : [...hidden, path]));
	return (
		<figure class="nfo-chart" aria-label={label}>
			{/* an application, so that a screen reader leaves the arrow keys to it */}
			<div
				ref={place} class="nfo-plots" role="application" tabIndex={0} aria-label={label} aria-describedby="nfo-chart-moment"
				onKeyDown={cursor.onKeyDown} onBlur={cursor.onBlur}
			>
				{strips.map(({ name, title, ...strip }) => (
					<div key={name} class="nfo-strip" data-chart={name}>
						<div class="nfo-strip-head">{title}</div>
						{ink && (
							<Plot
								{...strip} axisWidth={axisWidth} timed={name === 'load'} marks={marks} named={name === 'throughput'} ink={ink}
								cursor={cursor.seconds} onPoint={cursor.point}
							/>
						)}
					</div>
				))}
			</div>
			<div id="nfo-chart-moment" class="nfo-moment">
				{cursor.sample ? momentWords(cursor.sample, now) : cursor.seconds === null ? _('Point at a moment, or choose one with the arrow keys.') : _('Nothing was measured at this moment.')}
			</div>
			<Legend sample={cursor.seconds === null ? samples.at(-1) ?? null : cursor.sample} hidden={hidden} toggle={toggle} />
			<div class="nfo-spoken" aria-live="polite">{spoken}</div>
		</figure>
	);
}
