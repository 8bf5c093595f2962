// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { importsOf, luciView } from './web/build/luci-view.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const VIEW = here('web/src/main.ts'), PAGE = here('web/src/view/mount.tsx');

export default defineConfig({
	root: here('web'),
	plugins: [luciView()],
	/* h() with its children as arguments is smaller than the automatic runtime. */
	esbuild: { jsx: 'transform', jsxFactory: 'h', jsxFragment: 'Fragment', jsxInject: 'import { Fragment, h } from \'preact\';', jsxDev: false, legalComments: 'none' },
	build: {
		target: 'es2020',
		outDir: here('luci-app-nft-offload/htdocs/luci-static/resources'),
		emptyOutDir: true,
		copyPublicDir: false,
		reportCompressedSize: false,
		cssMinify: 'esbuild',
		lib: {
			entry: { 'view/nft-offload': VIEW, 'view/status/include/35_nft-offload': here('web/src/card.ts') },
			formats: ['es'],
		},
		rollupOptions: {
			preserveEntrySignatures: 'allow-extension',
			output: {
				entryFileNames: '[name].js',
				/* Named by what is in it, so that no browser mixes two versions from its cache. */
				chunkFileNames: 'nft-offload/[name]-[hash].js',
				hashCharacters: 'hex',
				/* One part for the first paint, which the card on Status → Overview borrows from, and one for what comes later. */
				manualChunks: (id, { getModuleInfo }) => (id === PAGE || importsOf(PAGE, (module) => getModuleInfo(module)?.importedIds).has(id) ? 'page' : undefined),
				minifyInternalExports: true,
			},
		},
	},
});
