// SPDX-License-Identifier: Apache-2.0
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';
import { record } from './record.ts';

/** A reporter of Vitest that keeps how long each test took. */
export default class Durations implements Reporter {
	onTestCaseResult(test: TestCase): void {
		const duration = test.diagnostic()?.duration ?? 0;
		record({ seconds: duration / 1000, name: `${relative(process.cwd(), test.module.moduleId)}: ${test.fullName}` });
	}
}
