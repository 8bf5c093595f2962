'use strict';
'require view as view';
'require nft-offload.common-9300eee3 as common';
'require nft-offload.preact-b8b2b6f2 as preact';
'require uplot as uplot';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const {
	modeOfFlowtable,
	throughputOf,
	percent,
	bitrate,
	integer,
	PATHS: PATHS$1,
	whenThemeChanges,
	shareOf,
	secondsAgo,
	modeName,
	pathName,
	Table,
	Heading,
	isRunning,
	CONFIRM_TIMEOUT,
	FailureWords,
	Sign,
	explain,
	names,
	phaseName,
	Looking,
	connectionsUrl,
	FINDINGS,
	isOutside,
	PathIcon,
	headline,
	sentence,
	modeOfOptions,
	useNews,
	useActions,
	Head$1: Head,
	diagnose,
	apply,
	Events,
	useOnScreen,
	useSurvey,
	factsOf,
	lookedOf,
	measure,
	TroubleWords,
	findingsOf,
	conflicts,
	isCurrent,
	coverage,
	isCurrentCoverage,
	mount,
} = common;
const { useState, useLayoutEffect, createElement, useRef, useMemo, Fragment } = preact;
const MEASURE_SECONDS = { default: 15 };

const SPAN = 300;
const NO_HISTORY = { samples: [], changes: [], mode: null, window: null, now: 0 };
function record(before, { now, loaded, watch }, memory) {
	const { samples, changes, mode: last, window: seen } = now < before.now ? NO_HISTORY : before;
	const mode = loaded.error === null && loaded.table ? modeOfFlowtable(loaded.flowtable) : last;
	const window = memory.windows[0] ?? null;
	const to = memory.reading?.at ?? now;
	const fresh =
		window && window !== seen
			? [{ from: to - window.seconds, to, bytes: throughputOf(window), flows: window.flows, softirq: watch?.cpu?.softirq ?? null }]
			: [];
	const recent = (list, at) => list.filter((one) => at(one) > now - SPAN);
	return {
		samples: recent([...samples, ...fresh], (sample) => sample.to),
		changes: recent([...changes, ...(last !== null && mode !== null && mode !== last ? [{ at: now, mode }] : [])], (change) => change.at),
		mode,
		window: window ?? seen,
		now,
	};
}
function meanOf(samples) {
	const seconds = samples.reduce((total, { from, to }) => total + to - from, 0);
	if (!seconds) return null;
	const mean = (value) => samples.reduce((total, sample) => total + value(sample) * (sample.to - sample.from), 0) / seconds;
	const byPath = (of) => ({
		hardware: mean((sample) => of(sample).hardware),
		software: mean((sample) => of(sample).software),
		slow: mean((sample) => of(sample).slow),
	});
	return {
		bytes: byPath(({ bytes }) => bytes),
		flows: byPath(({ flows }) => flows),
		softirq: samples.some(({ softirq }) => softirq === null) ? null : mean(({ softirq }) => softirq ?? 0),
	};
}

const MINUTE = 60;
function roundStep(value) {
	const magnitude = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 2, 5].find((one) => one * magnitude >= value * (1 - 1e-9)) ?? 10;
	return factor * magnitude;
}
function linesUpTo(most, count, least) {
	const step = roundStep(Math.max(most / count, least));
	const steps = Math.max(1, Math.ceil(most / step - 1e-9));
	return Array.from({ length: steps + 1 }, (_nothing, index) => index * step);
}
const throughputAxis = (most) => ({ lines: linesUpTo(most, 4, 1e3), label: (bits) => (bits ? bitrate(bits / 8) : integer(0)) });
const connectionsAxis = (most) => ({ lines: linesUpTo(most, 2, 1), label: integer });
const loadAxis = { lines: [0, 0.5, 1], label: (share) => _('%s %%').format(percent(share)) };
const timeLines = Array.from({ length: SPAN / MINUTE }, (_nothing, index) => (index + 1) * MINUTE - SPAN);
function timeLabel(seconds) {
	return seconds ? `‎−${_('%d min').format(-seconds / MINUTE)}` : _('now');
}

const TOGETHER = 0.5;
function columnsOf({ samples, now }, layers) {
	const moments = [];
	const columns = layers.map(() => []);
	const before = (at) => Math.min(0, Math.max(-SPAN, at - now));
	const point = (moment, sample) => {
		moments.push(moment);
		columns.forEach((column, index) => column.push(sample && layers[index](sample)));
	};
	let last = null;
	for (const sample of samples) {
		const joined = last !== null && sample.from - last.to < TOGETHER;
		if (last !== null && !joined) point(before((last.to + sample.from) / 2), null);
		point(before(joined && last !== null ? last.to : sample.from), sample);
		point(before(sample.to), sample);
		last = sample;
	}
	return [moments, ...columns];
}
function stackOf(values, hidden) {
	const edges = { hardware: null, software: null, slow: null };
	let edge = 0;
	for (const path of [...PATHS$1].reverse())
		if (!hidden.has(path)) {
			edge += values[path];
			edges[path] = edge;
		}
	return edges;
}
function stackedColumns(history, of, hidden) {
	return columnsOf(
		history,
		PATHS$1.map((path) => (sample) => stackOf(of(sample), hidden)[path]),
	);
}
const mostOf = ([, ...columns]) => Math.max(0, ...columns.flat().map((value) => value ?? 0));
function indexAt({ samples, now }, seconds) {
	const moment = now + seconds;
	const index = samples.findIndex(({ from, to }) => from <= moment && moment <= to + TOGETHER);
	return index < 0 ? null : index;
}
function middleOf({ from, to }, now) {
	return Math.max(-SPAN, (from + to) / 2 - now);
}

function afterKey(key, index, count) {
	const last = count - 1;
	switch (key) {
		case 'ArrowLeft':
			return index === null ? last : Math.max(0, index - 1);
		case 'ArrowRight':
			return index === null ? last : Math.min(last, index + 1);
		case 'Home':
			return 0;
		case 'End':
			return last;
		case 'Escape':
			return null;
		default:
			return void 0;
	}
}
function secondsOf(held, { samples, now }) {
	if (held?.by !== 'keyboard') return held?.seconds ?? null;
	const sample = samples.find(({ to }) => to >= held.to);
	return sample ? middleOf(sample, now) : null;
}
function useCursor(history, onMove) {
	const [held, hold] = useState(null);
	const { samples } = history;
	const seconds = secondsOf(held, history);
	const index = seconds === null ? null : indexAt(history, seconds);
	const moveTo = (sample) => {
		hold(sample && { by: 'keyboard', to: sample.to });
		onMove(sample);
	};
	return {
		seconds,
		sample: index === null ? null : (samples[index] ?? null),
		point: (pointed) => hold(pointed === null ? null : { by: 'pointer', seconds: pointed }),
		onKeyDown: (event) => {
			const next = event.altKey || event.ctrlKey || event.metaKey ? void 0 : afterKey(event.key, index, samples.length);
			if (next === void 0) return;
			event.preventDefault();
			moveTo(next === null ? null : (samples[next] ?? null));
		},
		onBlur: () => moveTo(null),
	};
}

const COLOURS = {
	hardware: 'var(--nfo-hardware, #2c9148)',
	software: 'var(--nfo-software, #3a7fd0)',
	slow: 'var(--nfo-slow, #b8710f)',
	load: 'var(--nfo-plain, #828282)',
	line: 'var(--nfo-line, #8886)',
	/* by backdrop.ts, which knows it whatever the theme has painted it with */
	page: 'var(--nfo-backdrop, #fff)',
};
const FONT_SIZE = 11;
const canDraw = () => typeof ResizeObserver === 'function' && document.createElement('canvas').getContext('2d') !== null;
function colourAt(place, colour) {
	const probe = document.createElement('span');
	probe.style.color = colour;
	place.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}
function readInk(place) {
	const { color, fontFamily } = getComputedStyle(place);
	return {
		text: color,
		line: colourAt(place, COLOURS.line),
		page: colourAt(place, COLOURS.page),
		layers: {
			hardware: colourAt(place, COLOURS.hardware),
			software: colourAt(place, COLOURS.software),
			slow: colourAt(place, COLOURS.slow),
			load: colourAt(place, COLOURS.load),
		},
		font: `${FONT_SIZE}px ${fontFamily}`,
	};
}
function useInk(place) {
	const [ink, setInk] = useState(null);
	useLayoutEffect(() => {
		if (!canDraw()) return void 0;
		const read = () => {
			if (place.current) {
				const now = readInk(place.current);
				setInk((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
			}
		};
		read();
		return place.current ? whenThemeChanges(place.current, read) : void 0;
	}, []);
	return ink;
}
const TILE = 8;
const STROKES = {
	hardware: () => void 0,
	load: () => void 0,
	/* hatched; beyond the tile too, so that the corners join */
	software: (context) => {
		context.lineWidth = 2;
		context.beginPath();
		for (const start of [-TILE, 0, TILE]) {
			context.moveTo(start - 1, TILE + 1);
			context.lineTo(start + TILE + 1, -1);
		}
		context.stroke();
	},
	/* dotted */
	slow: (context) => {
		for (const centre of [TILE / 4, (3 * TILE) / 4]) {
			context.beginPath();
			context.arc(centre, centre, 1.4, 0, 2 * Math.PI);
			context.fill();
		}
	},
};
function fillOf(context, layer, ink, pixelRatio) {
	const tile = document.createElement('canvas');
	tile.width = tile.height = Math.round(TILE * pixelRatio);
	const drawing = tile.getContext('2d');
	if (!drawing) return ink.layers[layer];
	drawing.scale(tile.width / TILE, tile.height / TILE);
	drawing.fillStyle = ink.layers[layer];
	drawing.fillRect(0, 0, TILE, TILE);
	drawing.fillStyle = drawing.strokeStyle = ink.page;
	STROKES[layer](drawing);
	return context.createPattern(tile, 'repeat') ?? ink.layers[layer];
}
function widthOf(texts, font) {
	const context = document.createElement('canvas').getContext('2d');
	if (!context) return 0;
	context.font = font;
	return Math.max(0, ...texts.map((text) => Math.ceil(context.measureText(text).width)));
}

const softirqWords = (share) => (share === null ? '–' : _('%s %%').format(percent(share)));
const pathReading = ({ bytes, flows }, path) => `${bitrate(bytes[path])} · ${integer(flows[path])}`;
const changeWords = ({ at, mode }, now) => _('%s since %d seconds.').format(modeName(mode), now - at);
const momentWords = ({ to }, now) => secondsAgo(Math.round(now - to));
const sampleWords = (sample, now, hidden) =>
	[
		momentWords(sample, now),
		...PATHS$1.filter((path) => !hidden.has(path)).map((path) => `${pathName(path)} ${pathReading(sample, path)}`),
		`${_('CPU')} ${softirqWords(sample.softirq)}`,
	].join('; ');
function summaryOf({ samples, changes, now }) {
	const mean = meanOf(samples);
	const share = mean && shareOf(mean.bytes);
	return [
		...(mean && share !== null
			? [
					_('On average %s, %s %% of it past the firewall.').format(
						bitrate(mean.bytes.hardware + mean.bytes.software + mean.bytes.slow),
						percent(share),
					),
				]
			: []),
		...(!mean || mean.softirq === null ? [] : [_('The CPU spent %s of its time forwarding (softirq).').format(softirqWords(mean.softirq))]),
		...changes.map((change) => changeWords(change, now)),
	].join(' ');
}

const Swatch = ({ layer }) => createElement('span', { class: `nfo-swatch nfo-path-${layer}`, 'data-layer': layer, 'aria-hidden': 'true' });
function Legend({ sample, hidden, toggle }) {
	return createElement(
		'ul',
		{ class: 'nfo-legend' },
		PATHS$1.map((path) =>
			createElement(
				'li',
				{ key: path },
				createElement(
					'button',
					{ type: 'button', class: 'btn cbi-button', 'aria-pressed': !hidden.has(path), onClick: () => toggle(path) },
					createElement(Swatch, { layer: path }),
					' ',
					pathName(path),
				),
				createElement('span', null, sample && !hidden.has(path) ? pathReading(sample, path) : '–'),
			),
		),
		createElement(
			'li',
			null,
			createElement('span', { class: 'nfo-legend-name' }, createElement(Swatch, { layer: 'load' }), ' ', _('CPU')),
			createElement('span', null, softirqWords(sample?.softirq ?? null)),
		),
	);
}

const PADDING = { top: 8, right: 28, below: 8 };
const GAP = 6;
const TIME_HEIGHT = 22;
function drawMarks(plot, { marks, named, ink }) {
	const {
		ctx: context,
		bbox: { left, top, width, height },
	} = plot;
	const ratio = uplot.uPlot.pxRatio;
	context.save();
	for (const { seconds, label } of marks) {
		const x = Math.round(plot.valToPos(seconds, 'x', true));
		context.strokeStyle = ink.text;
		context.lineWidth = 2 * ratio;
		context.setLineDash([4 * ratio, 3 * ratio]);
		context.beginPath();
		context.moveTo(x, top);
		context.lineTo(x, top + height);
		context.stroke();
		if (named) {
			const leftwards = x > left + width / 2;
			context.font = ink.font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
			context.textAlign = leftwards ? 'right' : 'left';
			context.textBaseline = 'top';
			const place = x + (leftwards ? -1 : 1) * 5 * ratio;
			const wide = context.measureText(label).width + 4 * ratio;
			context.fillStyle = ink.page;
			context.fillRect(leftwards ? place - wide + 2 * ratio : place - 2 * ratio, top, wide, 14 * ratio);
			context.fillStyle = ink.text;
			context.fillText(label, place, top + 2 * ratio);
		}
	}
	context.restore();
}
function fills() {
	let made = null;
	return (plot, layer, ink) => {
		const ratio = uplot.uPlot.pxRatio;
		if (made?.ink !== ink || made.ratio !== ratio) made = { ink, ratio, byLayer: /* @__PURE__ */ new Map() };
		const fill = made.byLayer.get(layer) ?? fillOf(plot.ctx, layer, ink, ratio);
		made.byLayer.set(layer, fill);
		return fill;
	};
}
function optionsOf(drawing, width) {
	const {
		height,
		layers,
		timed,
		ink: { font },
	} = drawing();
	const fill = fills();
	const stroke = () => drawing().ink.text;
	const grid = { stroke: () => drawing().ink.line, width: 1 };
	const common = { font, stroke, grid, ticks: { show: false }, gap: GAP };
	return {
		width,
		height,
		padding: [PADDING.top, PADDING.right, timed ? 0 : PADDING.below, 0],
		legend: { show: false },
		scales: {
			x: { time: false, range: () => [-SPAN, 0] },
			y: { range: () => [0, drawing().axis.lines.at(-1) ?? 1] },
		},
		axes: [
			{
				...common,
				size: timed ? TIME_HEIGHT : 0,
				splits: () => timeLines,
				values: (_plot, moments) => (timed ? moments.map(timeLabel) : moments.map(() => '')),
			},
			{
				...common,
				size: () => drawing().axisWidth + GAP,
				splits: () => drawing().axis.lines,
				values: (_plot, values) => values.map(drawing().axis.label),
			},
		],
		series: [
			{},
			...layers.map((layer) => ({
				fill: (plot) => fill(plot, layer, drawing().ink),
				/* the page's ground between two areas; the load, which is as pale as a theme's borders, has an edge */
				stroke: () => (layer === 'load' ? drawing().ink.text : drawing().ink.page),
				width: 1,
				points: { show: false },
			})),
		],
		cursor: {
			y: false,
			points: { show: false },
			drag: { x: false, y: false },
			bind: {
				mousemove: (plot, _target, move) => (event) => {
					move(event);
					drawing().onPoint(plot.posToVal(plot.cursor.left ?? 0, 'x'));
					return null;
				},
				mouseleave: (_plot, _target, leave) => (event) => {
					leave(event);
					drawing().onPoint(null);
					return null;
				},
			},
		},
		hooks: { draw: [(plot) => drawMarks(plot, drawing())] },
	};
}

function Plot(props) {
	const place = useRef(null);
	const plot = useRef(null);
	const latest = useRef(props);
	latest.current = props;
	const { columns, axis, axisWidth, marks, ink, height, cursor } = props;
	useLayoutEffect(() => {
		const element = place.current;
		if (!element) return void 0;
		const made = new uplot.uPlot(
			optionsOf(() => latest.current, element.clientWidth || 300),
			latest.current.columns,
			element,
		);
		plot.current = made;
		const observer = new ResizeObserver(() => {
			if (element.clientWidth && element.clientWidth !== made.width)
				made.setSize({ width: element.clientWidth, height: latest.current.height });
		});
		observer.observe(element);
		return () => {
			observer.disconnect();
			made.destroy();
			plot.current = null;
		};
	}, []);
	useLayoutEffect(() => {
		plot.current?.batch(() => {
			plot.current?.setData(columns);
			plot.current?.redraw(true, true);
		});
	}, [columns, axis, axisWidth, marks, ink]);
	useLayoutEffect(() => {
		const left = cursor === null ? null : plot.current?.valToPos(cursor, 'x');
		plot.current?.setCursor(left == null ? { left: -10, top: -10 } : { left, top: 1 }, false);
	});
	return createElement('div', { ref: place, class: 'nfo-plot', style: { height: `${height}px` }, 'aria-hidden': 'true' });
}

const bitsPerSecond = (bytes) => ({ hardware: bytes.hardware * 8, software: bytes.software * 8, slow: bytes.slow * 8 });
function stripsOf(history, hidden) {
	const throughput = stackedColumns(history, ({ bytes }) => bitsPerSecond(bytes), hidden);
	const connections = stackedColumns(history, ({ flows }) => flows, hidden);
	return [
		{
			name: 'throughput',
			title: _('Throughput'),
			height: 160,
			layers: PATHS$1,
			columns: throughput,
			axis: throughputAxis(mostOf(throughput)),
		},
		{
			name: 'connections',
			title: _('Connections'),
			height: 86,
			layers: PATHS$1,
			columns: connections,
			axis: connectionsAxis(mostOf(connections)),
		},
		{
			name: 'load',
			title: _('CPU, forwarding (softirq)'),
			height: 92,
			layers: ['load'],
			columns: columnsOf(history, [({ softirq }) => softirq]),
			axis: loadAxis,
		},
	];
}
function ChartFigure({ label, history }) {
	const place = useRef(null);
	const ink = useInk(place);
	const [hidden, setHidden] = useState(/* @__PURE__ */ new Set());
	const [spoken, setSpoken] = useState('');
	const { samples, changes, now } = history;
	const cursor = useCursor(history, (sample) => setSpoken(sample ? sampleWords(sample, now, hidden) : ''));
	const strips = useMemo(() => stripsOf(history, hidden), [history, hidden]);
	const marks = useMemo(() => changes.map(({ at, mode }) => ({ seconds: at - now, label: modeName(mode) })), [history]);
	const labels = strips.flatMap(({ axis }) => axis.lines.map(axis.label));
	const axisWidth = ink ? widthOf(labels, ink.font) : 0;
	const toggle = (path) => setHidden(new Set(hidden.has(path) ? [...hidden].filter((other) => other !== path) : [...hidden, path]));
	return createElement(
		'figure',
		{ class: 'nfo-chart', 'aria-label': label },
		createElement(
			'div',
			{
				ref: place,
				class: 'nfo-plots',
				role: 'application',
				tabIndex: 0,
				'aria-label': label,
				'aria-describedby': 'nfo-chart-moment',
				onKeyDown: cursor.onKeyDown,
				onBlur: cursor.onBlur,
			},
			strips.map(({ name, title, ...strip }) =>
				createElement(
					'div',
					{ key: name, class: 'nfo-strip', 'data-chart': name },
					createElement('div', { class: 'nfo-strip-head' }, title),
					ink &&
						createElement(Plot, {
							...strip,
							axisWidth,
							timed: name === 'load',
							marks,
							named: name === 'throughput',
							ink,
							cursor: cursor.seconds,
							onPoint: cursor.point,
						}),
				),
			),
		),
		createElement(
			'div',
			{ id: 'nfo-chart-moment', class: 'nfo-moment' },
			cursor.sample
				? momentWords(cursor.sample, now)
				: cursor.seconds === null
					? _('Point at a moment, or choose one with the arrow keys.')
					: _('Nothing was measured at this moment.'),
		),
		createElement(Legend, { sample: cursor.seconds === null ? (samples.at(-1) ?? null) : cursor.sample, hidden, toggle }),
		createElement('div', { class: 'nfo-spoken', 'aria-live': 'polite' }, spoken),
	);
}

const SLICE = 30;
function linesOf({ samples, changes, now }) {
	return Array.from({ length: SPAN / SLICE }, (_nothing, index) => {
		const within = (at) => Math.floor((now - at) / SLICE) === index;
		const mean = meanOf(samples.filter(({ to }) => within(to)));
		const changed = changes.filter(({ at }) => within(at));
		if (!mean && !changed.length) return null;
		const when = `‎−${_('%d s').format((index + 1) * SLICE)}`;
		return {
			key: String(index),
			cells: [
				[when, ...changed.map((change) => ` · ${changeWords(change, now)}`)].join(''),
				...PATHS$1.map((path) => (mean ? pathReading(mean, path) : '–')),
				softirqWords(mean?.softirq ?? null),
			],
		};
	}).filter((line) => line !== null);
}
function HistoryTable({ label, history }) {
	return createElement(
		'details',
		null,
		createElement('summary', null, _('In numbers')),
		createElement(Table, { label, heads: [_('Half minute'), ...PATHS$1.map(pathName), _('CPU')], lines: linesOf(history) }),
	);
}

const style = `/* SPDX-License-Identifier: Apache-2.0 */
.nfo-chart { display: flex; flex-direction: column; gap: .5rem; margin: 0; min-width: 0; }
.nfo-plots { display: flex; flex-direction: column; gap: .5rem; min-width: 0; }
.nfo-plots:focus-visible { outline: 2px solid var(--nfo-accent); outline-offset: 2px; }
.nfo-strip-head { font-size: 12px; }
/* a drawing that is still as wide as the window was does not make the page wider */
.nfo-plot { min-width: 0; overflow: hidden; }

/* as much of uPlot's own sheet as these charts need */
.nfo-plot .uplot, .nfo-plot .uplot * { box-sizing: border-box; }
.nfo-plot .u-wrap { position: relative; user-select: none; }
.nfo-plot .u-over, .nfo-plot .u-under, .nfo-plot .u-axis { position: absolute; }
.nfo-plot .u-under { overflow: hidden; }
.nfo-plot canvas { display: block; position: relative; width: 100%; height: 100%; }
.nfo-plot .u-select { display: none; }
.nfo-plot .u-cursor-x { position: absolute; left: 0; top: 0; height: 100%; border-inline-start: 1px solid; pointer-events: none; }
.nfo-plot .u-off { display: none; }

.nfo-moment { font-size: 12px; min-height: 1.5em; font-variant-numeric: tabular-nums; }
.nfo-legend { display: flex; flex-wrap: wrap; gap: .4rem 1.25rem; font-size: 12px; font-variant-numeric: tabular-nums; }
.nfo-legend li { display: flex; align-items: center; gap: .5rem; }
.nfo-legend button { margin: 0; }
.nfo-legend li > span:last-child { min-width: 9em; }
.nfo-legend li:last-child > span:last-child { min-width: 3em; }
.nfo-legend [aria-pressed="false"] { text-decoration: line-through; opacity: .7; }
/* the patterns of chart-ink.ts */
.nfo .nfo-swatch { display: inline-block; width: 24px; height: 12px; vertical-align: -.1em; background: var(--nfo-path, var(--nfo-plain)); }
.nfo .nfo-swatch.nfo-path-software { background: repeating-linear-gradient(135deg, var(--nfo-path) 0 3.6px, transparent 3.6px 5.6px); }
.nfo .nfo-swatch.nfo-path-slow { background: radial-gradient(circle, transparent 1.4px, var(--nfo-path) 1.8px) 0 0 / 5.6px 5.6px; }
`;

function Chart({ history }) {
	const label = _('The last five minutes');
	if (!history.samples.length)
		return createElement(
			'section',
			{ class: 'nfo-room', 'data-room': 'chart' },
			createElement(Heading, { level: 3 }, label),
			createElement('p', null, _('Nothing has been measured yet.')),
		);
	return createElement(
		'section',
		{ class: 'nfo-room', 'data-room': 'chart' },
		createElement('style', null, style),
		createElement(Heading, { level: 3 }, label),
		createElement('p', null, summaryOf(history)),
		createElement(ChartFigure, { label, history }),
		createElement(HistoryTable, { label, history }),
	);
}

function firewallOf({ prerequisites: has, loaded }) {
	const there = {
		FIREWALL4: has.fw4,
		NFT: has.nft,
		FIREWALL_ENABLED: has.firewall_enabled,
		FIREWALL_LOADED: loaded.table,
		CONFIG_WRITABLE: has.config_writable,
	};
	const lacks = Object.keys(there).filter((code) => !there[code]);
	return lacks.length ? lacks.map((code) => ({ code, standing: 'missing' })) : [{ code: 'FIREWALL', standing: 'ok' }];
}
function prerequisitesOf(mode, status) {
	const firewall = firewallOf(status);
	if (mode === 'off') return firewall;
	const { prerequisites: has, devices, router, transaction } = status;
	const missing = Object.entries(has.modules)
		.filter(([, state]) => state === 'missing')
		.map(([name]) => name);
	const fast = [
		{ code: 'MODULES', standing: missing.length ? 'missing' : 'ok', missing, kernel: router.kernel },
		...firewall,
		{ code: 'ACCOUNTING', standing: has.accounting === false ? 'note' : 'ok' },
	];
	if (mode === 'software') return fast;
	const nics = devices.flatMap(({ name, driver }) => (driver === null ? [] : [{ name, driver }]));
	const refused =
		transaction?.error?.code === 'HARDWARE_REFUSED' ? (transaction.error.detail.devices ?? []).filter((device) => !device.accepted) : [];
	if (refused.length) fast.push({ code: 'REFUSED_BY', standing: 'note', devices: refused });
	return [...fast, { code: 'NICS', standing: nics.length ? 'ok' : 'note', nics }];
}
const REFUSAL = {
	FIREWALL4: 'FW4_MISSING',
	NFT: 'NFT_MISSING',
	FIREWALL_ENABLED: 'FIREWALL_DISABLED',
	FIREWALL_LOADED: 'FIREWALL_NOT_LOADED',
	CONFIG_WRITABLE: 'CONFIG_READ_ONLY',
};
function obstacleTo(mode, status) {
	const { transaction, asked } = status;
	if (isRunning(transaction)) return { code: 'BUSY', detail: { id: transaction.id, mode: transaction.mode, step: transaction.step } };
	for (const prerequisite of prerequisitesOf(mode, status)) {
		if (prerequisite.code in REFUSAL) return { code: REFUSAL[prerequisite.code], detail: {} };
		if (prerequisite.code === 'MODULES' && prerequisite.standing === 'missing')
			return { code: 'MODULE_MISSING', detail: { modules: prerequisite.missing } };
	}
	if (asked.section === null) return { code: 'CONFIG_UNREADABLE', detail: {} };
	return asked.foreign.length ? { code: 'FOREIGN_CHANGES', detail: { changes: asked.foreign } } : null;
}

const MODES = ['off', 'software', 'hardware'];
const LENGTHS = [30, CONFIRM_TIMEOUT.default, 120, 300, CONFIRM_TIMEOUT.max];
function advice(mode) {
	switch (mode) {
		case 'off':
			return _(
				'Every packet passes the whole firewall. Right when SQM, QoS, traffic accounting or packet captures must see everything; not when the CPU is the bottleneck.',
			);
		case 'software':
			return _(
				'Established TCP and UDP connections skip the firewall, the CPU still forwards them. Works on every router; not with SQM or per-packet policies, which see only the first packets.',
			);
		case 'hardware':
			return _(
				'The network chip forwards established connections by itself, the CPU rests. Only where the driver can; not with SQM, captures or bandwidth monitors, which see nothing of it.',
			);
	}
}
function prerequisiteWords(prerequisite) {
	switch (prerequisite.code) {
		case 'FIREWALL':
			return _('firewall4 is installed, enabled and loaded');
		case 'ACCOUNTING':
			return prerequisite.standing === 'ok'
				? _('Connections are counted')
				: _('Connections are not counted (nf_conntrack_acct), so the share cannot be told');
		case 'MODULES':
			return prerequisite.standing === 'ok'
				? _('Linux %s has the modules of kmod-nft-offload').format(prerequisite.kernel)
				: _('Linux %s lacks %s (package kmod-nft-offload)').format(prerequisite.kernel, prerequisite.missing.join(', '));
		case 'NICS':
			return prerequisite.nics.length
				? _('Network chips: %s. Only a trial shows whether they can.').format(nicNames(prerequisite.nics))
				: _('No network chip was found');
		case 'REFUSED_BY':
			return _('Refused in the last trial: %s').format(names(prerequisite.devices.map(({ name }) => name)));
		default:
			return explain({ code: REFUSAL[prerequisite.code], detail: {} }).what;
	}
}
function nicNames(nics) {
	const drivers = [...new Set(nics.map(({ driver }) => driver))];
	return drivers.map((driver) => `${names(nics.filter((nic) => nic.driver === driver).map(({ name }) => name))} (${driver})`).join(', ');
}
const LEVEL = { ok: 'good', note: 'attention', missing: 'bad' };
function standingWords(standing) {
	switch (standing) {
		case 'ok':
			return _('fine');
		case 'note':
			return _('note');
		case 'missing':
			return _('missing');
	}
}
function Prerequisites({ list }) {
	return createElement(
		'ul',
		{ class: 'nfo-prerequisites' },
		list.map((prerequisite) =>
			createElement(
				'li',
				{ key: prerequisite.code, 'data-prerequisite': prerequisite.code, 'data-standing': prerequisite.standing },
				createElement(Sign, { level: LEVEL[prerequisite.standing] }),
				createElement(
					'span',
					null,
					createElement('span', { class: 'nfo-spoken' }, standingWords(prerequisite.standing), ': '),
					prerequisiteWords(prerequisite),
				),
			),
		),
	);
}
function Card$1({ mode, status, present, chosen, choose }) {
	const id = `nfo-mode-${mode}`;
	return createElement(
		'div',
		{ class: `nfo-card${chosen ? ' nfo-chosen' : ''}`, 'data-mode': mode },
		createElement(
			'div',
			{ class: 'nfo-card-head' },
			choose
				? createElement(
						'label',
						null,
						createElement('input', {
							type: 'radio',
							name: 'nfo-mode',
							value: mode,
							checked: chosen,
							'aria-describedby': id,
							onChange: () => choose(mode),
						}),
						' ',
						modeName(mode),
					)
				: createElement('strong', null, modeName(mode)),
			present && createElement('span', { class: 'nfo-present' }, _('in use')),
		),
		createElement(
			'div',
			{ id },
			createElement('p', null, advice(mode)),
			createElement(Prerequisites, { list: prerequisitesOf(mode, status) }),
		),
	);
}
function lengthWords(seconds) {
	const minutes = seconds / 60;
	return minutes < 1 ? _('%d seconds').format(seconds) : N_(minutes, '%d minute', '%d minutes').format(minutes);
}
function Choice({ status, asked, loaded, chosen, length, pending, reachable, actions }) {
	const obstacle = obstacleTo(chosen, status);
	const again = chosen === asked && chosen === loaded;
	return createElement(
		'fieldset',
		{ class: 'nfo-choice' },
		createElement('legend', null, _('Mode')),
		createElement(
			'div',
			{ class: 'nfo-cards' },
			MODES.map((mode) =>
				createElement(Card$1, {
					key: mode,
					mode,
					status,
					present: mode === loaded,
					chosen: actions ? mode === chosen : mode === asked,
					choose: actions && actions.choose,
				}),
			),
		),
		actions
			? createElement(
					'div',
					{ class: 'nfo-try' },
					createElement(
						'button',
						{
							type: 'button',
							class: 'btn cbi-button cbi-button-action important',
							disabled: pending || !reachable || obstacle !== null,
							'aria-describedby': 'nfo-try-words',
							onClick: actions.apply,
						},
						again ? _('Load again') : _('Try it'),
					),
					createElement(
						'label',
						null,
						_('Trial of'),
						' ',
						createElement(
							'select',
							{ value: length, onChange: (event) => actions.setLength(Number(event.currentTarget.value)) },
							LENGTHS.map((seconds) => createElement('option', { key: seconds, value: seconds }, lengthWords(seconds))),
						),
					),
					createElement(
						'div',
						{ id: 'nfo-try-words', class: 'nfo-try-words' },
						!reachable
							? _('The router does not answer now.')
							: obstacle
								? createElement(FailureWords, { failure: obstacle })
								: _('Takes effect at once, is saved only when you press Keep. Running connections move over by themselves.'),
					),
				)
			: createElement('p', { class: 'nfo-try' }, _('Your account may look, not change.')),
	);
}

function factor(phases, value) {
	const mean = (name) => {
		const some = phases.filter((phase) => (phase.name === 'without') === name);
		return some.reduce((total, phase) => total + value(phase), 0) / some.length;
	};
	const [without, together] = [mean(true), mean(false)];
	if (!(without > 0 && together > 0)) return '–';
	const [times, sign] = without < together ? [together / without, '÷'] : [without / together, '×'];
	return `${sign} ${times < 9.95 ? times.toFixed(1) : integer(times)}`;
}
function lines({ phases }) {
	const line = (key, value, words) => ({
		key,
		cells: [key, ...phases.map((phase) => words(value(phase))), phases.length > 1 ? factor(phases, value) : '–'],
	});
	const share = (value) => _('%s %%').format(percent(value));
	return [
		line(_('Slow packets per second'), ({ slow_packets, seconds }) => slow_packets / seconds, integer),
		line(_('CPU, forwarding (softirq)'), ({ softirq }) => softirq, share),
		line(_('CPU, busy at all'), ({ busy }) => busy, share),
		line(_('Throughput'), ({ bytes, seconds }) => bytes / seconds, bitrate),
	];
}
function Compare({ status, pending, reachable, measure }) {
	const { transaction, loaded } = status;
	const measurement = transaction?.measurement;
	const obstacle = loaded.flowtable ? obstacleTo('off', status) : { code: 'NOTHING_TO_COMPARE', detail: {} };
	return createElement(
		'section',
		{ class: 'nfo-room', 'data-room': 'compare' },
		createElement(Heading, { level: 3 }, _('Before and after')),
		createElement(
			'p',
			null,
			_('%d seconds as it is, as long without offloading, then as it is again. Start a download first.').format(MEASURE_SECONDS.default),
		),
		measure &&
			createElement(
				'div',
				{ class: 'nfo-try' },
				createElement(
					'button',
					{
						type: 'button',
						class: 'btn cbi-button cbi-button-action',
						disabled: pending || !reachable || obstacle !== null,
						'aria-describedby': 'nfo-compare-words',
						onClick: measure,
					},
					_('Measure the difference'),
				),
				createElement(
					'div',
					{ id: 'nfo-compare-words', class: 'nfo-try-words' },
					obstacle && !isRunning(transaction) && createElement(FailureWords, { failure: obstacle }),
				),
			),
		measurement &&
			measurement.phases.length > 0 &&
			createElement(Table, {
				label: _('Before and after'),
				heads: [_('Measured'), ...measurement.phases.map(({ name }) => phaseName(name)), _('Without offloading')],
				lines: lines(measurement),
			}),
	);
}

function standingName(standing) {
	switch (standing) {
		case 'covered':
			return _('yes');
		case 'partly':
			return _('partly');
		case 'one direction':
			return _('one direction');
		case 'not covered':
			return _('no');
		case 'cannot be':
			return _('impossible');
		case 'not known':
			return _('not known');
	}
}
const STANDING_LEVEL = {
	covered: 'good',
	partly: 'attention',
	'one direction': 'attention',
	'not covered': 'attention',
	'cannot be': 'plain',
	'not known': 'plain',
};
const REASON = {
	LISTED: ({ devices }) => _('The flowtable lists %s.').format(names(devices)),
	NOT_LISTED: ({ missing }) => _('The flowtable lacks %s.').format(names(missing)),
	SOME_LISTED: ({ devices, missing }) => _('The flowtable lists %s, but lacks %s.').format(names(devices), names(missing)),
	OTHER_SIDE: ({ networks, missing }) =>
		missing.length
			? _('Depends on %s, for which the flowtable lacks %s.').format(names(networks), names(missing))
			: _('Depends on %s, which is not covered.').format(names(networks)),
	NEVER: ({ device }) => _('The kernel never offloads what passes %s.').format(device),
	OFF: () => _('No flowtable is loaded.'),
	DOWN: () => _('The network is down.'),
	CARRIER: ({ device }) => _('It is not known which device carries %s.').format(device),
	NOT_FORWARDED: () => _('No zone forwards to or from it.'),
};
function coverageSentence(reason) {
	return REASON[reason.code](reason);
}
function lateSentence(late) {
	return late.code === 'APPEARED'
		? _('%s appeared after the firewall was loaded.').format(late.device)
		: _('%s came up %d seconds after the firewall was loaded.').format(late.device, late.seconds);
}

function Badge({ standing }) {
	const level = STANDING_LEVEL[standing];
	return createElement(
		'span',
		{ class: `nfo-badge nfo-${level}`, 'data-standing': standing },
		createElement(Sign, { level }),
		' ',
		standingName(standing),
	);
}
function Level({ devices }) {
	const listed = devices.filter((device) => device.listed).map(({ name }) => name);
	const others = devices.filter((device) => !device.listed).map(({ name }) => name);
	return createElement(
		Fragment,
		null,
		listed.length > 0 &&
			createElement('b', null, names(listed), createElement('span', { class: 'nfo-spoken' }, ' (', _('in the flowtable'), ')')),
		listed.length > 0 && others.length > 0 && ', ',
		names(others),
	);
}
function Chain({ chain }) {
	return createElement(
		'span',
		{ dir: 'ltr' },
		chain.map((devices, index) => createElement('span', { key: devices[0]?.name }, index > 0 && ' → ', createElement(Level, { devices }))),
	);
}
function Measured({ agreement }) {
	if (!agreement || agreement.share === null) return null;
	const differs = agreement.verdict === 'COVERED_BUT_SLOW' || agreement.verdict === 'UNCOVERED_BUT_FAST';
	return createElement(
		'span',
		{ class: `nfo-measured${differs ? ' nfo-attention' : ''}`, 'data-agreement': agreement.verdict },
		differs &&
			createElement(
				Fragment,
				null,
				createElement(Sign, { level: 'attention' }),
				createElement('span', { class: 'nfo-spoken' }, _('Not as predicted'), ': '),
			),
		_('%s %% slow').format(percent(agreement.share)),
	);
}
function Probed({ probed }) {
	const accepted = probed.filter((device) => device.accepted).map(({ name }) => name);
	const refused = probed.filter((device) => !device.accepted);
	return createElement(
		Fragment,
		null,
		accepted.length > 0 && createElement('p', null, _('Accepts hardware offload: %s').format(names(accepted))),
		refused.map(({ name, output }) =>
			createElement(
				'details',
				{ key: name },
				createElement('summary', null, _('Refuses hardware offload: %s').format(name)),
				createElement('pre', { dir: 'ltr', tabIndex: 0 }, output),
			),
		),
	);
}
function Why({ network }) {
	const [into, out] = [coverageSentence(network.in.why), coverageSentence(network.out.why)];
	return createElement(
		Fragment,
		null,
		into === out
			? createElement('p', null, into)
			: createElement(Fragment, null, createElement('p', null, _('In'), ': ', into), createElement('p', null, _('Out'), ': ', out)),
		network.late.map((late) =>
			createElement(
				'p',
				{ key: late.device, class: 'nfo-attention' },
				createElement(Sign, { level: 'attention' }),
				' ',
				lateSentence(late),
			),
		),
		createElement(Probed, { probed: network.probed }),
	);
}
function CoverageRoom({ coverage, looked, agreements }) {
	const heads = [_('Network'), _('Devices'), _('In'), _('Out'), _('Why')];
	const measured = (network, direction) => agreements.find((one) => one.network === network && one.direction === direction);
	return createElement(
		'section',
		{ class: 'nfo-room', 'data-room': 'coverage' },
		createElement(Heading, { level: 3 }, _('Coverage')),
		looked !== 'yes' || !coverage
			? createElement(Looking, { looked: looked === 'yes' ? 'not yet' : looked })
			: createElement(
					Fragment,
					null,
					createElement('p', null, _('Whether packets from or to a network can take the fast path. Devices in the flowtable are bold.')),
					createElement(Table, {
						label: _('Coverage'),
						heads,
						lines: coverage.networks.map((network) => ({
							key: network.name,
							cells: [
								createElement(
									Fragment,
									null,
									createElement(
										'a',
										{ href: connectionsUrl({ search: network.name }), title: _('Connections of %s').format(network.name) },
										createElement('strong', { dir: 'auto' }, network.name),
									),
									' ',
									network.zone !== network.name && createElement('span', { class: 'nfo-detail', dir: 'auto' }, '(', network.zone, ')'),
								),
								createElement(Chain, { ...network }),
								createElement(
									Fragment,
									null,
									createElement(Badge, { standing: network.in.standing }),
									' ',
									createElement(Measured, { agreement: measured(network.name, 'in') }),
								),
								createElement(
									Fragment,
									null,
									createElement(Badge, { standing: network.out.standing }),
									' ',
									createElement(Measured, { agreement: measured(network.name, 'out') }),
								),
								createElement(Why, { network }),
							],
						})),
					}),
					!coverage.rule.measured &&
						createElement(
							'p',
							{ class: 'nfo-detail' },
							_('Linux %s is not known well: believe what is measured here.').format(coverage.kernel),
						),
				),
	);
}

const WRITTEN$1 = 4;
function Evidence({ evidence, count }) {
	const line = (text) => createElement('li', { key: text }, createElement('code', { dir: 'auto' }, text));
	return createElement(
		Fragment,
		null,
		createElement('ul', { class: 'nfo-evidence', 'aria-label': _('Found on this router') }, evidence.slice(0, WRITTEN$1).map(line)),
		count > WRITTEN$1 &&
			createElement(
				'details',
				null,
				createElement('summary', null, _('and %d more').format(count - WRITTEN$1)),
				createElement('ul', { class: 'nfo-evidence' }, evidence.slice(WRITTEN$1).map(line)),
			),
	);
}
function Item({ finding }) {
	const { code, level, evidence, command, page, connections, threads } = finding;
	const { title, means, steps, costs, command: wanted } = FINDINGS[code];
	return createElement(
		'li',
		{ class: `nfo-message nfo-${level}`, 'data-finding': code },
		createElement(Heading, { level: 4 }, createElement(Sign, { level }), ' ', title()),
		evidence.length > 0 && createElement(Evidence, { ...finding }),
		createElement('p', null, means()),
		createElement('p', null, createElement('strong', null, _('What to do:'))),
		createElement(
			'ol',
			{ class: 'nfo-what-to-do' },
			steps().map((step) => createElement('li', { key: step }, step)),
		),
		createElement('p', null, createElement('strong', null, _('What that costs:')), ' ', costs()),
		command &&
			createElement(
				Fragment,
				null,
				createElement('p', null, _('By command, typed as root:')),
				createElement('pre', { dir: 'ltr', tabIndex: 0, 'aria-label': _('Command') }, command),
			),
		wanted && !command && createElement('p', null, _('A name on this router cannot be typed into a command: give it a plain one first.')),
		createElement(
			'p',
			{ class: 'nfo-detail' },
			page && createElement(Fragment, null, createElement('a', { href: L.url(page) }, _('Open the page')), ' · '),
			connections &&
				createElement(Fragment, null, createElement('a', { href: connectionsUrl(connections) }, _('Show its connections')), ' · '),
			_('Known from:'),
			threads.map(({ name, url }) =>
				createElement('span', { key: url }, ' ', createElement('a', { href: url, rel: 'noreferrer', target: '_blank' }, name)),
			),
		),
	);
}
function Findings({ findings, looked }) {
	return createElement(
		'section',
		{ class: 'nfo-room', 'data-room': 'findings' },
		createElement(
			Heading,
			{ level: 3 },
			_('What stands in the way'),
			findings.length > 0 && createElement(Fragment, null, ' ', createElement('span', { class: 'nfo-count' }, integer(findings.length))),
		),
		findings.length > 0 &&
			createElement(
				'ul',
				{ class: 'nfo-findings' },
				findings.map((finding) => createElement(Item, { key: finding.code, finding })),
			),
		looked !== 'yes'
			? createElement(Looking, { looked })
			: findings.length === 0 &&
					createElement('p', { class: 'nfo-quiet' }, createElement(Sign, { level: 'good' }), ' ', _('Nothing that is known to.')),
	);
}

const PATHS = ['slow', 'software', 'hardware'];
const THICKEST = 18;
const THINNEST = 3;
const WRITTEN = 3;
function stations(path) {
	switch (path) {
		case 'slow':
			return [_('Routing'), _('Firewall rules'), _('Address translation')];
		case 'software':
			return [_('Flowtable')];
		case 'hardware':
			return [_('Flow table of the chip')];
	}
}
function burden(path) {
	switch (path) {
		case 'slow':
			return _('Every packet, by the CPU');
		case 'software':
			return _('A shortcut, still by the CPU');
		case 'hardware':
			return _('By itself, the CPU rests');
	}
}
const DESCENDS = ['bridge', 'vlan', 'ppp', 'tunnel', 'other'];
function chain(network, devices) {
	const levels = [.../* @__PURE__ */ new Set([network.l3_device, network.device])].filter((name) => name !== null).map((name) => [name]);
	for (let level = levels.at(-1); level?.length;) {
		const lower = level.flatMap((name) => devices.find((device) => device.name === name && DESCENDS.includes(device.type))?.lower ?? []);
		level = lower.filter((name) => !levels.flat().includes(name));
		levels.push(level);
	}
	return levels
		.filter(({ length }) => length)
		.map(names)
		.join(' · ');
}
function Box({ title, networks, devices }) {
	const byDevice = /* @__PURE__ */ new Map();
	for (const network of networks) {
		const key = network.l3_device ?? network.device ?? network.name;
		byDevice.set(key, [...(byDevice.get(key) ?? []), network]);
	}
	const groups = [...byDevice.values()];
	return createElement(
		'div',
		{ class: 'nfo-box' },
		groups.length === 0 && createElement('strong', null, title),
		groups
			.slice(0, WRITTEN)
			.map((group) =>
				createElement(
					'div',
					{ key: group[0]?.name },
					createElement('strong', { dir: 'ltr' }, group.map(({ name }) => name).join(', ')),
					createElement('span', { dir: 'ltr' }, group[0] ? chain(group[0], devices) : ''),
				),
			),
		groups.length > WRITTEN && createElement('span', null, _('and %d more').format(groups.length - WRITTEN)),
	);
}
function Numbers({ used, flows, bytes }) {
	return createElement(
		'span',
		{ class: 'nfo-numbers' },
		!used && !flows
			? createElement('span', null, _('not in use'))
			: createElement(
					Fragment,
					null,
					flows !== null && createElement('span', null, N_(flows, '%s connection', '%s connections').format(integer(flows))),
					bytes !== null && createElement('span', null, bitrate(bytes)),
				),
	);
}
function Lane(props) {
	const { path, used, bytes, total } = props;
	const width = bytes && total ? Math.max(THINNEST, (THICKEST * bytes) / total) : 0;
	return createElement(
		'li',
		{ class: `nfo-lane nfo-path-${path}${width ? '' : ' nfo-idle'}`, 'data-path': path },
		createElement(
			'div',
			{ class: 'nfo-lane-head' },
			createElement('strong', null, createElement(PathIcon, { path }), ' ', pathName(path)),
			createElement(Numbers, { ...props }),
		),
		createElement(
			'div',
			{ class: 'nfo-track' },
			createElement(
				'svg',
				{ 'aria-hidden': 'true', 'stroke-width': width || 1 },
				createElement('line', { class: 'nfo-across', x1: '0', x2: '100%', y1: '50%', y2: '50%' }),
				createElement('line', { class: 'nfo-upright', x1: '50%', x2: '50%', y1: '0', y2: '100%' }),
			),
			createElement(
				'span',
				{ class: 'nfo-stations', 'aria-hidden': 'true' },
				used && stations(path).map((station) => createElement('span', { key: station }, station)),
			),
		),
		createElement('div', { class: 'nfo-burden' }, burden(path)),
	);
}
function Picture({ status, diagnosis }) {
	const { flows, throughput, loaded } = diagnosis;
	const inside = status.networks.filter((network) => !isOutside([network]));
	const outside = status.networks.filter((network) => isOutside([network]));
	const used = {
		slow: status.loaded.table,
		software: loaded.mode === 'software' || loaded.mode === 'hardware',
		hardware: loaded.mode === 'hardware',
	};
	const total = throughput ? throughput.slow + throughput.software + throughput.hardware : 0;
	return createElement(
		'figure',
		{ class: 'nfo-picture' },
		createElement(
			'figcaption',
			{ class: 'nfo-spoken' },
			_('The ways of a packet through this router, and what goes over each of them now'),
		),
		createElement(Box, { title: _('Your networks'), networks: inside, devices: status.devices }),
		createElement(
			'ul',
			{ class: 'nfo-lanes' },
			PATHS.map((path) =>
				createElement(Lane, {
					key: path,
					path,
					used: used[path],
					flows: flows && flows[path],
					bytes: throughput && throughput[path],
					total,
				}),
			),
		),
		createElement(Box, { title: _('Internet'), networks: outside, devices: status.devices }),
	);
}

function Card({ name, title, tile, headline: text, detail }) {
	const verdict = tile.verdicts[0];
	const reason = verdict ? sentence(verdict) : '';
	return createElement(
		'li',
		{ class: `nfo-tile nfo-${tile.level}`, 'data-tile': name, 'data-level': tile.level, 'data-verdict': verdict?.code ?? '' },
		createElement(Heading, { level: 3, class: 'nfo-tile-title' }, title),
		createElement('p', { class: 'nfo-headline' }, createElement(Sign, { level: tile.level }), ' ', text),
		detail && createElement('p', { class: 'nfo-detail' }, detail),
		reason && createElement('p', { class: 'nfo-reason' }, reason),
	);
}
function askedDetail({ asked, transaction }) {
	const saved = modeOfOptions(asked.saved);
	if (asked.section !== null && saved !== modeOfOptions(asked.effective) && transaction && transaction.step !== 'done')
		return _('On trial. Saved is: %s').format(modeName(saved));
	return asked.section === null ? '' : _("Saved in the firewall's configuration");
}
function loadedDetail(flowtable) {
	if (!flowtable) return _('No flowtable');
	return _('Flowtable on %s').format(names(flowtable.devices));
}
function workingDetail({ working, share, flows }) {
	const known = working.verdicts.some(({ code }) => code === 'DIRECTION_SLOW' || code === 'HARDWARE_IDLE') && share !== null;
	return [
		known ? _('%s %% of forwarded bytes bypass the firewall').format(percent(share)) : '',
		flows
			? _('Connections: %s hardware, %s software, %s slow').format(integer(flows.hardware), integer(flows.software), integer(flows.slow))
			: '',
	]
		.filter(Boolean)
		.join(' · ');
}
function Tiles({ status, diagnosis }) {
	const { asked, loaded, working } = diagnosis;
	const judgement = working.verdicts[0];
	return createElement(
		'ol',
		{ class: 'nfo-tiles' },
		createElement(Card, { name: 'asked', title: _('Asked for'), tile: asked, headline: modeName(asked.mode), detail: askedDetail(status) }),
		createElement(Card, {
			name: 'loaded',
			title: _('Loaded in the kernel'),
			tile: loaded,
			headline: status.loaded.error === null && !status.loaded.table ? _('Nothing') : modeName(loaded.mode),
			detail: loaded.mode === null ? '' : loadedDetail(status.loaded.flowtable),
		}),
		createElement(Card, {
			name: 'working',
			title: _('Working'),
			tile: working,
			headline: judgement ? headline(judgement) : '',
			detail: workingDetail(diagnosis),
		}),
	);
}

const SELDOM = 3e4;
function Rooms({ seen: { status, memory }, reachable, actions }) {
	const history = useRef(NO_HISTORY);
	if (status.now !== history.current.now) history.current = record(history.current, status, memory);
	const [place, visible] = useOnScreen();
	const key = `${memory.about} ${isRunning(status.transaction)}`;
	const { loaded } = status;
	const coverage$1 = useSurvey({
		ask: coverage,
		every: () => SELDOM,
		isCurrent: (one) => isCurrentCoverage(one, loaded),
		on: visible,
		key,
		once: true,
	});
	const conflicts$1 = useSurvey({
		ask: conflicts,
		every: () => SELDOM,
		isCurrent: (one) => isCurrent(one, loaded),
		on: visible,
		key,
		once: true,
	});
	const facts = factsOf(status, memory, coverage$1.facts, conflicts$1.facts);
	const trouble = coverage$1.trouble ?? conflicts$1.trouble;
	return createElement(
		'div',
		{ ref: place, class: 'nfo-room' },
		createElement(Findings, {
			findings: findingsOf(facts),
			looked: lookedOf(facts.coverage !== null && facts.conflicts !== null, [coverage$1.facts, conflicts$1.facts], loaded),
		}),
		trouble && createElement(TroubleWords, { trouble }),
		createElement(Chart, { history: history.current }),
		createElement(Compare, {
			status,
			pending: actions?.pending ?? false,
			reachable,
			measure: actions && (() => actions.act(() => measure(MEASURE_SECONDS.default))),
		}),
		createElement(CoverageRoom, {
			coverage: facts.judged,
			looked: lookedOf(facts.coverage !== null, [coverage$1.facts], loaded),
			agreements: facts.agreements,
		}),
	);
}
function Answered({ seen, trouble, actions }) {
	const [picked, pick] = useState(null);
	const [length, setLength] = useState(CONFIRM_TIMEOUT.default);
	const { status, memory } = seen;
	const diagnosis = diagnose(status, memory);
	const chosen = picked ?? diagnosis.asked.mode ?? 'off';
	const reachable = trouble === null;
	return createElement(
		Fragment,
		null,
		createElement(Tiles, { status, diagnosis }),
		createElement(Picture, { status, diagnosis }),
		createElement(Events, { seen, actions }),
		createElement(Choice, {
			status,
			asked: diagnosis.asked.mode,
			loaded: diagnosis.loaded.mode,
			chosen,
			length,
			pending: actions?.pending ?? false,
			reachable,
			actions: actions && { choose: pick, setLength, apply: () => actions.act(() => apply(chosen, length)) },
		}),
		createElement(Rooms, { seen, reachable, actions }),
	);
}
function StatusPage({ writable }) {
	const news = useNews();
	const actions = useActions(news.askNow);
	return createElement(
		'div',
		{ class: `nfo${news.seen && news.trouble ? ' nfo-stale' : ''}` },
		createElement(
			Head,
			{ news, actions },
			_(
				'Established connections take a shortcut past the firewall, in software or in the network chip. Here is what this router really does.',
			),
		),
		news.seen && createElement(Answered, { seen: news.seen, trouble: news.trouble, actions: writable ? actions : null }),
	);
}

const status = view.extend({
	render: () => mount(StatusPage),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
return status;
