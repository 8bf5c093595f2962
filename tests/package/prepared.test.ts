// SPDX-License-Identifier: Apache-2.0
/** The Makefiles' own recipes, as the build system runs it in a feed. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installProduct } from '../../tools/package/install';
import { REPOSITORY } from '../../host/repository';
import { APP, folderOf, PACKAGES } from '../../tools/package/recipe';

const SDK = join(REPOSITORY, 'tools/package/sdk');

const scratch = mkdtempSync(join(tmpdir(), 'nft-offload-prepared-'));
afterAll(() => { rmSync(scratch, { recursive: true }); });

/** Runs the recipe in `folder` and returns the directory that it filled. */
function prepare(folder: string): string {
	const directory = mkdtempSync(join(scratch, 'build-'));
	execFileSync('make', ['-s', '-C', folder, `TOPDIR=${SDK}`, `PKG_BUILD_DIR=${directory}`, 'prepare'],
		{ env: { ...process.env, MAKEFLAGS: '', MAKELEVEL: '' }, stdio: 'pipe' });
	return directory;
}

interface Found {
	path: string;
	mode: number;
	data: Buffer;
}

/** The files below `tree`, by their paths on a router that has it at `place`. */
function filesOf(tree: string, place: string): Found[] {
	return readdirSync(tree, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => {
		const file = join(entry.parentPath, entry.name);
		return { path: join(place, relative(tree, file)), mode: statSync(file).mode & 0o777, data: readFileSync(file) };
	}).sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

describe('the Makefiles\' recipes', () => {
	it('through the symbolic links of a feed, prepare for the router what make deploy and the testbed install, in bytes and modes', async () => {
		const feeds = join(scratch, 'feeds'), packages = join(scratch, 'package/feeds/nft_offload');
		mkdirSync(feeds);
		mkdirSync(packages, { recursive: true });
		symlinkSync(REPOSITORY, join(feeds, 'nft_offload'));
		const tree = join(scratch, 'installed');
		await installProduct(tree);

		/* the packages together, in one tree */
		const prepared = mkdtempSync(join(scratch, 'prepared-'));
		for (const name of PACKAGES) {
			symlinkSync(`../../../feeds/nft_offload/${name}`, join(packages, name));
			cpSync(prepare(join(packages, name)), prepared, { recursive: true });
		}
		const backend = filesOf(join(prepared, 'root'), '/');
		expect(backend).toEqual(filesOf(tree, '/').filter(({ path }) => !path.startsWith('/www/')));
		expect(filesOf(join(prepared, 'htdocs'), '/www')).toEqual(filesOf(join(tree, 'www'), '/www'));

		// as rpcd/ shows it
		const modules = '/usr/share/ucode/nft_offload';
		expect(backend.filter(({ path }) => path.startsWith(modules))).toEqual(filesOf(join(REPOSITORY, 'rpcd/modules'), modules));
	});

	it('of the app fails where its folder was taken out of its repository', () => {
		const alone = join(scratch, 'alone/luci-app-nft-offload');
		cpSync(folderOf(APP), alone, { recursive: true });
		expect(() => prepare(alone)).toThrow('rpcd/install.sh');
	});
});
