// SPDX-License-Identifier: Apache-2.0
import type { SlowWay } from '../../coverage-types.ts';
import type { Writing } from './reason.ts';

/** Directions of a flow that are slow. */
export interface SlowWays {
	slow: SlowWay[];
}

function wayWords({ way, from, to, missing }: SlowWay, { names }: Writing): string {
	const where = way === 'in' ? _('on the way in') : way === 'out' ? _('on the way out') : _('from %s to %s').format(from || '?', to || '?');
	return missing.length ? _('%s (the flowtable lacks %s)').format(where, names(missing)) : where;
}

/** `on the way in (the flowtable lacks wan)`, for each of them. */
export const slowWaysWords = ({ slow }: SlowWays, writing: Writing): string => slow.map((way) => wayWords(way, writing)).join('; ');
