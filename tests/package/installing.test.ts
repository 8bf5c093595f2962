// SPDX-License-Identifier: Apache-2.0
/**
 * The feed in the hands of the real programs, where this machine has them on
 * its PATH: opkg with usign, and apk-tools 3. Scripts are not run here: they
 * want a router.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { build, pack, type Built } from '../../tools/package/build';
import { PUBLIC, writeFeed } from '../../tools/package/feed';
import { APP, LIBRARY } from '../../tools/package/recipe';
import { EPOCH, others } from './demo';

function onPath(program: string): boolean {
	return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

const OPKG = onPath('opkg') && onPath('usign');
const APK = spawnSync('apk', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('apk-tools 3') ?? false;

const scratch = mkdtempSync(join(tmpdir(), 'nft-offload-installing-'));
afterAll(() => { rmSync(scratch, { recursive: true }); });

const LANGUAGE = 'luci-i18n-nft-offload-de';
const options = { catalogues: join(import.meta.dirname, 'fixtures/po'), epoch: EPOCH };

/** Everything of others that the app depends on, empty. */
async function dependencies(app: Built): Promise<Built[]> {
	const [blank] = others;
	return pack(app.package.depends.filter((name) => name !== LIBRARY).map((name) => ({ ...blank!, name, depends: [], members: [] })), EPOCH);
}

/** Our feed, a newer one, and one with what we depend on, all signed by one key. */
async function feeds(): Promise<Record<'now' | 'newer' | 'base', string>> {
	const now = await build(options);
	const write = async (name: string, built: Built[]): Promise<string> => {
		await writeFeed(join(scratch, name), join(scratch, 'keys'), built);
		return join(scratch, name);
	};
	return {
		now: await write('now', now),
		newer: await write('newer', await build({ ...options, version: '9999-r1' })),
		base: await write('base', await dependencies(now[0]!)),
	};
}

const served = OPKG || APK ? await feeds() : { now: '', newer: '', base: '' };

/** Path, mode and size of every regular file below `root`, but for a package manager's own. */
function listing(root: string): Record<string, string> {
	return Object.fromEntries(readdirSync(root, { recursive: true, withFileTypes: true })
		.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
		.filter(({ entry, path }) => entry.isFile() && !/^\/(usr\/lib\/opkg|lib\/apk|etc\/(apk|opkg)|tmp|var)\//.test(path.slice(root.length)))
		.map(({ path }) => [path.slice(root.length), `${(statSync(path).mode & 0o777).toString(8)} ${statSync(path).uid}:${statSync(path).gid} ${statSync(path).size}`]));
}

async function expected(): Promise<Record<string, string>> {
	const installed = (await build(options)).filter(({ package: { name } }) => [APP, LIBRARY, LANGUAGE].includes(name));
	const owner = `${process.getuid!()}:${process.getgid!()}`;
	return Object.fromEntries(installed.flatMap(({ package: { members } }) => members)
		.map(({ path, mode, data }) => [path, `${mode.toString(8)} ${owner} ${data.length}`]));
}

interface Manager {
	root: string;
	/** Runs the program; throws with its words when it fails. */
	run: (...args: string[]) => string;
	/** Uses the feed `name` besides the one with what we depend on. */
	use: (name: 'now' | 'newer') => void;
	trust: () => void;
}

function runner(program: string, always: string[]): Manager['run'] {
	return (...args) => {
		const { status, stdout, stderr } = spawnSync(program, [...always, ...args], { encoding: 'utf8' });
		if (status !== 0)
			throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
		return stdout + stderr;
	};
}

function opkg(): Manager {
	const root = mkdtempSync(join(scratch, 'opkg-')), keys = join(root, 'etc/opkg/keys'), configuration = join(root, 'tmp/opkg.conf');
	for (const directory of [keys, join(root, 'usr/lib/opkg'), join(root, 'tmp'), join(root, 'var/lock'), join(root, 'var/opkg-lists')])
		mkdirSync(directory, { recursive: true });
	// what OpenWrt's opkg-key does for `verify SIGNATURE LIST`
	const verify = join(root, 'tmp/verify');
	writeFileSync(verify, `#!/bin/sh\n{ zcat "$3" 2>/dev/null || cat "$3"; } | usign -V -P ${keys} -q -x "$2" -m -\n`, { mode: 0o755 });
	return {
		root,
		run: runner('opkg', ['--conf', configuration, '--offline-root', root, '--verify-program', verify]),
		use: (name) => {
			writeFileSync(configuration, [
				'dest root /', 'lists_dir ext /var/opkg-lists', 'option check_signature', 'arch all 1',
				`src/gz base file://${served.base}`, `src/gz nft_offload file://${served[name]}`, '',
			].join('\n'));
		},
		trust: () => {
			const key = join(served.now, PUBLIC.usign);
			cpSync(key, join(keys, spawnSync('usign', ['-F', '-p', key], { encoding: 'utf8' }).stdout.trim()));
		},
	};
}

function apk(): Manager {
	const root = mkdtempSync(join(scratch, 'apk-')), keys = join(root, 'etc/apk/keys'), repositories = join(scratch, 'repositories');
	for (const directory of [keys, join(root, 'lib/apk/db'), join(root, 'var/cache/apk')])
		mkdirSync(directory, { recursive: true });
	const user = process.getuid!() === 0 ? [] : ['--usermode'];
	const run = runner('apk', ['--root', root, ...user, '--arch', 'noarch', '--keys-dir', keys, '--repositories-file', repositories]);
	writeFileSync(repositories, '');
	run('add', '--initdb', '--no-scripts');
	return {
		root, run,
		use: (name) => { writeFileSync(repositories, `${served.base}/packages.adb\n${served[name]}/packages.adb\n`); },
		trust: () => { cpSync(join(served.now, PUBLIC.apk), join(keys, PUBLIC.apk)); },
	};
}

describe.skipIf(!OPKG)(`opkg${OPKG ? '' : ' (skipped: opkg and usign are not on the PATH)'}`, () => {
	it('refuses the feed without its key, installs with it, upgrades, and removes everything', async () => {
		const { root, run, use, trust } = opkg();
		use('now');
		expect(run('update').match(/Signature check failed/g)).toHaveLength(2);
		trust();
		expect(run('update').match(/Signature check passed/g)).toHaveLength(2);

		run('install', APP, LANGUAGE);
		expect(listing(root)).toEqual(await expected());
		const [app] = await build(options);
		expect(run('depends', APP).split('\n').slice(1).map((line) => line.trim()).filter(Boolean)).toEqual(app!.package.depends);
		expect(() => run('remove', APP)).toThrow(LANGUAGE);

		use('newer');
		run('update');
		run('upgrade', APP, LANGUAGE);
		expect(run('list-installed')).toContain(`${APP} - 9999-r1`);
		expect(existsSync(join(root, 'usr/libexec/nft-offload/guard'))).toBe(true);

		/* as docs/installing.md says: of its own accord opkg leaves the library there */
		run('remove', LANGUAGE, APP, LIBRARY);
		expect(Object.keys(listing(root)).filter((path) => /offload|uplot/.test(path))).toEqual([]);
		expect(readdirSync(join(root, 'usr/lib/opkg/info')).filter((name) => /^luci-(app-nft|i18n-nft|lib-uplot)/.test(name))).toEqual([]);
	});
});

describe.skipIf(!APK)(`apk${APK ? '' : ' (skipped: apk-tools 3 is not on the PATH)'}`, () => {
	it('refuses the feed without its key, installs with it, upgrades, and removes everything', async () => {
		const { root, run, use, trust } = apk();
		use('now');
		expect(run('update')).toContain('UNTRUSTED signature');
		expect(() => run('add', '--no-scripts', APP)).toThrow(APP);
		trust();
		expect(run('update')).not.toContain('UNTRUSTED');

		run('add', '--no-scripts', APP, LANGUAGE);
		expect(listing(root)).toEqual(await expected());
		expect(readFileSync(join(root, 'lib/apk/packages', `${APP}.list`), 'utf8')).toContain('/usr/libexec/nft-offload/guard\n');
		const [app] = await build(options);
		expect(run('info', '--depends', APP).split('\n').slice(1).filter(Boolean)).toEqual([...app!.package.depends].sort());

		use('newer');
		run('upgrade', '--no-scripts');
		expect(run('list', '--installed', APP)).toContain(`${APP}-9999-r1`);

		run('del', '--no-scripts', APP, LANGUAGE);
		expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /offload|uplot/.test(path) && !path.startsWith('etc/apk/keys'))).toEqual([]);
	});
});
