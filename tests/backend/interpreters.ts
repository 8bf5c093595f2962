// SPDX-License-Identifier: Apache-2.0
/** The programs that run ucode here: the Node runner, and every real one that is installed. */
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const MOCKS = join(import.meta.dirname, 'mocks');

export interface Interpreter {
	name: string;
	command: string[];
	/** Whether it is OpenWrt's own program. */
	real: boolean;
}

export interface Ran {
	stdout: string;
	stderr: string;
	code: number | null;
}

function executable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);

		return true;
	}
	catch {
		return false;
	}
}

/** $UCODE (paths, separated by colons), or `ucode` on PATH. */
export function realInterpreters(): Interpreter[] {
	const paths = process.env.UCODE?.split(':')
		?? (process.env.PATH ?? '').split(':').map((directory) => join(directory, 'ucode')).filter(executable).slice(0, 1);

	return paths.map((path) => ({ name: path, command: [path], real: true }));
}

export const nodeRunner: Interpreter = {
	name: 'the Node runner',
	command: [process.execPath, join(ROOT, 'testbed/ucode/run.mjs')],
	real: false,
};

/**
 * Makes a directory with the backend's modules and the mocks, to be the first
 * on the module search path, and with the plugin. The runner's own fs, uci and
 * ubus come before the search path, so for it the imports are renamed.
 */
export function sourcesFor(interpreter: Interpreter): { directory: string; remove: () => void } {
	const directory = mkdtempSync(join(tmpdir(), 'nft-offload-backend-'));
	const modules = join(directory, 'nft_offload');

	mkdirSync(modules);

	for (const name of readdirSync(MOCKS))
		if (name.endsWith('.uc'))
			cpSync(join(MOCKS, name), join(directory, interpreter.real ? name : `mocked_${name}`));

	cpSync(join(ROOT, 'rpcd/modules'), modules, { recursive: true });
	cpSync(join(ROOT, 'rpcd/object/nft-offload.uc'), join(directory, 'plugin.uc'));

	if (!interpreter.real)
		for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.uc')))
			writeFileSync(join(directory, file), renamed(readFileSync(join(directory, file), 'utf8')));

	return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function renamed(source: string): string {
	return source.replace(/from ?'(fs|uci|ubus|mock|firewall4|sampler)'/g, "from 'mocked_$1'");
}

/**
 * Runs `code` with the backend's modules over the mocks. `router`: what the
 * mocked router has, see mocks/mock.uc.
 */
export function runMocked(interpreter: Interpreter, directory: string, code: string, router: unknown, timeout = 120_000): Promise<Ran> {
	const file = join(directory, `case-${Math.random().toString(36).slice(2)}.uc`);
	const [program = '', ...first] = interpreter.command;

	writeFileSync(file, interpreter.real ? code : renamed(code));

	return new Promise((resolve) => {
		execFile(program, [...first, '-L', directory, file],
			{ env: { ...process.env, MOCK: JSON.stringify(router), PLUGIN: join(directory, 'plugin.uc') }, timeout, maxBuffer: 1 << 28 },
			(error, stdout, stderr) => {
				rmSync(file, { force: true });
				resolve({ stdout, stderr, code: error ? (typeof error.code === 'number' ? error.code : null) : 0 });
			});
	});
}
