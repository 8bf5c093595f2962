// SPDX-License-Identifier: Apache-2.0
/** Builds the stand-in NIC (testnic.c) for a kernel, from Debian's headers. */

import { cp, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, hash } from '../../host/cache.js';
import { run } from '../../host/run.js';
import type { Kernel } from '../vm/kernel.js';

/** The module's name, as in /sys/module. */
export const NIC = 'testnic';

/** @returns path of the module's file */
export async function getNic(kernel: Kernel): Promise<string> {
	const sources = ['testnic.c', 'Kbuild'];
	const texts = await Promise.all(sources.map((name) => readFile(new URL(name, import.meta.url))));
	return cached('nic', hash(kernel.headers, ...texts), async (path) => {
		const room = `${path}.build`;
		await mkdir(room);
		for (const name of sources)
			await cp(new URL(name, import.meta.url), join(room, name));
		/* gcc: the release's own compiler, whatever name Debian's headers have for it; no BTF, which needs another program and is taken away below */
		await run('make', ['-s', '-C', kernel.headers, `M=${room}`, 'CC=gcc', 'CONFIG_DEBUG_INFO_BTF_MODULES=', 'modules']);
		await run('objcopy', ['--strip-debug', '--remove-section=.BTF', join(room, `${NIC}.ko`)]);
		await rename(join(room, `${NIC}.ko`), path);
	});
}
