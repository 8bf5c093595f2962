// SPDX-License-Identifier: Apache-2.0

/** What went on during one phase of a comparison. */
export interface Phase {
	/** `with`: as the router was; `without`: offloading off; `again`: back. */
	name: 'with' | 'without' | 'again';
	/** s it lasted. */
	seconds: number;
	/** Packets and bytes that reached the forward hook. */
	slow_packets: number;
	slow_bytes: number;
	/** Packets and bytes that the ports below networks with a default route or masquerading received and sent, by sysfs. */
	packets: number;
	bytes: number;
	/** Share of the CPUs' time in softirq, and busy at all, 0 to 1. */
	softirq: number;
	busy: number;
}

/** A before/after comparison: carried out by the transaction worker, so nothing else changes meanwhile. */
export interface Measurement {
	/** s of each phase */
	seconds: number;
	/** Those that are over. One that `revert` ended early is shorter, or missing, and none follows it. */
	phases: Phase[];
}

export interface MeasureArguments {
	/** s of each phase, 5 to 60; default 15 */
	seconds?: number;
}

export const MEASURE_SECONDS = { min: 5, default: 15, max: 60 } as const;
