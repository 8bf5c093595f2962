// SPDX-License-Identifier: Apache-2.0
/** Makes the one file that /usr/bin/ucode of the testbed's router runs. */

import { build } from 'esbuild';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../vm/cache.js';
import { remember } from '../ucode/rewritten.mjs';

const UCODE = join(REPOSITORY, 'testbed/ucode');

/** Where the router's ucode programs are, and whether they are imported as modules. */
const PROGRAMS = [
	{ directory: '/usr/share/ucode/nft_offload', module: true, name: /\.uc$/ },
	{ directory: '/usr/share/rpcd/ucode', module: false, name: /\.uc$/ },
	{ directory: '/usr/libexec/nft-offload', module: false, name: /^(sampler|transaction)$/ },
];

/** Puts the bundle into the tree of a router that is complete otherwise. */
export async function installBundle(tree: string): Promise<void> {
	const known: unknown[] = [];
	for (const { directory, module, name } of PROGRAMS)
		for (const file of (await readdir(join(tree, directory))).filter((entry) => name.test(entry)))
			known.push(remember(await readFile(join(tree, directory, file), 'latin1'), { filename: join(directory, file), module }));

	await build({
		entryPoints: [join(UCODE, 'bundled.mjs')],
		outfile: join(tree, 'usr/lib/testbed/ucode.cjs'),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'error',
		plugins: [{
			name: 'known',
			setup(bundler) {
				bundler.onResolve({ filter: /^known$/ }, ({ path }) => ({ path, namespace: 'known' }));
				bundler.onLoad({ filter: /^known$/, namespace: 'known' }, () => ({ contents: JSON.stringify(known), loader: 'json' }));
				bundler.onResolve({ filter: /\/rewrite\.mjs$/ }, ({ importer }) =>
					importer.endsWith('/rewritten.mjs') ? null : { path: join(UCODE, 'rewritten.mjs') });
			},
		}],
	});
}
