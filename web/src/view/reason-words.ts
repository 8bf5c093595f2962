// SPDX-License-Identifier: Apache-2.0
import type { Shown } from '../doctor/coverage-types.ts';
import { reasonSentence } from '../doctor/reasons/index.ts';
import type { Reason } from '../doctor/reasons/index.ts';
import { names, span } from './format.ts';
import { pathName } from './words.ts';

/** What a flow's badge says: the way that its packets really take. */
export function shownName(shown: Shown): string {
	return shown === 'one way' ? _('Slow one way') : pathName(shown);
}

/** Why a flow is slow; '' where it is not. */
export const reasonWords = (reason: Reason): string => reasonSentence(reason, { names, span });
