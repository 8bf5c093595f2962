// SPDX-License-Identifier: Apache-2.0
/** Programs of the machine that this repository is checked out on. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program of the host.
 * @returns its standard output
 * @throws Error with the program's own words when it fails
 */
export async function run(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: Buffer } = {}): Promise<Buffer> {
	try {
		const started = execute(program, args, { cwd: options.cwd, env: options.env, encoding: 'buffer', maxBuffer: 1 << 30 });
		if (options.input)
			started.child.stdin?.end(options.input);
		return (await started).stdout;
	} catch (error) {
		const { stderr, message } = error as { stderr?: Buffer; message: string };
		throw new Error(`${program} ${args.join(' ')}: ${stderr?.toString().trim() || message}`);
	}
}
