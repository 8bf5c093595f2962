// SPDX-License-Identifier: Apache-2.0
/**
 * The runner that stands in for ucode, and ucode itself where there is one
 * ($UCODE, or `ucode` on PATH), do the same with the same scripts.
 */
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCases, runCase } from './cases';

const RUNNER = join(import.meta.dirname, '../../testbed/ucode/run.mjs');
const CASES = join(import.meta.dirname, 'conformance');

function onPath(name: string): string | null {
	for (const directory of (process.env.PATH ?? '').split(':')) {
		try {
			accessSync(join(directory, name), constants.X_OK);

			return join(directory, name);
		}
		catch {
			// the next one
		}
	}

	return null;
}

/* $UCODE may name several, separated by colons. */
const ucodes = (process.env.UCODE ?? onPath('ucode') ?? '').split(':').filter((path) => path !== '');
const interpreters: [string, readonly [string, ...string[]]][] = [['the Node runner', [process.execPath, RUNNER]]];

for (const ucode of ucodes)
	interpreters.push([ucode, [ucode]]);

describe.each(interpreters)('%s', (_, command) => {
	describe.each(readdirSync(CASES).filter((name) => name.endsWith('.txt')).sort())('%s', (name) => {
		const cases = parseCases(join(CASES, name));

		it.concurrent.each(cases.map((test) => [test.description, test] as const))('%s', async (_description, test) => {
			const ran = await runCase(test, command);

			expect({ stdout: ran.stdout, stderr: test.stderr === null ? null : ran.stderr, exitcode: ran.exitcode })
				.toEqual({ stdout: test.stdout, stderr: test.stderr, exitcode: test.exitcode });
		}, 60_000);
	});
});
