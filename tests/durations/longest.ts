// SPDX-License-Identifier: Apache-2.0
/**
 * Prints the ten tests that took longest since it was called the last time, or
 * since `--begin`, which forgets what came before.
 *
 *	npx tsx tests/durations/longest.ts [--begin]
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { FILE } from './record.ts';
import type { Duration } from './record.ts';

const MOST = 10;

if (!process.argv.includes('--begin') && existsSync(FILE)) {
	const durations = readFileSync(FILE, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Duration);
	const total = durations.reduce((sum, { seconds }) => sum + seconds, 0);
	console.log(`\nThe longest of ${durations.length} tests, which took ${Math.round(total)} s, several at a time:`);
	for (const { seconds, name } of durations.sort((a, b) => b.seconds - a.seconds).slice(0, MOST))
		console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
rmSync(FILE, { force: true });
