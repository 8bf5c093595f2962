// SPDX-License-Identifier: Apache-2.0
import type { Path, Uptime } from '../contract.ts';
import type { Change, History, Sample } from '../doctor/history.ts';
import { meanOf, SPAN } from '../doctor/history.ts';
import { shareOf } from '../doctor/traffic.ts';
import { bitrate, integer, percent } from './format.ts';
import { Heading } from './heading.tsx';
import { Table } from './table.tsx';
import { modeName, PATHS, pathName } from './words.ts';

/** From the bottom up. */
const STACK = [...PATHS].reverse();

/** Units of the drawing across. */
const WIDTH = 600;
/** Seconds between two windows that are drawn as one area. */
const TOGETHER = 0.5;
/** Seconds of a line of the table. */
const SLICE = 30;

/** Bottom and top of one layer in each sample, in the same measure as `max`. */
type Layer = (sample: Sample) => [bottom: number, top: number];

/** The outline of a layer: a step for each sample, a gap where none was. */
export function outline(samples: Sample[], layer: Layer, now: Uptime, height: number, max: number): string {
	const x = (at: Uptime): string => (WIDTH * (1 - Math.min(SPAN, Math.max(0, now - at)) / SPAN)).toFixed(1);
	const y = (value: number): string => (height * (1 - value / max)).toFixed(1);
	const runs: Sample[][] = [];
	for (const sample of samples) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		if (run && last && sample.from - last.to < TOGETHER)
			run.push(sample);
		else
			runs.push([sample]);
	}
	return runs.map((run) => {
		const there = run.map((sample) => `${x(sample.from)} ${y(layer(sample)[1])}H${x(sample.to)}`);
		const back = run.map((sample) => `${x(sample.to)} ${y(layer(sample)[0])}H${x(sample.from)}`).reverse();
		return `M${[...there, ...back].join('L')}Z`;
	}).join('');
}

/** The layer of one path in a stack of them. */
const stacked = (path: Path, of: (sample: Sample) => Record<Path, number>): Layer => (sample) => {
	const values = of(sample);
	const bottom = STACK.slice(0, STACK.indexOf(path)).reduce((total, below) => total + values[below], 0);
	return [bottom, bottom + values[path]];
};

interface StripProps {
	title: string;
	/** What the upper edge stands for. */
	top: string;
	height: number;
	max: number;
	layers: [name: string, layer: Layer][];
	history: History;
}

function Strip({ title, top, height, max, layers, history: { samples, changes, now } }: StripProps) {
	return (
		<div class="nfo-strip">
			<div class="nfo-strip-head"><span>{title}</span><span>{top}</span></div>
			<svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" style={{ height: `${height}px` }} aria-hidden="true">
				{layers.map(([name, layer]) => <path key={name} class={`nfo-area nfo-path-${name}`} d={outline(samples, layer, now, height, max)} />)}
				{layers.map(([name, layer]) => <path key={name} fill={`url(#nfo-${name})`} d={outline(samples, layer, now, height, max)} />)}
				{changes.map(({ at }) => <path key={at} class="nfo-mark" d={`M${(WIDTH * (1 - (now - at) / SPAN)).toFixed(1)} 0V${height}`} />)}
			</svg>
		</div>
	);
}

/** What tells the areas apart where colours do not; the same strokes as in the picture. */
function Patterns() {
	return (
		<svg width="0" height="0" class="nfo-patterns" aria-hidden="true">
			<pattern id="nfo-software" width="27" height="8" patternUnits="userSpaceOnUse"><path d="M24.5 0V8" stroke-width="5" /></pattern>
			<pattern id="nfo-slow" width="9" height="8" patternUnits="userSpaceOnUse"><path d="M7 0V8" stroke-width="4" /></pattern>
		</svg>
	);
}

function Legend() {
	return (
		<ul class="nfo-legend" aria-hidden="true">
			{PATHS.map((path) => (
				<li key={path}><svg viewBox="0 0 40 10"><path class={`nfo-area nfo-path-${path}`} d="M0 0H40V10H0Z" /><path fill={`url(#nfo-${path})`} d="M0 0H40V10H0Z" /></svg> {pathName(path)}</li>
			))}
		</ul>
	);
}

const softirqWords = (share: number | null): string => (share === null ? '–' : _('%s %%').format(percent(share)));

function summary(samples: Sample[], changes: Change[], now: Uptime): string {
	const mean = meanOf(samples);
	const share = mean && shareOf(mean.bytes);
	return [
		...mean && share !== null ? [_('On average %s, %s %% of it past the firewall.').format(bitrate(mean.bytes.hardware + mean.bytes.software + mean.bytes.slow), percent(share))] : [],
		...!mean || mean.softirq === null ? [] : [_('The CPU spent %s of its time forwarding (softirq).').format(softirqWords(mean.softirq))],
		...changes.map(({ at, mode }) => _('%s since %d seconds.').format(modeName(mode), now - at)),
	].join(' ');
}

/** Half minutes, the latest first, as the lines of a table. */
function lines({ samples, now }: History) {
	return Array.from({ length: SPAN / SLICE }, (_nothing, index) => {
		const mean = meanOf(samples.filter(({ to }) => Math.floor((now - to) / SLICE) === index));
		return mean && {
			key: String(index),
			cells: [`−${_('%d s').format((index + 1) * SLICE)}`, ...PATHS.map((path) => `${bitrate(mean.bytes[path])} · ${integer(mean.flows[path])}`), softirqWords(mean.softirq)],
		};
	}).filter((line) => line !== null);
}

/** The last five minutes, by path. */
export function Chart({ history }: { history: History }) {
	const { samples, changes, now } = history;
	const most = (of: (sample: Sample) => Record<Path, number>): number =>
		Math.max(1, ...samples.map((sample) => STACK.reduce((total, path) => total + of(sample)[path], 0)));
	const layers = (of: (sample: Sample) => Record<Path, number>): [string, Layer][] => STACK.map((path) => [path, stacked(path, of)]);
	const [bytes, flows] = [most((sample) => sample.bytes), most((sample) => sample.flows)];
	const label = _('The last five minutes');
	if (!samples.length)
		return <section class="nfo-room" data-room="chart"><Heading level={3}>{label}</Heading><p>{_('Nothing has been measured yet.')}</p></section>;
	return (
		<section class="nfo-room" data-room="chart">
			<Heading level={3}>{label}</Heading>
			<p>{summary(samples, changes, now)}</p>
			<figure class="nfo-chart" dir="ltr" aria-label={label}>
				<Patterns />
				<Strip title={_('Throughput')} top={bitrate(bytes)} height={110} max={bytes} layers={layers((sample) => sample.bytes)} history={history} />
				<Strip title={_('Connections')} top={integer(flows)} height={44} max={flows} layers={layers((sample) => sample.flows)} history={history} />
				<Strip title={_('CPU, forwarding (softirq)')} top={softirqWords(1)} height={32} max={1} layers={[['load', ({ softirq }) => [0, softirq ?? 0]]]} history={history} />
				<div class="nfo-strip-head"><span>{_('5 minutes ago')}</span><span>{_('now')}</span></div>
				<Legend />
			</figure>
			<details>
				<summary>{_('In numbers')}</summary>
				<Table label={label} heads={[_('Half minute'), ...PATHS.map(pathName), _('CPU')]} lines={lines(history)} />
			</details>
		</section>
	);
}
