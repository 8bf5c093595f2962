// SPDX-License-Identifier: Apache-2.0
/**
 * Builds the packages with an OpenWrt SDK, as a feed's maintainer would.
 *
 *	npx tsx tools/package/sdk.ts DIRECTORY 24.10     the SDK of that release for x86-64, downloaded and checked
 *	npx tsx tools/package/sdk.ts DIRECTORY PATH      an unpacked SDK that is here already
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getReleaseFile, type Release } from '../../testbed/image/release.js';
import { REPOSITORY } from '../../host/repository.js';
import { run } from '../../host/run.js';
import { FEED } from './control.js';
import { PACKAGES } from './recipe.js';

/**
 * The SDK of a release for x86-64, unpacked anew from an archive that is kept.
 * @returns its directory
 * @throws UnreachableError, ChecksumError
 */
export async function getSdk(version: string, directory: string, server?: string, releases?: Record<string, Release>): Promise<string> {
	const archive = await getReleaseFile('sdk', version, (list) => /openwrt-sdk-\S+\.tar\.(xz|zst)$/m.exec(list)?.[0] ?? null, server, releases);
	await rm(directory, { recursive: true, force: true });
	await mkdir(directory, { recursive: true });
	await run('tar', ['-x', '-f', archive, '-C', directory, '--strip-components=1']);
	return directory;
}

function step(sdk: string, program: string, ...args: string[]): void {
	console.log(`+ ${program} ${args.join(' ')}`);
	const env = { ...process.env, MAKEFLAGS: '', MAKELEVEL: '', FORCE_UNSAFE_CONFIGURE: '1' };
	const { status, error } = spawnSync(program, args, { cwd: sdk, env, stdio: ['ignore', 'inherit', 'inherit'] });
	if (error || status !== 0)
		throw new Error(`${program} ${args.join(' ')} in ${sdk}: ${error?.message ?? `exit ${status}`}`);
}

/**
 * Adds this repository to an SDK as a feed and builds its packages.
 * @param output directory that they are copied to; it then holds nothing else
 * @returns their paths
 */
export async function buildWithSdk(sdk: string, output: string): Promise<string[]> {
	// the SDK's own feeds, so that LuCI is there, and ours
	const feeds = (await readFile(join(sdk, 'feeds.conf.default'), 'utf8')).trimEnd();
	await writeFile(join(sdk, 'feeds.conf'), `${feeds}\nsrc-link ${FEED} ${REPOSITORY}\n`);
	step(sdk, './scripts/feeds', 'update', '-a');
	step(sdk, './scripts/feeds', 'install', '-p', FEED, ...PACKAGES);
	step(sdk, 'make', 'defconfig');
	step(sdk, 'make', ...PACKAGES.map((name) => `package/${name}/compile`), 'V=s');

	await rm(output, { recursive: true, force: true });
	await mkdir(output, { recursive: true });
	const built = (await readdir(join(sdk, 'bin'), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && /\.[ai]pk$/.test(entry.name) && entry.parentPath.split('/').at(-1) === FEED);
	if (!built.length)
		throw new Error(`${sdk}/bin holds no package of the feed ${FEED}`);
	for (const entry of built)
		await cp(join(entry.parentPath, entry.name), join(output, entry.name));
	return built.map((entry) => join(output, entry.name)).sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [, , output, which] = process.argv;
	if (!output || !which) {
		console.error('usage: sdk.ts DIRECTORY RELEASE|PATH');
		process.exit(2);
	}
	const sdk = existsSync(join(which, 'rules.mk')) ? which : await getSdk(which, join(REPOSITORY, '.cache/sdk'));
	for (const path of await buildWithSdk(sdk, output))
		console.log(path);
}
