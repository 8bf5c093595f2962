// SPDX-License-Identifier: Apache-2.0
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
	test: {
		include: ['tests/{unit,backend,contract,ucode,standins,testbed,package}/**/*.test.{ts,tsx}'],
		reporters: ['default', './tests/durations/vitest.ts'],
		// most of these tests wait for programs that they start: one less than there are CPUs, as is usual, leaves a CPU idle
		maxWorkers: availableParallelism(),
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
