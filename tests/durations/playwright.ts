// SPDX-License-Identifier: Apache-2.0
import { relative } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { record } from './record.ts';

/** A reporter of Playwright that keeps how long each test took. */
export default class Durations implements Reporter {
	onTestEnd({ title, location }: TestCase, { duration }: TestResult): void {
		record({ seconds: duration / 1000, name: `${relative(process.cwd(), location.file)}: ${title}` });
	}
}
