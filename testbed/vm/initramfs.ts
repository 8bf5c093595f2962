// SPDX-License-Identifier: Apache-2.0
/** The initramfs: what runs before the router's init. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getProgram } from './program.js';
import { cached, hash } from '../../host/cache.js';
import type { Kernel } from './kernel.js';

export interface Entry {
	/** Path in the archive, without a leading slash. */
	path: string;
	/** File type and permission bits, as in stat(2). */
	mode: number;
	data: Buffer;
}

const DIRECTORY = 0o040755;
const FILE = 0o100644;
const PROGRAM = 0o100755;

/** An archive as in the kernel's Documentation/driver-api/early-userspace/buffer-format.rst (newc). */
export function cpio(entries: Entry[]): Buffer {
	const parts: Buffer[] = [];
	const add = ({ path, mode, data }: Entry, inode: number): void => {
		const name = Buffer.from(`${path}\0`);
		const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length, 0];
		const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
		const pad = (length: number): Buffer => Buffer.alloc(-length & 3);
		parts.push(Buffer.from(head), name, pad(head.length + name.length), data, pad(data.length));
	};
	entries.forEach((entry, index) => add(entry, index + 1));
	add({ path: 'TRAILER!!!', mode: 0, data: Buffer.alloc(0) }, 0);
	return Buffer.concat(parts);
}

/**
 * @param extra modules of our own, by name: files to load after the kernel's
 * @returns path of the archive, uncompressed: unpacking costs seconds under emulation
 */
export async function getInitramfs(kernel: Kernel, extra: Record<string, string>): Promise<string> {
	const entries: Entry[] = ['bin', 'dev', 'modules', 'proc', 'router', 'sys', 'tools']
		.map((path) => ({ path, mode: DIRECTORY, data: Buffer.alloc(0) }));
	const add = async (path: string, mode: number, from: string | URL): Promise<void> => {
		entries.push({ path, mode, data: await readFile(from) });
	};
	await add('init', PROGRAM, new URL('init', import.meta.url));
	await add('network.sh', FILE, new URL('network.sh', import.meta.url));
	await add('agent', PROGRAM, await getProgram('agent', new URL('agent', import.meta.url)));
	await add('bin/busybox', PROGRAM, '/bin/busybox');
	for (const name of kernel.boot)
		await add(`modules/${name}.ko`, FILE, join(kernel.modules, `${name}.ko`));
	for (const [name, path] of Object.entries(extra))
		await add(`modules/${name}.ko`, FILE, path);
	const order = [...kernel.boot, ...Object.keys(extra)];
	entries.push({ path: 'modules/order', mode: FILE, data: Buffer.from(order.join('\n') + '\n') });
	const archive = cpio(entries);
	return cached('initramfs', hash(archive), async (path) => {
		await mkdir(join(path, '..'), { recursive: true });
		await writeFile(path, archive);
	});
}
