// SPDX-License-Identifier: Apache-2.0
import type { Path } from '../contract.ts';
import type { Level } from '../doctor/verdict.ts';

const SIGN: Record<Level, string> = {
	good: 'M3 8.5l3.5 3.5L13 4.5',
	plain: 'M4 8h8',
	attention: 'M8 3v6M8 12v1',
	bad: 'M4 4l8 8M12 4l-8 8',
};

/** The sign that goes with a level's colour. */
export function Sign({ level }: { level: Level }) {
	return <svg class={`nfo-sign nfo-${level}`} viewBox="0 0 16 16" aria-hidden="true"><path d={SIGN[level]} /></svg>;
}

const PATH_ICON: Record<Path, string> = {
	/* a wall, a bypass, a chip */
	slow: 'M2 3h12v10H2zM2 6.3h12M2 9.6h12M8 3v3.3M5 6.3v3.3M11 6.3v3.3M8 9.6V13',
	software: 'M1 12h3c3 0 2-8 5-8h5M11 1l3 3-3 3M1 4h3',
	hardware: 'M4 4h8v8H4zM6 1v3M10 1v3M6 12v3M10 12v3M1 6h3M1 10h3M12 6h3M12 10h3',
};

export function PathIcon({ path }: { path: Path }) {
	return <svg class={`nfo-icon nfo-path-${path}`} viewBox="0 0 16 16" aria-hidden="true"><path d={PATH_ICON[path]} /></svg>;
}
