// SPDX-License-Identifier: Apache-2.0
/** Where the axes of the charts have their lines, and what is written at them. */
import { SPAN } from '../doctor/history.ts';
import { bitrate, integer, percent } from './format.ts';

/** An axis upwards, from 0 to the last of its lines. */
export interface Axis {
	/** Values at which there is a line, 0 first. */
	lines: number[];
	/** A value with its unit. */
	label: (value: number) => string;
}

/** Seconds between two lines of the axis of time. */
const MINUTE = 60;

/** The least of 1, 2, 5, 10, 20, 50 … that is not below a value. */
function roundStep(value: number): number {
	const magnitude = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 2, 5].find((one) => one * magnitude >= value * (1 - 1e-9)) ?? 10;
	return factor * magnitude;
}

/** Round values from 0 up to the first that is not below `most`, in about `count` equal steps of at least `least`. */
export function linesUpTo(most: number, count: number, least: number): number[] {
	const step = roundStep(Math.max(most / count, least));
	const steps = Math.max(1, Math.ceil(most / step - 1e-9));
	return Array.from({ length: steps + 1 }, (_nothing, index) => index * step);
}

/** Throughput in bits per second, with the prefix that fits. */
export const throughputAxis = (most: number): Axis =>
	({ lines: linesUpTo(most, 4, 1000), label: (bits) => (bits ? bitrate(bits / 8) : integer(0)) });

/** Connections, which come in whole ones only. */
export const connectionsAxis = (most: number): Axis => ({ lines: linesUpTo(most, 2, 1), label: integer });

/** The share of all CPUs' time, always up to the whole of it, so that little looks like little. */
export const loadAxis: Axis = { lines: [0, 0.5, 1], label: (share) => _('%s %%').format(percent(share)) };

/** Each whole minute, in seconds before now. The oldest would stand below the other axis. */
export const timeLines: number[] = Array.from({ length: SPAN / MINUTE }, (_nothing, index) => (index + 1) * MINUTE - SPAN);

/** A moment before now as it stands at the axis of time. */
export function timeLabel(seconds: number): string {
	/* the mark keeps the sign at its number where the page is read from right to left */
	return seconds ? `\u200e−${_('%d min').format(-seconds / MINUTE)}` : _('now');
}
