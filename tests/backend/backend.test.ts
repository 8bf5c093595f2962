// SPDX-License-Identifier: Apache-2.0
/** Every text case below this directory, on the Node runner and on every real ucode. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBackendCase } from './cases';
import { nodeRunner, realInterpreters, runMocked, sourcesFor } from './interpreters';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
	.filter((name) => /^[a-z]+\/\d\d_.*\.txt$/.test(name)).sort();

describe.each([nodeRunner, ...realInterpreters()])('$name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	/* for ucode of 23.05, JSON of 1000.0 is 1000 */
	let whole = (text: string | null): string | null => text;

	beforeAll(async () => {
		if ((await runMocked(interpreter, directory, "printf('%J', 1000.0);", {})).stdout === '1000')
			whole = (text) => text && text.replaceAll(/(?<![\d.])(\d+)\.0(?![\d.])/g, '$1');
	});

	it.each(files)('%s', async (name) => {
		const test = parseBackendCase(join(import.meta.dirname, name));
		const ran = await runMocked(interpreter, directory, test.code, test.router);

		expect({ ...ran, stdout: whole(ran.stdout) }, test.description).toEqual({ stdout: whole(test.stdout), stderr: '', code: 0 });
	});
});
