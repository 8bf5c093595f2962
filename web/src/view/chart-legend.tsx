// SPDX-License-Identifier: Apache-2.0
import type { Path } from '../contract.ts';
import type { Sample } from '../doctor/history.ts';
import type { Layer } from './chart-ink.ts';
import { pathReading, softirqWords } from './chart-words.ts';
import { PATHS, pathName } from './words.ts';

/** The colour and the pattern of a layer. */
const Swatch = ({ layer }: { layer: Layer }) => <span class={`nfo-swatch nfo-path-${layer}`} data-layer={layer} aria-hidden="true" />;

interface LegendProps {
	/** The sample whose values stand beside the names; null: none. */
	sample: Sample | null;
	hidden: ReadonlySet<Path>;
	toggle: (path: Path) => void;
}

/** What is what in the charts, with the values of one moment. A press hides a path, another shows it again. */
export function Legend({ sample, hidden, toggle }: LegendProps) {
	return (
		<ul class="nfo-legend">
			{PATHS.map((path) => (
				<li key={path}>
					<button type="button" class="btn cbi-button" aria-pressed={!hidden.has(path)} onClick={() => toggle(path)}><Swatch layer={path} /> {pathName(path)}</button>
					<span>{sample && !hidden.has(path) ? pathReading(sample, path) : '–'}</span>
				</li>
			))}
			<li><span class="nfo-legend-name"><Swatch layer="load" /> {_('CPU')}</span><span>{softirqWords(sample?.softirq ?? null)}</span></li>
		</ul>
	);
}
