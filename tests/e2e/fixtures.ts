// SPDX-License-Identifier: Apache-2.0
import { test as base } from '@playwright/test';
import { startTarget } from '../../testbed/targets/index.ts';
import { Luci } from './luci.ts';
import { Router } from './router.ts';

interface Fixtures {
	/** The router, as it was before the first test. */
	router: Router;
	/** The page, not opened yet. */
	luci: Luci;
}

/** One router a worker, booted once and put back before every test. */
export const test = base.extend<Fixtures, { machine: Router }>({
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
