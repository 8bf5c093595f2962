// SPDX-License-Identifier: Apache-2.0
import type { Status } from '../../../contract.ts';

/** firewall4 of these releases renders no `counter`. */
const WITHOUT_COUNTER = /\b(21|22)\.\d\d/;

/** The release of a router whose flowtable has no `counter`: one whose firewall4 writes none, or one whose flowtable lost it. */
export const withoutCounter = ({ loaded: { flowtable }, router: { release } }: Status, why: 'release' | 'lost'): string[] =>
	(flowtable?.counter === false && WITHOUT_COUNTER.test(release) === (why === 'release') ? [release] : []);

/** What it means that packets are not counted. */
export const miscountedMeans = (): string => _('Offloading works, but byte counts and shares, here and in statistics, are too low or missing.');
