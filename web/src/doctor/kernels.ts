// SPDX-License-Identifier: Apache-2.0
import type { KernelRule } from './coverage-types.ts';

/** Releases whose rule was measured with slow-path counters, row by row (tests/unit/coverage.test.ts; 6.1: tests/e2e/coverage.spec.ts). */
const MEASURED = ['6.1', '6.12', '7.2'];

/**
 * The rule that a kernel follows, by `uname -r`. Measured on 6.1, 6.12 and 7.2. In
 * between by source: 7.2 gives up on a flow whose path does not end in a listed
 * device (“netfilter: flowtable: bail out if forward path cannot be
 * discovered”, June 2026); 6.19 made the walk go through ipip.
 */
export function ruleOf(kernel: string): KernelRule {
	const [, major, minor] = /^(\d+)\.(\d+)/.exec(kernel) ?? [];
	const from = (first: number, second: number): boolean =>
		Number(major) > first || Number(major) === first && Number(minor) >= second;
	return { strict: from(7, 2), ipip: from(6, 19), measured: MEASURED.includes(`${major}.${minor}`) };
}
