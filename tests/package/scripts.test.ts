// SPDX-License-Identifier: Apache-2.0
/**
 * The package's own scripts in a made-up router below a directory: every
 * program is a stub that writes down how it was called.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP, readRecipe, type Scripts } from '../../tools/package/recipe';

const recipe = await readRecipe(APP);
let root = '';

const STATE = ['var/run/nft-offload/transaction.json', 'tmp/luci-indexcache.1.json', 'tmp/luci-modulecache/a'];
const PLUGIN = 'usr/share/rpcd/ucode/nft-offload.uc';

function put(path: string, text = '', mode = 0o644): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
	chmodSync(join(root, path), mode);
}

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'nft-offload-scripts-'));
	for (const path of [...STATE, PLUGIN, 'log'])
		put(path);
	for (const program of ['etc/init.d/rpcd', 'usr/libexec/nft-offload/transaction', 'usr/libexec/nft-offload/flows', 'usr/libexec/nft-offload/sampler'])
		put(program, `#!/bin/sh\necho "${program.split('/').pop()!} $*" >> ${root}/log\n`, 0o755);
	// the object goes two looks after the reload
	put('bin/ubus', `#!/bin/sh\n[ -e ${root}/${PLUGIN} ] && exit 0\necho "ubus $*" >> ${root}/log\n[ "$(grep -c ubus ${root}/log)" -lt 3 ]\n`, 0o755);
	put('bin/sleep', '#!/bin/sh\n', 0o755);
});

afterEach(() => { rmSync(root, { recursive: true }); });

function run(script: keyof Scripts, env: Record<string, string> = {}): { status: number | null; log: string[]; stderr: string } {
	// as opkg does it: sourced in a subshell; apk runs the text as the end of its own
	put('script', recipe[script].replace(/(?<= )\/(?=(tmp|etc|usr|var|www)\/)/g, `${root}/`).replace(/(?<=\t)\/(?=(etc|usr)\/)/gm, `${root}/`));
	const { status, stderr } = spawnSync('sh', ['-c', `( . ${root}/script )`], { env: { PATH: `${root}/bin:${process.env.PATH!}`, ...env }, encoding: 'utf8' });
	return { status, stderr, log: readFileSync(join(root, 'log'), 'utf8').split('\n').filter(Boolean) };
}

const left = (...paths: string[]): string[] => paths.filter((path) => existsSync(join(root, path)));

describe('before removal', () => {
	it('the object goes first, then the change is taken back, then the explorer, the sampler and all state', () => {
		expect(run('prerm')).toEqual({
			status: 0, stderr: '',
			log: ['rpcd reload', ...Array<string>(3).fill('ubus list luci.nft-offload'), 'transaction withdraw', 'flows stop', 'sampler stop'],
		});
		expect(left(PLUGIN, 'var/run/nft-offload')).toEqual([]);
	});

	it('an object that stays does not hold it up for ever', () => {
		put('bin/ubus', `#!/bin/sh\necho "ubus $*" >> ${root}/log\n`, 0o755);
		const { status, log } = run('prerm');
		expect([status, log.filter((line) => line.startsWith('ubus')).length, log.at(-1)]).toEqual([0, 10, 'sampler stop']);
	});

	it('workers that fail do not hold it up', () => {
		for (const program of ['transaction', 'flows', 'sampler'])
			put(`usr/libexec/nft-offload/${program}`, '#!/bin/sh\nexit 1\n', 0o755);
		expect(run('prerm').status).toBe(0);
	});
});

describe('after removal', () => {
	it('LuCI\'s caches go, and the directories that opkg leaves', () => {
		for (const path of ['usr/libexec/nft-offload', 'usr/share/ucode/nft_offload'])
			rmSync(join(root, path), { recursive: true, force: true });
		for (const path of ['usr/libexec/nft-offload', 'usr/share/ucode/nft_offload/facts', 'usr/share/ucode/nft_offload/run', 'www/luci-static/resources/view/nft-offload'])
			mkdirSync(join(root, path), { recursive: true });
		expect(run('postrm')).toEqual({ status: 0, stderr: '', log: [] });
		expect(left('usr/libexec/nft-offload', 'usr/share/ucode/nft_offload', 'www/luci-static/resources/view/nft-offload', 'tmp/luci-indexcache.1.json', 'tmp/luci-modulecache')).toEqual([]);
	});
});

describe('after installation', () => {
	it('LuCI\'s caches go, and rpcd is reloaded', () => {
		expect(run('postinst')).toEqual({ status: 0, stderr: '', log: ['rpcd reload'] });
		expect(left(...STATE)).toEqual(['var/run/nft-offload/transaction.json']);
	});
});

describe('after an upgrade', () => {
	it('what the version before found out is gone, nobody asks its workers, and a change goes on', () => {
		const kept = ['transaction', 'undo', 'worker', 'loaded'], gone = ['lease', 'asked', 'coverage', 'conflicts'];
		const path = (name: string): string => `var/run/nft-offload/${name}.json`;
		for (const name of [...kept, ...gone])
			put(path(name));
		expect(run('postinst', { PKG_UPGRADE: '1' })).toEqual({ status: 0, stderr: '', log: ['rpcd reload'] });
		expect(left(...[...kept, ...gone].map(path))).toEqual(kept.map(path));
	});
});

describe.each(['prerm', 'postrm', 'postinst'] as const)('%s', (script) => {
	it('does nothing in an image that is being built', () => {
		expect(run(script, { IPKG_INSTROOT: '/somewhere' })).toEqual({ status: 0, stderr: '', log: [] });
		expect(left(...STATE, PLUGIN)).toEqual([...STATE, PLUGIN]);
	});
});

describe.each(['prerm', 'postrm'] as const)('%s', (script) => {
	it('does nothing in an upgrade: a trial goes on', () => {
		expect(run(script, { PKG_UPGRADE: '1' })).toEqual({ status: 0, stderr: '', log: [] });
		expect(left(...STATE, PLUGIN)).toEqual([...STATE, PLUGIN]);
	});

	it('knows a removal by opkg, which says so with a zero', () => {
		run(script, { PKG_UPGRADE: '0' });
		expect(left('tmp/luci-modulecache', PLUGIN)).toHaveLength(1);
	});
});
