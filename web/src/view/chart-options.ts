// SPDX-License-Identifier: Apache-2.0
import type uPlot from 'uplot';
import uplot from 'luci:uplot';
import { SPAN } from '../doctor/history.ts';
import type { Axis } from './chart-axes.ts';
import { timeLabel, timeLines } from './chart-axes.ts';
import type { Columns } from './chart-data.ts';
import type { Ink, Layer } from './chart-ink.ts';
import { fillOf } from './chart-ink.ts';

/** A moment at which another mode was loaded. */
export interface Mark {
	/** Before now; negative. */
	seconds: number;
	label: string;
}

/** One of the charts, as it is now. */
export interface Drawing {
	/** CSS pixels, with the axes. */
	height: number;
	/** In the order in which they are drawn. The same as long as the chart lives. */
	layers: Layer[];
	columns: Columns;
	axis: Axis;
	/** CSS pixels for the labels of the axis upwards: the same in all charts, so that their moments stand below each other. */
	axisWidth: number;
	/** The time stands below. */
	timed: boolean;
	marks: Mark[];
	/** The marks have their labels. */
	named: boolean;
	ink: Ink;
	/** The pointer is at this moment, in seconds before now; null: it has left. */
	onPoint: (seconds: number | null) => void;
}

/** CSS pixels beside the drawing: half a label of the upper line, half of "now", and half of the 0. */
const PADDING = { top: 8, right: 28, below: 8 };
/** CSS pixels between a label and its axis. */
const GAP = 6;
/** CSS pixels for the labels of the axis of time. */
const TIME_HEIGHT = 22;

/** Vertical lines at the changes of mode, with their labels on the side that has more room. */
function drawMarks(plot: uPlot, { marks, named, ink }: Drawing): void {
	const { ctx: context, bbox: { left, top, width, height } } = plot;
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
			/* on the page's own ground, so that it can be read over an area */
			const wide = context.measureText(label).width + 4 * ratio;
			context.fillStyle = ink.page;
			context.fillRect(leftwards ? place - wide + 2 * ratio : place - 2 * ratio, top, wide, 14 * ratio);
			context.fillStyle = ink.text;
			context.fillText(label, place, top + 2 * ratio);
		}
	}
	context.restore();
}

/** The fills of the layers, made once for an ink and a density of pixels. */
function fills(): (plot: uPlot, layer: Layer, ink: Ink) => CanvasPattern | string {
	let made: { ink: Ink; ratio: number; byLayer: Map<Layer, CanvasPattern | string> } | null = null;
	return (plot, layer, ink) => {
		const ratio = uplot.uPlot.pxRatio;
		if (made?.ink !== ink || made.ratio !== ratio)
			made = { ink, ratio, byLayer: new Map() };
		const fill = made.byLayer.get(layer) ?? fillOf(plot.ctx, layer, ink, ratio);
		made.byLayer.set(layer, fill);
		return fill;
	};
}

/** A chart for uPlot. It asks for the drawing whenever it draws, so that a change of it needs no other chart. */
export function optionsOf(drawing: () => Drawing, width: number): uPlot.Options {
	const { height, layers, timed, ink: { font } } = drawing();
	const fill = fills();
	const stroke = (): string => drawing().ink.text;
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
			{ ...common, size: timed ? TIME_HEIGHT : 0, splits: () => timeLines, values: (_plot, moments) => (timed ? moments.map(timeLabel) : moments.map(() => '')) },
			{ ...common, size: () => drawing().axisWidth + GAP, splits: () => drawing().axis.lines, values: (_plot, values) => values.map(drawing().axis.label) },
		],
		series: [
			{},
			...layers.map((layer): uPlot.Series => ({
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
