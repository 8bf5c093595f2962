// SPDX-License-Identifier: Apache-2.0
/**
 * Makes one file each of what Node runs on the testbed's router, with the
 * router's ucode programs rewritten ahead: under emulation, loading modules and
 * parsing is most of what a start takes.
 */

import { build, type BuildOptions, type Plugin } from 'esbuild';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { REPOSITORY } from '../../host/repository.js';
import { remember } from '../ucode/rewritten.mjs';

const UCODE = join(REPOSITORY, 'testbed/ucode');
const STANDINS = join(REPOSITORY, 'testbed/standins');

/** The ucode runner in a router's tree. */
export const RUNNER = 'usr/lib/testbed/ucode.cjs';

/** Where the router's ucode programs are, and whether they are imported as modules. */
const PROGRAMS = [
	{ directory: '/usr/share/ucode/nft_offload', module: true },
	{ directory: '/usr/share/rpcd/ucode', module: false },
	{ directory: '/usr/libexec/nft-offload', module: false },
];

/** The daemons, and whether they run ucode. */
const DAEMONS = [
	{ script: 'routerd.mjs', ucode: false },
	{ script: 'rpcd/main.mjs', ucode: true },
	{ script: 'uhttpd/main.mjs', ucode: false },
];

async function rewritePrograms(tree: string): Promise<unknown[]> {
	const known: unknown[] = [];
	for (const { directory, module } of PROGRAMS)
		for (const entry of await readdir(join(tree, directory), { recursive: true, withFileTypes: true })) {
			if (!entry.isFile())
				continue;
			const name = relative(join(tree, directory), join(entry.parentPath, entry.name));
			const source = await readFile(join(tree, directory, name), 'latin1');
			if (name.endsWith('.uc') || source.startsWith('#!/usr/bin/ucode'))
				known.push(remember(source, { filename: join(directory, name), module }));
		}
	return known;
}

/** Answers `import known from 'known'`, and puts the rewriter that remembers in the place of the one that does not. */
function rewritten(known: unknown[]): Plugin {
	return {
		name: 'known',
		setup(bundler) {
			bundler.onResolve({ filter: /^known$/ }, ({ path }) => ({ path, namespace: 'known' }));
			bundler.onLoad({ filter: /^known$/, namespace: 'known' }, () => ({ contents: JSON.stringify(known), loader: 'json' }));
			bundler.onResolve({ filter: /\/rewrite\.mjs$/ }, ({ importer }) =>
				importer.endsWith('/rewritten.mjs') ? null : { path: join(UCODE, 'rewritten.mjs') });
		},
	};
}

/** Makes the files in the tree of a router that is complete otherwise. */
export async function installBundle(tree: string): Promise<void> {
	const options: BuildOptions = { bundle: true, platform: 'node', logLevel: 'error', plugins: [rewritten(await rewritePrograms(tree))] };

	await build({ ...options, entryPoints: [join(STANDINS, 'ucode.mjs')], outfile: join(tree, RUNNER), format: 'cjs', minify: true, keepNames: true });

	for (const { script, ucode } of DAEMONS) {
		const outfile = join(tree, 'usr/lib/testbed/standins', script);
		const contents = `${ucode ? 'import "../ucode/known.mjs";\n' : ''}import "./${script}";\n`;
		await build({ ...options, stdin: { contents, resolveDir: STANDINS }, outfile: `${outfile}.new`, format: 'esm' });
		await rename(`${outfile}.new`, outfile);
	}
}
