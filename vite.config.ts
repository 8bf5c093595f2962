// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { Rollup } from 'vite';
import { luciModules } from './web/build/luci-modules.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What LuCI loads by name: a view for each tab of the menu, and the card of Status → Overview. */
const ENTRIES = {
	'view/nft-offload/status': here('web/src/status.ts'),
	'view/nft-offload/connections': here('web/src/connections.ts'),
	'view/status/include/35_nft-offload': here('web/src/card.ts'),
};

/** The entries that load a module, be it by import() only. */
function loadedBy(id: string, info: Rollup.GetModuleInfo, seen = new Set<string>()): string[] {
	if (seen.has(id))
		return [];
	seen.add(id);
	const found = info(id);
	const above = [...found?.importers ?? [], ...found?.dynamicImporters ?? []].flatMap((importer) => loadedBy(importer, info, seen));
	return found?.isEntry ? [id, ...above] : above;
}

/** Which shared file a module goes to: each library has its own, and what several entries need is `common`. */
function chunkOf(id: string, { getModuleInfo }: { getModuleInfo: Rollup.GetModuleInfo }): string | undefined {
	const library = /\/node_modules\/(\w+)\//.exec(id)?.[1];
	return library ?? (loadedBy(id, getModuleInfo).length > 1 ? 'common' : undefined);
}

export default defineConfig({
	root: here('web'),
	plugins: [luciModules()],
	/* Preact as its authors wrote it, for readers of the router's files; its package is minified */
	resolve: {
		alias: [
			{ find: /^preact$/, replacement: here('node_modules/preact/src/index.js') },
			{ find: /^preact\/hooks$/, replacement: here('node_modules/preact/hooks/src/index.js') },
		],
	},
	esbuild: { jsx: 'transform', jsxFactory: 'h', jsxFragment: 'Fragment', jsxInject: 'import { Fragment, h } from \'preact\';', jsxDev: false, jsxSideEffects: true, target: 'es2020', legalComments: 'none' },
	build: {
		/* each source is made es2020 by itself: done to a whole file, esbuild gives names a number that are used twice in it */
		target: 'esnext',
		outDir: here('luci-app-nft-offload/htdocs/luci-static/resources'),
		emptyOutDir: true,
		copyPublicDir: false,
		reportCompressedSize: false,
		cssMinify: false,
		lib: { entry: ENTRIES, formats: ['es'] },
		rollupOptions: {
			output: {
				entryFileNames: '[name].js',
				/* named by what is in it, so that no browser mixes two versions from its cache */
				chunkFileNames: 'nft-offload/[name]-[hash].js',
				hashCharacters: 'hex',
				manualChunks: chunkOf,
				minifyInternalExports: false,
			},
		},
	},
});
