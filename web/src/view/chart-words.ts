// SPDX-License-Identifier: Apache-2.0
/** What the charts show, in words. */
import type { Path, Uptime } from '../contract.ts';
import type { Change, History, Sample } from '../doctor/history.ts';
import { meanOf } from '../doctor/history.ts';
import { shareOf } from '../doctor/traffic.ts';
import { bitrate, integer, percent, secondsAgo } from './format.ts';
import { modeName, PATHS, pathName } from './words.ts';

/** What was measured in a window, or on the mean of some. */
type Measured = Omit<Sample, 'from' | 'to'>;

/** The share of the CPUs' time; a dash where it was not read. */
export const softirqWords = (share: number | null): string => (share === null ? '–' : _('%s %%').format(percent(share)));

/** Throughput and connections of a path. */
export const pathReading = ({ bytes, flows }: Measured, path: Path): string => `${bitrate(bytes[path])} · ${integer(flows[path])}`;

/** Since when another mode has been loaded. */
export const changeWords = ({ at, mode }: Change, now: Uptime): string => _('%s since %d seconds.').format(modeName(mode), now - at);

/** When a sample was taken. */
export const momentWords = ({ to }: Sample, now: Uptime): string => secondsAgo(Math.round(now - to));

/** Everything of one sample in a sentence, for somebody who hears it. */
export const sampleWords = (sample: Sample, now: Uptime, hidden: ReadonlySet<Path>): string => [
	momentWords(sample, now),
	...PATHS.filter((path) => !hidden.has(path)).map((path) => `${pathName(path)} ${pathReading(sample, path)}`),
	`${_('CPU')} ${softirqWords(sample.softirq)}`,
].join('; ');

/** The five minutes in a few sentences. */
export function summaryOf({ samples, changes, now }: History): string {
	const mean = meanOf(samples);
	const share = mean && shareOf(mean.bytes);
	return [
		...mean && share !== null ? [_('On average %s, %s %% of it past the firewall.').format(bitrate(mean.bytes.hardware + mean.bytes.software + mean.bytes.slow), percent(share))] : [],
		...!mean || mean.softirq === null ? [] : [_('The CPU spent %s of its time forwarding (softirq).').format(softirqWords(mean.softirq))],
		...changes.map((change) => changeWords(change, now)),
	].join(' ');
}
