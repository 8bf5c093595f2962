// SPDX-License-Identifier: Apache-2.0
/**
 * Every package, from the tree alone: those with a Makefile, and a translation
 * for each directory in their po/.
 *
 *	npx tsx tools/package/build.ts dist/packages
 */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apk, type Apk } from './apk.js';
import { preparedMembers } from './contents.js';
import { packageOf, translationPackage, type Package } from './control.js';
import { sourceDate } from './epoch.js';
import { ipk, type Ipk } from './ipk.js';
import { APP, folderOf, PACKAGES, readRecipe } from './recipe.js';
import { translationsIn } from './translations.js';

export interface Built {
	package: Package;
	ipk: Ipk;
	apk: Apk;
}

export interface BuildOptions {
	/** Another version of the app than its Makefile's, `1.2.3-r4`: for tests of upgrades. */
	version?: string;
	/** Where the app's catalogues are, a directory for each language. */
	catalogues?: string;
	/** Seconds since 1970; the time of every file. */
	epoch?: number;
}

/** The packages without a format, the app first: what is in them, and what they say. */
export async function packages(options: BuildOptions = {}): Promise<Package[]> {
	const found: Package[] = [];
	for (const name of PACKAGES) {
		const recipe = await readRecipe(name);
		if (name === APP && options.version)
			recipe.version = recipe.translations = options.version;
		found.push(packageOf(recipe, await withScratch((scratch) => preparedMembers(name, join(scratch, 'prepared')))));

		const catalogues = name === APP && options.catalogues ? options.catalogues : join(folderOf(name), 'po');
		if (existsSync(catalogues))
			for (const { code, name: language, members } of await translationsIn(catalogues, name.replace(/^luci-app-/, '')))
				found.push(translationPackage(recipe, code, language, members));
	}
	return found;
}

async function withScratch<T>(use: (scratch: string) => Promise<T>): Promise<T> {
	const scratch = await mkdtemp(join(tmpdir(), 'nft-offload-package-'));
	try {
		return await use(scratch);
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

/** Packs each package in both formats, in memory. `epoch` as in BuildOptions. */
export async function pack(contents: Package[], epoch: number): Promise<Built[]> {
	return withScratch(async (scratch) => {
		const built: Built[] = [];
		for (const pkg of contents)
			built.push({ package: pkg, ipk: await ipk(pkg, scratch, epoch), apk: await apk(pkg, epoch) });
		return built;
	});
}

/** Builds every package in both formats, in memory. */
export async function build(options: BuildOptions = {}): Promise<Built[]> {
	return pack(await packages(options), options.epoch ?? await sourceDate());
}

/** Writes the packages into `directory`, which then holds nothing else. Returns their paths. */
export async function writePackages(directory: string, built: Built[]): Promise<string[]> {
	await rm(directory, { recursive: true, force: true });
	await mkdir(directory, { recursive: true });
	const files = built.flatMap((each) => [each.ipk, each.apk]);
	for (const { file, data } of files)
		await writeFile(join(directory, file), data);
	return files.map(({ file }) => join(directory, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [, , directory] = process.argv;
	if (!directory) {
		console.error('usage: build.ts DIRECTORY');
		process.exit(2);
	}
	for (const path of await writePackages(directory, await build()))
		console.log(path);
}
