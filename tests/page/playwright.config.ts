// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';
import routers from '../../playwright.config.ts';

/** The page without a router: served by testbed/standins/dev.ts, with facts of tests/unit/fixtures/scenes.ts. */
export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results/page',
	workers: 2,
	fullyParallel: true,
	timeout: 300_000,
	expect: { timeout: 30_000 },
	reporter: [['list'], ['../durations/playwright.ts']],
	projects: [
		{ name: 'measured', testMatch: /rows/ },
		{ name: 'page', testIgnore: /rows/ },
	],
	use: routers.use ?? {},
});
