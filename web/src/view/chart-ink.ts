// SPDX-License-Identifier: Apache-2.0
/** What the charts are drawn with: the colours of the theme as it is now, and a pattern for each path. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Path } from '../contract.ts';
import { whenThemeChanges } from './backdrop.ts';

/** What an area stands for. */
export type Layer = Path | 'load';

export interface Ink {
	text: string;
	/** Lines of the axes. */
	line: string;
	/** What the page is painted with below the chart. */
	page: string;
	layers: Record<Layer, string>;
	font: string;
}

/** Custom properties of style.css, with what reads on white and on black where a theme takes them away. */
const COLOURS: Record<Layer | 'line' | 'page', string> = {
	hardware: 'var(--nfo-hardware, #2c9148)',
	software: 'var(--nfo-software, #3a7fd0)',
	slow: 'var(--nfo-slow, #b8710f)',
	load: 'var(--nfo-plain, #828282)',
	line: 'var(--nfo-line, #8886)',
	/* by backdrop.ts, which knows it whatever the theme has painted it with */
	page: 'var(--nfo-backdrop, #fff)',
};

/** CSS pixels. */
const FONT_SIZE = 11;

/** Whether this browser can draw; a test's document cannot. */
export const canDraw = (): boolean => typeof ResizeObserver === 'function' && document.createElement('canvas').getContext('2d') !== null;

/** A colour as the browser understands it at a place of the page, whatever it is made of. */
function colourAt(place: HTMLElement, colour: string): string {
	const probe = document.createElement('span');
	probe.style.color = colour;
	place.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}

/** Reads the theme. */
export function readInk(place: HTMLElement): Ink {
	const { color, fontFamily } = getComputedStyle(place);
	return {
		text: color,
		line: colourAt(place, COLOURS.line),
		page: colourAt(place, COLOURS.page),
		layers: {
			hardware: colourAt(place, COLOURS.hardware), software: colourAt(place, COLOURS.software),
			slow: colourAt(place, COLOURS.slow), load: colourAt(place, COLOURS.load),
		},
		font: `${FONT_SIZE}px ${fontFamily}`,
	};
}

/** The ink of a place, read again when the theme is another; null until it is known, or where nothing can be drawn. */
export function useInk(place: RefObject<HTMLElement>): Ink | null {
	const [ink, setInk] = useState<Ink | null>(null);
	useLayoutEffect(() => {
		if (!canDraw())
			return undefined;
		const read = (): void => {
			if (place.current) {
				const now = readInk(place.current);
				setInk((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
			}
		};
		read();
		return place.current ? whenThemeChanges(place.current, read) : undefined;
	}, []);
	return ink;
}

/** CSS pixels of one tile of a pattern. */
const TILE = 8;

/** The strokes that tell an area from the others without its colour; chart.css has the same for the legend. */
const STROKES: Record<Layer, (context: CanvasRenderingContext2D) => void> = {
	hardware: () => undefined,
	load: () => undefined,
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
		for (const centre of [TILE / 4, 3 * TILE / 4]) {
			context.beginPath();
			context.arc(centre, centre, 1.4, 0, 2 * Math.PI);
			context.fill();
		}
	},
};

/** The fill of a layer. Nothing shines through it: areas are drawn one over the other. */
export function fillOf(context: CanvasRenderingContext2D, layer: Layer, ink: Ink, pixelRatio: number): CanvasPattern | string {
	const tile = document.createElement('canvas');
	tile.width = tile.height = Math.round(TILE * pixelRatio);
	const drawing = tile.getContext('2d');
	if (!drawing)
		return ink.layers[layer];
	drawing.scale(tile.width / TILE, tile.height / TILE);
	drawing.fillStyle = ink.layers[layer];
	drawing.fillRect(0, 0, TILE, TILE);
	drawing.fillStyle = drawing.strokeStyle = ink.page;
	STROKES[layer](drawing);
	return context.createPattern(tile, 'repeat') ?? ink.layers[layer];
}

/** CSS pixels that the widest of some texts takes. */
export function widthOf(texts: string[], font: string): number {
	const context = document.createElement('canvas').getContext('2d');
	if (!context)
		return 0;
	context.font = font;
	return Math.max(0, ...texts.map((text) => Math.ceil(context.measureText(text).width)));
}
