// SPDX-License-Identifier: Apache-2.0
import type { CoverageReason, Late, Overall, CoverageParameters, CoverageCode } from '../doctor/coverage-types.ts';
import type { Level } from '../doctor/verdict.ts';
import { names } from './format.ts';

export function standingName(standing: Overall): string {
	switch (standing) {
	case 'covered': return _('yes');
	case 'partly': return _('partly');
	case 'one direction': return _('one direction');
	case 'not covered': return _('no');
	case 'cannot be': return _('impossible');
	case 'not known': return _('not known');
	}
}

export const STANDING_LEVEL: Record<Overall, Level> = {
	'covered': 'good', 'partly': 'attention', 'one direction': 'attention', 'not covered': 'attention', 'cannot be': 'plain', 'not known': 'plain',
};

const REASON: { [C in CoverageCode]: (parameters: CoverageParameters[C]) => string } = {
	LISTED: ({ devices }) => _('The flowtable lists %s.').format(names(devices)),
	NOT_LISTED: ({ missing }) => _('The flowtable lacks %s.').format(names(missing)),
	SOME_LISTED: ({ devices, missing }) => _('The flowtable lists %s, but lacks %s.').format(names(devices), names(missing)),
	OTHER_SIDE: ({ networks, missing }) => (missing.length
		? _('Depends on %s, for which the flowtable lacks %s.').format(names(networks), names(missing))
		: _('Depends on %s, which is not covered.').format(names(networks))),
	NEVER: ({ device }) => _('The kernel never offloads what passes %s.').format(device),
	OFF: () => _('No flowtable is loaded.'),
	DOWN: () => _('The network is down.'),
	CARRIER: ({ device }) => _('It is not known which device carries %s.').format(device),
	NOT_FORWARDED: () => _('No zone forwards to or from it.'),
};

/** Why a direction is covered, or not, in one sentence. */
export function coverageSentence(reason: CoverageReason): string {
	return (REASON[reason.code] as (parameters: CoverageReason) => string)(reason);
}

export function lateSentence(late: Late): string {
	return late.code === 'APPEARED'
		? _('%s appeared after the firewall was loaded.').format(late.device)
		: _('%s came up %d seconds after the firewall was loaded.').format(late.device, late.seconds);
}
