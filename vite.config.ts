// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { luciView } from './web/build/luci-view.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('web'),
	plugins: [luciView()],
	esbuild: { jsx: 'automatic', jsxImportSource: 'preact', jsxDev: false, legalComments: 'none' },
	build: {
		target: 'es2020',
		outDir: here('luci-app-nft-offload/htdocs/luci-static/resources/view'),
		emptyOutDir: false,
		copyPublicDir: false,
		reportCompressedSize: false,
		lib: { entry: here('web/src/main.tsx'), formats: ['iife'], name: 'nft_offload_view', fileName: () => 'nft-offload.js' },
	},
});
