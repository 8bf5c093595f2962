// SPDX-License-Identifier: Apache-2.0
/** A machine with a disk of its own: boots, loses power, boots again, and leaves nothing behind. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDisk } from '../image/disk.js';
import type { Ran } from '../../tests/target.js';
import { ChannelError, type Command } from './channel.js';
import { BootError, freePort, Qemu } from './qemu.js';

export interface MachineParts {
	/** ELF kernel or bzImage. */
	kernel: string;
	initramfs: string;
	/** Image that is copied for this machine. */
	disk: string;
	/** Image that all machines share. */
	tools: string;
	/** MiB */
	memory: number;
}

/** ms from the start of QEMU to the agent's first word: 4 s on an idle machine. */
const AGENT_TIMEOUT = 120_000;

const PREFIX = 'nft-offload-';

const machines = new Set<Machine>();

/** Removes what a killed process could not remove. */
function removeLeftovers(): void {
	for (const name of readdirSync(tmpdir())) {
		const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
		if (!pid)
			continue;
		try {
			process.kill(Number(pid), 0);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ESRCH')
				rmSync(join(tmpdir(), name), { recursive: true, force: true });
		}
	}
}

/** QEMU needs no help to end with this process (see qemu.ts); its files do. */
function watchProcess(): void {
	process.once('exit', () => {
		for (const machine of machines)
			machine.destroy();
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const last = (): void => {
			for (const machine of machines)
				machine.destroy();
			/* as if nobody had listened, when nobody else does */
			if (process.listenerCount(signal) === 0)
				process.kill(process.pid, signal);
		};
		process.once(signal, last);
	}
}

export class Machine {
	readonly #parts: MachineParts;
	readonly #directory: string;
	#port: number;
	#qemu: Qemu | null = null;

	private constructor(parts: MachineParts, directory: string, port: number) {
		this.#parts = parts;
		this.#directory = directory;
		this.#port = port;
	}

	/** A machine that is switched off, with a fresh copy of its disk. */
	static async create(parts: MachineParts): Promise<Machine> {
		if (machines.size === 0) {
			removeLeftovers();
			watchProcess();
		}
		const machine = new Machine(parts, mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)), await freePort());
		machines.add(machine);
		await copyDisk(parts.disk, machine.#disk);
		return machine;
	}

	get #disk(): string {
		return join(this.#directory, 'disk');
	}

	/** TCP port on 127.0.0.1 that leads to the router's port 80; stays the same once the machine ran. */
	get port(): number {
		return this.#port;
	}

	/** What the guest printed since it was switched on. */
	get console(): string {
		return this.#qemu?.console() ?? '';
	}

	/** Resolves when the machine is off, whoever switched it off. */
	get off(): Promise<void> {
		return this.#qemu?.ended ?? Promise.resolve();
	}

	/** Boots; resolves when commands can be run, which is before the router's init has done its work. */
	async powerOn(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				this.#qemu = await Qemu.start({ ...this.#parts, disk: this.#disk, directory: this.#directory, port: this.#port }, AGENT_TIMEOUT);
				return;
			} catch (error) {
				/* somebody took the port meanwhile */
				if (!(error instanceof BootError) || !error.portTaken || attempt === 5)
					throw error;
				this.#port = await freePort();
			}
		}
	}

	/** Cuts the power. */
	async powerOff(): Promise<void> {
		const qemu = this.#qemu;
		this.#qemu = null;
		await qemu?.kill();
	}

	/** Runs a command in the guest; see Channel.run(). */
	run(command: Command): Promise<Ran> {
		return this.#qemu ? this.#qemu.channel.run(command) : Promise.reject(new ChannelError('the machine is off'));
	}

	/** Ends the machine and removes its files, at once and without waiting. */
	destroy(): void {
		machines.delete(this);
		if (this.#qemu) {
			process.kill(this.#qemu.pid, 'SIGKILL');
			this.#qemu = null;
		}
		rmSync(this.#directory, { recursive: true, force: true });
	}
}
