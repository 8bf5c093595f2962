// SPDX-License-Identifier: Apache-2.0
/** What the thread that runs the page was busy with, by Chromium's own tracing. */

import type { Browser } from '@playwright/test';

interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	/** Microseconds by the clock; missing for a task that goes on. */
	dur?: number;
	/** Microseconds of CPU; missing where it is less than one. */
	tdur?: number;
	args: { name?: string };
}

/**
 * Ends what `browser.startTracing(page, { categories: ['toplevel'] })` began.
 * @returns ms of CPU of each task of the page, because on a busy machine the clock says nothing; NaN for one that goes on
 */
export async function stopTracing(browser: Browser): Promise<number[]> {
	const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
	const mains = traceEvents.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`);
	return traceEvents.filter(({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mains.includes(`${pid} ${tid}`))
		.map(({ tdur, dur = NaN }) => (tdur ?? dur) / 1000);
}
