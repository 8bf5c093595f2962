// SPDX-License-Identifier: Apache-2.0
/**
 * Writes the backend as it is installed into the package's tree. With lines of
 * installed files, as a stack trace names them, tells where they come from.
 *
 *	npx tsx rpcd/build/build.ts [base.uc:12 …]
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import type { Made } from './bundle.js';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const TREE = fileURLToPath(new URL('../../luci-app-nft-offload/root', import.meta.url));

const MODULES = 'usr/share/ucode/nft_offload', PLUGINS = 'usr/share/rpcd/ucode', WORKERS = 'usr/libexec/nft-offload';

/** Which modules are loaded together: by everybody, and by one worker each. Those that are imported come first. */
const FILES: Record<string, string[]> = {
	base: ['shell', 'process', 'state', 'workers', 'asked', 'conntrack', 'links', 'networks', 'config', 'firewall', 'kernel', 'router', 'slowpath', 'watch'],
	change: ['measure', 'transaction'],
	search: ['address', 'table', 'leases', 'filters', 'flows', 'groups', 'explorer'],
	surveys: ['bound', 'conflicts', 'coverage'],
};

/** A file as it is installed. */
export interface BackendFile {
	/** Relative to a router's root. */
	path: string;
	mode: number;
	data: Buffer;
}

const read = (file: string): string => readFileSync(join(SOURCES, file), 'latin1');

/** ucode, made of the sources. @param everything see bundle() */
export function programs(everything = false): (Made & { path: string; mode: number })[] {
	const modules = Object.entries(FILES).map(([name, list]) => ({ name, sources: list.map((module) => ({ name: module, text: read(`share/${module}.uc`) })) }));
	const missing = readdirSync(join(SOURCES, 'share')).filter((file) => !Object.values(FILES).flat().includes(file.replace(/\.uc$/, '')));
	if (missing.length)
		throw new Error(`rpcd/build/build.ts does not say which file takes ${missing.join(', ')}`);
	const alone = [...readdirSync(join(SOURCES, 'ucode')).map((file) => `ucode/${file}`), ...readdirSync(join(SOURCES, 'libexec')).map((file) => `libexec/${file}`)]
		.filter((file) => file.endsWith('.uc') || read(file).startsWith('#!/usr/bin/ucode\n')).sort();
	return bundle([...modules, ...alone.map((file) => ({ name: file, sources: [{ name: file, text: read(file) }] }))], everything).map((made) => {
		if (made.name in FILES)
			return { ...made, path: `${MODULES}/${made.name}.uc`, mode: 0o644 };
		return made.name.startsWith('ucode/') ? { ...made, path: made.name.replace('ucode', PLUGINS), mode: 0o644 } : { ...made, path: made.name.replace('libexec', WORKERS), mode: 0o755 };
	});
}

/** Every file of the backend, sorted by path. */
export function backend(): BackendFile[] {
	const made = programs();
	const shell = readdirSync(join(SOURCES, 'libexec')).map((file) => ({ path: `${WORKERS}/${file}`, mode: 0o755, data: Buffer.from(read(`libexec/${file}`), 'latin1') }));
	return [...made.map(({ path, mode, text }) => ({ path, mode, data: Buffer.from(text, 'latin1') })), ...shell.filter(({ path }) => !made.some((program) => program.path === path))]
		.sort((a, b) => (a.path < b.path ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const places = process.argv.slice(2);
	for (const place of places) {
		const [, file = '', line] = /^(.*):(\d+)$/.exec(place) ?? [];
		console.log(`${place} is ${programs().find(({ path }) => path.endsWith(file))?.origins[Number(line) - 1] ?? 'not known'}`);
	}
	if (!places.length) {
		for (const directory of [MODULES, PLUGINS, WORKERS])
			rmSync(join(TREE, directory), { recursive: true, force: true });
		for (const { path, mode, data } of backend()) {
			mkdirSync(dirname(join(TREE, path)), { recursive: true });
			writeFileSync(join(TREE, path), data);
			chmodSync(join(TREE, path), mode);
		}
	}
}
