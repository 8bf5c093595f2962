// SPDX-License-Identifier: Apache-2.0
import type { Plugin } from 'vite';

const SCHEME = 'luci:';
const LICENSE = '/* SPDX-License-Identifier: Apache-2.0 AND MIT; built from web/, do not edit. Contains Preact, copyright (c) 2015-present Jason Miller, MIT licence. */';

/**
 * Emits what LuCI's loader takes. `import x from 'luci:x'` becomes the literal
 * `'require x'`, which the loader reads from the head of the file and turns
 * into a parameter `x`; the rest of the file is the body of a function that
 * returns the class, here the default export of the entry.
 */
export function luciView(): Plugin {
	let name = '';
	return {
		name: 'luci-view',
		enforce: 'post',
		config(config) {
			const lib = config.build?.lib;
			if (!lib || !lib.name)
				throw new Error('luci-view needs build.lib with a name');
			name = lib.name;
			return {
				build: {
					rollupOptions: {
						external: (id) => id.startsWith(SCHEME),
						output: { globals: (id: string) => id.slice(SCHEME.length), exports: 'default' },
					},
				},
			};
		},
		generateBundle(_options, bundle) {
			for (const chunk of Object.values(bundle)) {
				if (chunk.type !== 'chunk' || !chunk.isEntry)
					continue;
				const classes = chunk.imports.map((id) => id.slice(SCHEME.length)).sort();
				const head = ['use strict', ...classes.map((id) => `require ${id}`)].map((literal) => `'${literal}';`);
				chunk.code = [...head, LICENSE, chunk.code.trim(), `return ${name};`, ''].join('\n');
			}
		},
	};
}
