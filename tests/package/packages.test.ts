// SPDX-License-Identifier: Apache-2.0
/** What `make package` builds of this repository. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, packages, type Built } from '../../tools/package/build';
import { sourceDate } from '../../tools/package/epoch';
import { APP, dependency, folderOf, LIBRARY, readRecipe } from '../../tools/package/recipe';
import { translationsIn } from '../../tools/package/translations';
import { installProduct } from '../../tools/package/install';
import { REPOSITORY } from '../../host/repository';
import { readAdb } from './adb-reader';
import { EPOCH } from './demo';
import { readIpk } from './tar';

/** Limits of the project, bytes: the JavaScript of all packages, the app's ucode, the app's package, a language's, and the library's. */
const JAVASCRIPT = 300_000, UCODE = 150_000, PACKAGE = 120_000, LANGUAGE = 16_000, UPLOT = 24_000;

/** Where the router has what. */
const PLACES: Record<string, string> = {
	'luci-app-nft-offload/htdocs': '/www',
	'luci-app-nft-offload/root': '/',
	'rpcd/object': '/usr/share/rpcd/ucode',
	'rpcd/modules': '/usr/share/ucode/nft_offload',
	'rpcd/libexec': '/usr/libexec/nft-offload',
};

const scratch = mkdtempSync(join(tmpdir(), 'nft-offload-packages-'));
afterAll(() => { rmSync(scratch, { recursive: true }); });

const CATALOGUES = join(import.meta.dirname, 'fixtures/po');
const recipe = await readRecipe(APP), libraryRecipe = await readRecipe(LIBRARY);
const fixtures = await build({ catalogues: CATALOGUES, epoch: EPOCH });
const [app] = fixtures;
const library = fixtures.find(({ package: { name } }) => name === LIBRARY);

describe('the recipe', () => {
	it('has the version of package.json', () => {
		const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
		expect(recipe.version).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}-r[1-9]\\d*$`));
		expect(recipe.translations).toBe(recipe.version);
	});

	it('of the library has the version that package-lock.json pins', () => {
		const { packages: locked } = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string; license: string }> };
		const { version, license } = locked['node_modules/uplot']!;
		expect(libraryRecipe.version).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}-r[1-9]\\d*$`));
		expect(libraryRecipe.license).toBe(license);
	});

	it('is refused where only an SDK understands it', () => {
		expect(['+ucode', 'luci-base'].map(dependency)).toEqual(['ucode', 'luci-base']);
		for (const word of ['+IPV6:kmod-ipv6', '@!LOW_MEMORY', '+(A&&B):c', '+PACKAGE_a:'])
			expect(() => dependency(word), word).toThrow('depends on an SDK');
	});
});

describe('the app\'s package', () => {
	it('is named as the SDK names it', () => {
		expect(app!.ipk.file).toBe(`luci-app-nft-offload_${recipe.version}_all.ipk`);
		expect(app!.apk.file).toBe(`luci-app-nft-offload-${recipe.version}.apk`);
	});

	it('holds every file of the package and of rpcd/, byte for byte, workers to run and the rest to read, and nothing else', () => {
		const members = new Map(app!.package.members.map((member) => [member.path, member]));
		for (const [folder, place] of Object.entries(PLACES))
			for (const entry of readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true }).filter((found) => found.isFile())) {
				const source = join(entry.parentPath, entry.name), path = join(place, relative(join(REPOSITORY, folder), source));
				expect(members.get(path)?.mode, path).toBe(place === '/usr/libexec/nft-offload' ? 0o755 : 0o644);
				expect(members.get(path)!.data.equals(readFileSync(source)), path).toBe(true);
				members.delete(path);
			}
		expect([...members.keys()]).toEqual([]);
		expect(readdirSync(join(REPOSITORY, 'rpcd')).sort()).toEqual([...Object.keys(PLACES).flatMap((folder) => /^rpcd\/(.*)/.exec(folder)?.[1] ?? []), 'install.sh'].sort());
	});

	it('is, file by file, with the library\'s what make deploy and the testbed install', async () => {
		const tree = join(scratch, 'installed');
		await installProduct(tree);
		const installed = readdirSync(tree, { recursive: true, withFileTypes: true }).filter((found) => found.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((file) => ({ path: file.slice(tree.length), mode: statSync(file).mode & 0o777, data: readFileSync(file) }));
		const byPath = (a: { path: string }, b: { path: string }): number => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
		expect(installed.sort(byPath)).toEqual([...app!.package.members, ...library!.package.members].sort(byPath));
	});

	it('depends on libc and on what the Makefile says', () => {
		const { info } = readAdb(app!.apk.data).dump as { info: { depends: string[] } };
		expect(info.depends).toEqual(['libc', ...recipe.depends].sort());
		expect(app!.ipk.control).toContain(`\nDepends: ${['libc', ...recipe.depends].join(', ')}\n`);
	});
});

describe('the library\'s package', () => {
	it('has a name, a version and a licence of its own, and needs nothing of the app\'s', () => {
		expect(library!.ipk.file).toBe(`luci-lib-uplot_${libraryRecipe.version}_all.ipk`);
		expect(library!.apk.file).toBe(`luci-lib-uplot-${libraryRecipe.version}.apk`);
		expect(library!.package).toMatchObject({ depends: ['libc'], license: 'MIT', url: 'https://github.com/leeoniya/uPlot' });
	});

	it('holds one module, and a script that does nothing', () => {
		expect(library!.package.members.map(({ path, mode }) => ({ path, mode }))).toEqual([{ path: '/www/luci-static/resources/uplot.js', mode: 0o644 }]);
		expect(library!.package.scripts).toEqual({ postinst: '#!/bin/sh\nexit 0', prerm: '', postrm: '' });
	});

	it('is what the app depends on', () => {
		expect(app!.package.depends).toContain(LIBRARY);
	});
});

describe('beside what an SDK builds of the same Makefile', () => {
	const compared = fixtures.filter(({ package: { name } }) => [APP, 'luci-i18n-nft-offload-de'].includes(name));
	const reference = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

	it('the fields and scripts for opkg are those of 24.10', () => {
		const ours = compared.flatMap(({ package: { name }, ipk }) => readIpk(ipk.data)['control.tar.gz'].filter((member) => !member.directory)
			.map((member) => `# ${name} ${member.name} ${member.mode.toString(8)}\n${member.data.toString().replace(/^(Installed-Size|SourceDateEpoch|Version): .*/gm, '$1: *')}`));
		expect(ours.join('')).toBe(reference('sdk-24.10.txt'));
	});

	it('the fields and scripts for apk are those of 25.12', () => {
		const ours = compared.map(({ package: { name, version }, apk }) => {
			const { info: { hashes, 'installed-size': size, version: said, ...info }, scripts } =
				readAdb(apk.data).dump as { info: Record<string, unknown>; scripts: unknown };
			expect([said, size, String(hashes).length]).toEqual([version, apk.installed, 40]);
			return [name, { info, scripts }];
		});
		expect(Object.fromEntries(ours)).toEqual(JSON.parse(reference('sdk-25.12.json')));
	});
});

describe('the translations', () => {
	it('are packages of their own, named and filled as luci.mk does it', () => {
		expect(fixtures.filter(({ package: { name } }) => name.startsWith('luci-i18n-')).map(({ package: pkg }) => [pkg.name, pkg.depends, pkg.description, pkg.members.map(({ path, mode }) => `${path} ${mode.toString(8)}`)])).toEqual([
			['luci-i18n-nft-offload-de', ['libc', 'luci-app-nft-offload'], 'Translation for luci-app-nft-offload - Deutsch (German)',
				['/etc/uci-defaults/luci-i18n-nft-offload-de 644', '/usr/lib/lua/luci/i18n/nft-offload.de.lmo 644']],
			['luci-i18n-nft-offload-pt-br', ['libc', 'luci-app-nft-offload'], 'Translation for luci-app-nft-offload - Português do Brasil (Brazilian Portuguese)',
				['/etc/uci-defaults/luci-i18n-nft-offload-pt-br 644', '/usr/lib/lua/luci/i18n/nft-offload.pt-br.lmo 644']],
		]);
		expect(fixtures[2]!.package.members[0]!.data.toString())
			.toBe('uci set luci.languages.pt_br=\'Português do Brasil (Brazilian Portuguese)\'; uci commit luci\n');
	});

	it('of a language without a name are refused', async () => {
		mkdirSync(join(scratch, 'po/tlh'), { recursive: true });
		await expect(translationsIn(join(scratch, 'po'), 'nft-offload')).rejects.toThrow('tlh');
	});
});

describe('what is packed', () => {
	/** Every byte that a package shows to who unpacks it. */
	const plain = ({ ipk, apk }: Built): Buffer => {
		const { database, contents } = readAdb(apk.data);
		return Buffer.concat([...Object.values(readIpk(ipk.data)).flat().map(({ name, data }) => Buffer.concat([Buffer.from(`${name}\n`), data])), database, ...contents.map(({ data }) => data)]);
	};

	it('carries no owner, time or path of the build machine', () => {
		for (const each of fixtures) {
			for (const { uid, gid, owner, group, mtime, name } of Object.values(readIpk(each.ipk.data)).flat()) {
				expect({ uid, gid, owner, group, mtime }, name).toEqual({ uid: 0, gid: 0, owner: '', group: '', mtime: EPOCH });
				expect(name).toMatch(/^\.\//);
			}
			// gzip's own header: no name, no time
			expect(each.ipk.data.subarray(3, 8)).toEqual(Buffer.alloc(5));

			const { paths } = readAdb(each.apk.data).dump as { paths: { acl: object; files?: { acl: object; mtime: number }[] }[] };
			for (const { acl, mtime } of paths.flatMap(({ acl: own, files = [] }) => [{ acl: own, mtime: EPOCH }, ...files]))
				expect({ ...acl, mtime }).toMatchObject({ user: 'root', group: 'root', mtime: EPOCH });

			const bytes = plain(each);
			for (const trace of [REPOSITORY, 'nft-offload-package-'])
				expect(bytes.includes(trace), trace).toBe(false);
		}
	});

	describe('by make package, on another day, by another user\'s habits, in another place', () => {
		const directory = join(scratch, 'other');
		const temporary = join(scratch, 'tmp');
		const file = (name: string): Buffer => readFileSync(join(directory, name));
		beforeAll(() => {
			mkdirSync(temporary);
			execFileSync('sh', ['-c', 'umask 077; exec npx tsx tools/package/build.ts "$1"', 'sh', directory], {
				cwd: REPOSITORY,
				env: { ...process.env, SOURCE_DATE_EPOCH: String(EPOCH), TMPDIR: temporary, TZ: 'Asia/Kathmandu', LC_ALL: 'C', GZIP_OPT: '-1', TAR_OPTIONS: '--mtime=2001-01-01' },
				stdio: 'ignore',
			});
		}, 120_000);

		it('is the same bytes', () => {
			for (const { data, file: name } of [app!.ipk, app!.apk, library!.ipk, library!.apk])
				expect(file(name).equals(data), name).toBe(true);
			expect(readdirSync(temporary).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
		});

		it('keeps within the limits', () => {
			const names = readdirSync(directory), own = [app!.ipk.file, app!.apk.file], libraries = [library!.ipk.file, library!.apk.file];
			const { info } = readAdb(file(app!.apk.file)).dump as { info: { 'installed-size': number } };
			const size = ({ package: { members } }: Built, matching: RegExp): number => members.filter(({ path }) => matching.test(path)).reduce((sum, { data }) => sum + data.length, 0);
			const sizes = {
				scripts: size(app!, /\.js$/), libraryScripts: size(library!, /\.js$/),
				ucode: size(app!, /^\/usr\/(share\/(rpcd\/)?ucode|libexec)\/(?!.*\/guard$)/),
			};
			console.log(`JavaScript: ${sizes.scripts} + ${sizes.libraryScripts} (uPlot), ucode: ${sizes.ucode}, ${[...own, ...libraries].map((name) => `${name}: ${file(name).length}`).join(', ')}`);
			expect(info['installed-size']).toBeGreaterThan(size(app!, /./) - 1);
			expect(sizes.scripts + sizes.libraryScripts).toBeLessThanOrEqual(JAVASCRIPT);
			expect(sizes.ucode).toBeLessThanOrEqual(UCODE);
			expect(names).toEqual(expect.arrayContaining([...own, ...libraries]));
			for (const name of names)
				expect(file(name).length, name).toBeLessThanOrEqual(own.includes(name) ? PACKAGE : libraries.includes(name) ? UPLOT : LANGUAGE);
			/* both formats of the app, the library, and each language, which has a directory beside the templates' */
			expect(names).toHaveLength(2 * (readdirSync(join(folderOf(APP), 'po')).length + 1));
		});
	});

	it('has another version when asked for one', async () => {
		const versions = (await packages({ version: '9.8.7-r6', catalogues: CATALOGUES })).map(({ name, version }) => [name, version]);
		expect(Object.fromEntries(versions)).toEqual({
			[APP]: '9.8.7-r6', 'luci-i18n-nft-offload-de': '9.8.7-r6', 'luci-i18n-nft-offload-pt-br': '9.8.7-r6', [LIBRARY]: libraryRecipe.version,
		});
	});
});

describe('the time of the sources', () => {
	it('is SOURCE_DATE_EPOCH, else the last commit\'s', async () => {
		const before = process.env.SOURCE_DATE_EPOCH;
		try {
			process.env.SOURCE_DATE_EPOCH = '1234567890';
			expect(await sourceDate()).toBe(1234567890);
			process.env.SOURCE_DATE_EPOCH = 'yesterday';
			await expect(sourceDate()).rejects.toThrow('SOURCE_DATE_EPOCH');
			delete process.env.SOURCE_DATE_EPOCH;
			expect(await sourceDate()).toBeGreaterThan(1767225600 - 1);
		} finally {
			delete process.env.SOURCE_DATE_EPOCH;
			if (before !== undefined)
				process.env.SOURCE_DATE_EPOCH = before;
		}
	});
});
