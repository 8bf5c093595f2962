// SPDX-License-Identifier: Apache-2.0
/** C programs of the testbed's own, static: they run beside any userland. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';
import { cached, hash } from '../../host/cache.js';
import { run } from '../../host/run.js';

/**
 * @param from a C file, or a directory with all the files of one program
 * @returns path of the program
 */
export async function getProgram(name: string, from: URL): Promise<string> {
	const path = fileURLToPath(from);
	const files = (await stat(path)).isDirectory() ? (await readdir(path)).sort().map((file) => join(path, file)) : [path];
	const contents = await Promise.all(files.map((file) => readFile(file)));
	return cached(name, hash(...files.map((file) => basename(file)), ...contents), async (program) => {
		await run('gcc', ['-Os', '-s', '-static', '-Wall', '-o', program, ...files.filter((file) => file.endsWith('.c'))]);
	});
}
