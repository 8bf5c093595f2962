// SPDX-License-Identifier: Apache-2.0
/** The two ways of packing: the Makefile's own recipe, as an SDK runs it, and tools/package. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { INSTALL } from '../../testbed/image/product';
import { REPOSITORY } from '../../testbed/vm/cache';
import { appMembers, type Member } from '../../tools/package/contents';
import { FOLDER } from '../../tools/package/recipe';

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

/** What luci.mk installs of a directory that is prepared. */
function members(directory: string): Member[] {
	const found: Member[] = [];
	for (const [from, to] of [['root', '/'], ['htdocs', '/www']] as const)
		for (const entry of readdirSync(join(directory, from), { recursive: true, withFileTypes: true })) {
			const path = join(entry.parentPath, entry.name);
			if (!entry.isDirectory())
				found.push({ path: join(to, relative(join(directory, from), path)), mode: statSync(path).mode & 0o777, data: readFileSync(path) });
		}
	return found.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

const listed = (found: Member[]): string[] => found.map(({ path, mode }) => `${path} ${mode.toString(8)}`);

describe('the Makefile\'s recipe', () => {
	it('prepares what make package packs, file by file', async () => {
		const prepared = members(prepare(FOLDER)), packed = await appMembers();
		expect(listed(prepared)).toEqual(listed(packed));
		for (const [i, { path, data }] of packed.entries())
			expect(prepared[i]!.data.equals(data), path).toBe(true);
	});

	it('installs the backend as it lies in rpcd/, byte for byte', () => {
		const found = new Map(members(prepare(FOLDER)).map((member) => [member.path, member]));
		const rules = INSTALL.filter(({ from }) => from.startsWith('rpcd/'));
		const compared = rules.flatMap(({ from, to }) => readdirSync(join(REPOSITORY, from), { recursive: true, withFileTypes: true })
			.filter((entry) => !entry.isDirectory())
			.map((entry) => {
				const source = join(entry.parentPath, entry.name), path = join(to, relative(join(REPOSITORY, from), source));
				expect(found.get(path)?.data.equals(readFileSync(source)), path).toBe(true);
				return path;
			}));
		expect(rules).toHaveLength(3);
		// and nothing is beside it
		expect([...found.keys()].filter((path) => /nft_offload|libexec|rpcd\/ucode/.test(path)).sort()).toEqual(compared.sort());
	});

	it('works through the symbolic links of a feed', () => {
		const feeds = join(scratch, 'feeds'), folder = join(scratch, 'package/feeds/nft_offload');
		mkdirSync(feeds);
		mkdirSync(folder, { recursive: true });
		symlinkSync(REPOSITORY, join(feeds, 'nft_offload'));
		symlinkSync('../../../feeds/nft_offload/luci-app-nft-offload', join(folder, 'luci-app-nft-offload'));
		expect(listed(members(prepare(join(folder, 'luci-app-nft-offload'))))).toEqual(listed(members(prepare(FOLDER))));
	});

	it('says what is missing where the folder was taken out of its repository', () => {
		const alone = join(scratch, 'alone/luci-app-nft-offload');
		cpSync(FOLDER, alone, { recursive: true });
		expect(() => prepare(alone)).toThrow('../rpcd is missing');
	});
});
