// SPDX-License-Identifier: Apache-2.0
import type uPlot from 'uplot';
import uplot from 'luci:uplot';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Drawing } from './chart-options.ts';
import { optionsOf } from './chart-options.ts';

interface PlotProps extends Drawing {
	/** Where the cursor stands, in seconds before now; null: nowhere. */
	cursor: number | null;
}

/** One chart by uPlot, as wide as the page leaves room for. */
export function Plot(props: PlotProps) {
	const place = useRef<HTMLDivElement>(null);
	const plot = useRef<uPlot | null>(null);
	const latest = useRef(props);
	latest.current = props;
	const { columns, axis, axisWidth, marks, ink, height, cursor } = props;

	useLayoutEffect(() => {
		const element = place.current;
		if (!element)
			return undefined;
		const made = new uplot.uPlot(optionsOf(() => latest.current, element.clientWidth || 300), latest.current.columns, element);
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
			/* the room for labels may be another though the values are the same */
			plot.current?.redraw(true, true);
		});
	}, [columns, axis, axisWidth, marks, ink]);

	/* at every drawing: the moment of a sample moves with the time */
	useLayoutEffect(() => {
		const left = cursor === null ? null : plot.current?.valToPos(cursor, 'x');
		plot.current?.setCursor(left == null ? { left: -10, top: -10 } : { left, top: 1 }, false);
	});

	return <div ref={place} class="nfo-plot" style={{ height: `${height}px` }} aria-hidden="true" />;
}
