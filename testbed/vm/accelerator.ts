// SPDX-License-Identifier: Apache-2.0
/**
 * Whether KVM runs a kernel here. A machine may have a /dev/kvm that opens and
 * then never runs the guest, so it is tried on the very kernel, once: the
 * answer is kept in the cache.
 */

import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { arch, cpus, hostname, release, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cached, hash } from '../../host/cache.js';
import { readConsole, spawnQemu } from './spawn.js';

export type Accelerator = 'kvm' | 'tcg';

/** How an answer is found; the defaults are for this machine, others for tests. */
export interface Trial {
	/** The device that KVM is reached by. */
	device?: string;
	/** ms until a kernel that printed nothing counts as one that does not run. */
	patience?: number;
	/** Is told, in one line, when KVM is here and does not run the kernel. */
	say?: (line: string) => void;
}

/** QEMU's programs that can run a guest on this machine's own processor. */
const NATIVE: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' };

/** What every Linux says first. */
const FIRST_WORDS = 'Linux version';

/** ms between two looks at what it printed. */
const LOOK = 50;

/** Lines that this process has said already: a machine boots more than once. */
const said = new Set<string>();

function sayOnce(line: string): void {
	if (!said.has(line))
		console.log(line);
	said.add(line);
}

/** Whether the kernel's first words come while KVM runs it. Without a root filesystem it panics after them, which ends QEMU. */
async function runsOnKvm(program: string, kernel: string, patience: number): Promise<boolean> {
	const directory = mkdtempSync(join(tmpdir(), 'kvm-trial-'));
	const process = spawnQemu(program, [
		'-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none',
		...program.endsWith('x86_64') ? ['-machine', 'pc,acpi=off', '-cpu', 'qemu64'] : ['-machine', 'virt', '-cpu', 'host'],
		'-accel', 'kvm', '-smp', '1', '-m', '256', '-kernel', kernel,
		'-append', `console=${program.endsWith('x86_64') ? 'ttyS0' : 'ttyAMA0'} panic=-1`,
		'-serial', `file:${join(directory, 'console.log')}`,
	]);
	try {
		const late = Date.now() + patience;
		while (!process.over() && Date.now() < late && !readConsole(directory).includes(FIRST_WORDS))
			await sleep(LOOK);
		return readConsole(directory).includes(FIRST_WORDS);
	} finally {
		process.kill();
		await process.ended;
		rmSync(directory, { recursive: true });
	}
}

/** What tells one QEMU, or one kernel, from another: where it is, its size, and when it was written. */
async function identity(path: string): Promise<string> {
	const { size, mtimeMs } = await stat(path);
	return `${path} ${size} ${mtimeMs}`;
}

/** The file that a program's name leads to; null when it is not installed. */
function find(program: string): string | null {
	const paths = program.includes('/') ? [program] : (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, program));
	return paths.find((path) => {
		try {
			accessSync(path, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	}) ?? null;
}

function opens(device: string): boolean {
	try {
		accessSync(device, constants.R_OK | constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * What a kernel runs on here: KVM where it was seen to run it, else emulation.
 * @param program QEMU's, such as qemu-system-x86_64
 * @param kernel path of an ELF kernel or a bzImage
 */
export async function acceleratorFor(program: string, kernel: string, { device = '/dev/kvm', patience = 5000, say = sayOnce }: Trial = {}): Promise<Accelerator> {
	const path = find(program);
	if (!path || !path.endsWith(`-${NATIVE[arch()]}`) || !opens(device))
		return 'tcg';
	const host = [hostname(), release(), cpus()[0]?.model ?? ''].join(' ');
	const key = hash(await identity(path), await identity(kernel), host, device);
	const answer = await cached('accelerator', key, async (file) => writeFile(file, await runsOnKvm(path, kernel, patience) ? 'kvm' : 'tcg'));
	const accelerator = readFileSync(answer, 'utf8') as Accelerator;
	if (accelerator === 'tcg')
		say('KVM does not run this kernel here: emulating');
	return accelerator;
}
