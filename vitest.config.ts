// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

export default defineConfig({
	esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
	test: {
		include: ['tests/{unit,backend,contract,ucode,standins,testbed,package}/**/*.test.{ts,tsx}'],
		reporters: ['default', './tests/durations/vitest.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
