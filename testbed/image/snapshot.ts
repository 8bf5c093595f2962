// SPDX-License-Identifier: Apache-2.0
/** Makes the startup snapshot that /usr/bin/ucode of the testbed's router starts from. */

import { build } from 'esbuild';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, run } from '../vm/cache.js';

const UCODE = join(REPOSITORY, 'testbed/ucode');

/** Where the router's programs are, and whether they are imported as modules. */
const PROGRAMS = [
	{ directory: '/usr/share/ucode/nft_offload', module: true },
	{ directory: '/usr/share/rpcd/ucode', module: false },
	{ directory: '/usr/libexec/nft-offload', module: false },
];

/** Whether a file is a ucode program, by its name or its first line. */
function isProgram(name: string): boolean {
	return name.endsWith('.uc') || !name.includes('.');
}

/** Puts the snapshot into the tree of a router that is complete otherwise. Node on the router has to be the host's. */
export async function installSnapshot(tree: string): Promise<void> {
	const programs = [];
	for (const { directory, module } of PROGRAMS)
		for (const name of await readdir(join(tree, directory)))
			if (isProgram(name) && name !== 'guard')
				programs.push({ file: join(tree, directory, name), path: join(directory, name), module });

	const bundle = join(tree, 'snapshot.cjs');
	await build({
		entryPoints: [join(UCODE, 'snapshot.mjs')],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'error',
		plugins: [{
			name: 'remembered',
			setup(bundler) {
				bundler.onResolve({ filter: /\/rewrite\.mjs$/ }, ({ importer }) =>
					importer.endsWith('/rewritten.mjs') ? null : { path: join(UCODE, 'rewritten.mjs') });
			},
		}],
	});
	const blob = join(tree, 'usr/lib/testbed/ucode.blob');
	await run(process.execPath, ['--snapshot-blob', blob, '--build-snapshot', bundle], { env: { ...process.env, SNAPSHOT_PROGRAMS: JSON.stringify(programs) } });
	await rm(bundle);
}
