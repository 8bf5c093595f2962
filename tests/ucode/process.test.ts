// SPDX-License-Identifier: Apache-2.0
/** Processes of a script that never returns to Node's loop. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const RUNNER = join(import.meta.dirname, '../../testbed/ucode/run.mjs');

async function run(code: string, env: Record<string, string> = {}): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, [RUNNER, '-e', code], { env: { ...process.env, ...env } });

	return stdout;
}

it('are right however many there are, and do not pile up', async () => {
	expect(await run(`
		import { popen, glob, readfile } from 'fs';
		let right = 0, zombies = 0;
		for (let i = 0; i < 140; i++) {
			let p = popen(\`echo \${i}; exit \${i}\`);
			if (p.read('line') == i + "\\n" && p.close() == i) right++;
		}
		let me = split(readfile('/proc/self/stat'), ' ')[0];
		for (let path in glob('/proc/[0-9]*/stat')) {
			let fields = split(split(readfile(path) ?? '', ') ')[-1] ?? '', ' ');
			if (fields[0] == 'Z' && fields[1] == me) zombies++;
		}
		print(right, " ", zombies < 110 ? "few" : zombies, "\\n");`)).toBe('140 few\n');
}, 60_000);

it('get every byte, with several pipes at once', async () => {
	expect(await run(`
		import { popen } from 'fs';
		let sizes = {};
		for (let i = 0; i < 20; i++) {
			let a = popen("seq 1 20000"), b = popen("echo b");
			b.read("all"); sizes[length(a.read("all"))] = true;
			b.close(); a.close();
		}
		print(sizes, "\\n");`)).toBe('{ "108894": true }\n');
}, 60_000);

it('see the bus that TESTBED_UBUS_PROVIDERS names', async () => {
	const providers = join(mkdtempSync(join(tmpdir(), 'ucode-bus-')), 'providers.mjs');

	writeFileSync(providers, 'export default () => ({ demo: { hi: (args) => ({ hello: args.name }) } });');

	expect(await run('import { connect } from "ubus"; print(connect().call("demo", "hi", { name: "x" }), "\\n");',
		{ TESTBED_UBUS_PROVIDERS: providers })).toBe('{ "hello": "x" }\n');
	rmSync(dirname(providers), { recursive: true });
});
