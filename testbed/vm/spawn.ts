// SPDX-License-Identifier: Apache-2.0
/** QEMU as a child process that never outlives this one. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a guest printed, as QEMU writes it into the machine's directory. */
export function readConsole(directory: string): string {
	const path = join(directory, 'console.log');
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** QEMU's process. */
export interface Process {
	pid: number;
	/** Resolves when it has ended. */
	ended: Promise<void>;
	/** Whether it has. */
	over(): boolean;
	/** QEMU's own words. */
	words(): string;
	kill(): void;
}

/** Starts QEMU. */
export function spawnQemu(program: string, args: string[]): Process {
	/* the kernel kills QEMU when this process dies, however that happens */
	const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
		stdio: ['ignore', 'ignore', 'pipe'],
		/* a session of its own: Ctrl-C is for this process to handle */
		detached: true,
	});
	let words = '';
	let over = false;
	child.stderr.on('data', (data: Buffer) => { words += data.toString(); });
	const ended = new Promise<void>((resolve) => {
		const end = (): void => { over = true; resolve(); };
		child.once('error', (error) => { words += error.message; end(); });
		child.once('close', end);
	});
	return { pid: child.pid!, ended, over: () => over, words: () => words, kill: () => child.kill('SIGKILL') };
}
