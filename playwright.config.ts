// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';

// Emulated routers are slow, and each has one CPU: two of them fill two cores. With three, what happens
// at a fixed pace (traffic, a page that polls) leaves none of them time for workers at a low priority.
export default defineConfig({
	testDir: 'tests/e2e',
	globalSetup: './tests/e2e/setup.ts',
	workers: 2,
	fullyParallel: false,
	// on a machine of unknown load a second try tells a slow test from a broken one; it is reported as flaky
	retries: 1,
	timeout: 300_000,
	expect: { timeout: 90_000 },
	reporter: [['list'], ['./tests/durations/playwright.ts']],
	// EVERYTHING=1, as `make test-all` sets it, takes what docs/testing.md says is left out else
	...process.env.EVERYTHING ? {} : { grepInvert: /@test-all/ },
	// the longest first, so that both routers end at about the same time
	projects: [
		{ name: 'long', testMatch: /faults-(power|worker)|coverage|reasons/ },
		{ name: 'short', testIgnore: /faults-(power|worker)|coverage|reasons/ },
	],
	use: {
		browserName: 'chromium',
		actionTimeout: 90_000,
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
				'--disable-background-networking', '--disable-component-update', '--disable-sync',
			],
		},
		viewport: { width: 1280, height: 900 },
		trace: 'off',
		screenshot: 'only-on-failure',
	},
});
