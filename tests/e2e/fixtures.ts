// SPDX-License-Identifier: Apache-2.0
import { test as base } from '@playwright/test';
import { startTarget } from '../../testbed/targets/index.ts';
import { Luci } from './luci.ts';
import { Router } from './router.ts';
import { SKIPPED } from './setup.ts';

/** Tests that only `make test-all` runs; docs/testing.md says why. */
export const TEST_ALL = '@test-all';

interface Fixtures {
	/** Nothing is started for a test that has no router. */
	skipped: void;
	/** The router, as it was before the first test. */
	router: Router;
	/** The page, not opened yet. */
	luci: Luci;
}

/** One router a worker, booted once and put back before every test. */
export const test = base.extend<Fixtures, { machine: Router }>({
	skipped: [
		async ({}, use, testInfo) => {
			testInfo.skip(process.env[SKIPPED] !== undefined, process.env[SKIPPED]);
			await use();
		},
		{ auto: true },
	],

	machine: [
		async ({}, use) => {
			const target = await startTarget();
			await use(await Router.of(target));
			await target.stop();
		},
		{ scope: 'worker', timeout: 600_000 },
	],

	router: async ({ machine }, use) => {
		await machine.reset();
		await use(machine);
	},

	luci: async ({ page, router }, use) => {
		await use(new Luci(page, router.target));
	},
});

export { expect } from '@playwright/test';
