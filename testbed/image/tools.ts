// SPDX-License-Identifier: Apache-2.0
/**
 * The tools' disk: a small read-only Debian tree with the host's own programs.
 * The LAN client and the WAN server live in it, and the testbed's userland
 * borrows node and nft from it.
 */

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getProgram } from '../vm/program.js';
import { cached, hash, hashTree } from '../../host/cache.js';
import { run } from '../../host/run.js';
import { makeDisk } from '../vm/disk.js';

/** Programs of the host, by the path where they are found in the tree. */
const PROGRAMS: Record<string, string> = {
	'/bin/busybox': '/bin/busybox',
	/* not busybox ash: that runs its own `ip` whatever PATH says */
	'/bin/sh': '/bin/dash',
	'/usr/bin/flock': '/usr/bin/flock',
	'/usr/bin/nc': '/usr/bin/nc.openbsd',
	'/usr/bin/nice': '/usr/bin/nice',
	'/usr/bin/node': process.execPath,
	'/usr/bin/openssl': '/usr/bin/openssl',
	'/usr/bin/pgrep': '/usr/bin/pgrep',
	'/usr/bin/sync': '/usr/bin/sync',
	'/usr/bin/wg': '/usr/bin/wg',
	'/usr/sbin/bridge': '/usr/sbin/bridge',
	'/usr/sbin/conntrack': '/usr/sbin/conntrack',
	'/usr/sbin/ip': '/usr/sbin/ip',
	'/usr/sbin/nft': '/usr/sbin/nft',
	'/usr/sbin/tc': '/usr/sbin/tc',
};

/** Programs of our own for the namespaces. */
const OWN: Record<string, string> = {
	'/usr/lib/testbed/traffic.mjs': fileURLToPath(new URL('../vm/traffic.mjs', import.meta.url)),
};

/** Debian's nodejs keeps these parts of itself outside of the program. */
const NODE_PARTS = ['acorn', 'acorn-walk', 'cjs-module-lexer', 'minimatch', 'undici'].map((name) => `/usr/share/nodejs/${name}`);

/** Shared libraries and the loader of a program, as ldd finds them; none for a static one. */
async function libraries(program: string): Promise<string[]> {
	const text = await run('ldd', [program]).then(String, () => '');
	return [...text.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1]!);
}

/** The tree's files: path in the tree → file on the host. */
async function collect(): Promise<Map<string, string>> {
	const files = new Map<string, string>(Object.entries(OWN));
	for (const program of ['pppoe', 'options'])
		files.set(`/usr/sbin/${program}`, await getProgram(program, new URL(`../vm/${program}.c`, import.meta.url)));
	for (const [path, program] of Object.entries(PROGRAMS)) {
		const real = await realpath(program).catch(() => {
			throw new Error(`${program} is missing: run testbed/vm/install-packages.sh`);
		});
		files.set(path, real);
		for (const library of await libraries(real))
			files.set(library.replace(/^\/usr\/lib/, '/lib'), await realpath(library));
	}
	for (const part of NODE_PARTS.filter((path) => existsSync(path)))
		files.set(part, await realpath(part));
	return files;
}

/** @returns path of the image */
export async function getTools(): Promise<string> {
	const files = await collect();
	const source = await readFile(new URL(import.meta.url));
	const parts = await Promise.all([...files].map(async ([path, from]) => [path, await hashTree(from)]));
	return cached('tools', hash(source, ...parts.flat()), async (image) => {
		const tree = `${image}.tree`;
		for (const directory of ['dev', 'proc', 'run', 'sys', 'tmp', 'root', 'etc', 'usr/bin', 'usr/sbin'])
			await mkdir(join(tree, directory), { recursive: true });
		for (const [path, from] of files) {
			await mkdir(dirname(join(tree, path)), { recursive: true });
			await cp(from, join(tree, path), { recursive: true, dereference: true });
		}
		const programs = new Set(Object.keys(PROGRAMS).map((path) => basename(path)));
		for (const applet of (await run('/bin/busybox', ['--list'])).toString().trim().split('\n'))
			if (!programs.has(applet))
				await symlink('/bin/busybox', join(tree, 'bin', applet));
		await makeDisk(tree, image, { free: 0, readonly: true });
	});
}
