// SPDX-License-Identifier: Apache-2.0
/**
 * The stand-in for opkg against what the real one wrote: opkg-cases.txt.
 * OPKG=<root filesystem that has one> runs the same cases on that, in a chroot.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzip, tar } from '../../tools/package/archive';
import { STANDINS } from './root';

const REAL = process.env.OPKG;
const root = mkdtempSync(join(tmpdir(), 'standins-opkg-'));

/** Where the shell finds the root. */
const ROOT = REAL ? '' : root;

afterAll(() => { rmSync(root, { recursive: true }); });

function write(path: string, text: string, mode = 0o644): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
	chmodSync(join(root, path), mode);
}

/** Packs a directory below the root, and leaves it there. */
async function archive(path: string): Promise<void> {
	writeFileSync(join(root, `${path}.tar.gz`), await gzip(await tar(join(root, path), 0, '.')));
}

async function makePackage(name: string, version: string, files: string[], more: Record<string, string> = {}): Promise<void> {
	const file = `tmp/${name}-${version}`;
	for (const path of files)
		write(`${file}/data${path}`, `${name} ${version}\n`);
	write(`${file}/control/control`, `Package: ${name}\nVersion: ${version}\nArchitecture: all\n`);
	for (const script of ['preinst', 'postinst', 'prerm', 'postrm'])
		write(`${file}/control/${script}`, `#!/bin/sh
echo "${script} of ${version}: $*, upgrade=$PKG_UPGRADE root=$PKG_ROOT instroot=$IPKG_INSTROOT, files:$(ls ${ROOT}/usr/share/demo 2>/dev/null | sed 's/^/ /' | tr -d '\\n')" >>${ROOT}/tmp/log
[ ! -e ${ROOT}/tmp/fail.${script} ]
`, 0o755);
	for (const [member, text] of Object.entries(more))
		write(`${file}/control/${member}`, text);
	write(`${file}/debian-binary`, '2.0\n');
	await archive(`${file}/data`);
	await archive(`${file}/control`);
	const outer = await tar(join(root, file), 0, './debian-binary', './data.tar.gz', './control.tar.gz');
	rmSync(join(root, file), { recursive: true });
	writeFileSync(join(root, `${file}.ipk`), await gzip(outer));
}

beforeAll(async () => {
	if (REAL)
		cpSync(REAL, root, { recursive: true, verbatimSymlinks: true });
	write('bin/opkg', '');
	copyFileSync(join(REAL ?? join(STANDINS, 'root'), 'bin/opkg'), join(root, 'bin/opkg'));
	chmodSync(join(root, 'bin/opkg'), 0o755);
	const both = '/usr/share/demo/both', late = '/usr/share/demo/new';
	await makePackage('demo', '1.0-r1', [both, '/usr/share/demo/old']);
	await makePackage('demo', '2.0-r9', [both, late]);
	await makePackage('demo', '2.0-r10', [both, late]);
	await makePackage('other', '1.0-r1', [both]);
	await makePackage('configured', '1.0-r1', ['/etc/configured'], { conffiles: '/etc/configured\n' });
});

/** Words of the cases that are no programs. */
const WORDS = `
	log() { [ ! -e ${ROOT}/tmp/log ] || cat ${ROOT}/tmp/log; rm -f ${ROOT}/tmp/log; }
	files() { ls ${ROOT}/usr/share/demo | tr '\\n' ' ' | sed 's/ $/\\n/'; }
	records() (
		cd ${ROOT}/usr/lib/opkg/info
		[ ! -e demo.list ] || { echo demo.*; sort demo.list; }
	)
	fail() { : >${ROOT}/tmp/fail.$1; }
	mend() { rm ${ROOT}/tmp/fail.$1; }
`;

function run(command: string): { code: number | null; output: string } {
	const text = `${WORDS}\n${command.replaceAll(' /tmp/', ` ${ROOT}/tmp/`)}`;
	const { status, stdout } = REAL
		? spawnSync('chroot', [root, '/bin/sh', '-c', text], { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })
		: spawnSync('sh', ['-c', text], { encoding: 'utf8', env: { PATH: `${root}/bin:${process.env.PATH!}`, TESTBED_ROOT: root } });
	// a package of a root filesystem that we did not install
	return { code: status, output: command === 'opkg list-installed' ? stdout.split(/(?<=\n)/).filter((line) => /^(demo|other) /.test(line)).join('') : stdout };
}

const text = readFileSync(new URL('opkg-cases.txt', import.meta.url), 'utf8');
const cases = [...text.matchAll(/^\$ (.*)\n((?:(?!= ).*\n)*?)= (\d+)\n/gm)];

it('has cases', () => expect(cases.length).toBeGreaterThan(25));

describe(REAL ? 'the real opkg' : 'the stand-in', () => {
	for (const [index, [, command, output, code]] of cases.entries())
		it(`${index + 1}: ${command}`, () => expect(run(command!)).toEqual({ code: Number(code), output }));
});

describe.skipIf(REAL)('what the stand-in cannot do ends with 254', () => {
	it.each([
		'opkg', 'opkg update', 'opkg upgrade', 'opkg install demo', 'opkg install /tmp/configured-1.0-r1.ipk',
		'opkg --force-reinstall install /tmp/demo-1.0-r1.ipk', 'opkg remove demo other',
	])('%s', (command) => expect(run(command)).toEqual({ code: 254, output: '' }));
});
