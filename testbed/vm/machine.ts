// SPDX-License-Identifier: Apache-2.0
/** A machine with a disk of its own: boots, loses power, boots again, and leaves nothing behind. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDisk } from './disk.js';
import { ChannelError, type Command, type Ran } from './command.js';
import { BootError, freePorts, type Running } from './qemu.js';

/** What one start of a machine has of its own. */
export interface Room {
	/** The machine's disk, written to. */
	disk: string;
	/** Directory for sockets and the console's log. */
	directory: string;
	/** TCP ports on 127.0.0.1 that lead to the guest; the first one to its web interface. */
	ports: number[];
}

export interface MachineParts {
	/** Image that is copied for this machine. */
	disk: string;
	/** How many ports it forwards. */
	ports: number;
	/** Boots; resolves when commands can be run. */
	start(room: Room): Promise<Running>;
}

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
	#ports: number[];
	#running: Running | null = null;

	private constructor(parts: MachineParts, directory: string, ports: number[]) {
		this.#parts = parts;
		this.#directory = directory;
		this.#ports = ports;
	}

	/** A machine that is switched off, with a fresh copy of its disk. */
	static async create(parts: MachineParts): Promise<Machine> {
		if (machines.size === 0) {
			removeLeftovers();
			watchProcess();
		}
		const machine = new Machine(parts, mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)), await freePorts(parts.ports));
		machines.add(machine);
		await copyDisk(parts.disk, machine.#disk);
		return machine;
	}

	get #disk(): string {
		return join(this.#directory, 'disk');
	}

	/** TCP port on 127.0.0.1 that leads to the router's port 80; stays the same once the machine ran. */
	get port(): number {
		return this.#ports[0]!;
	}

	/** All ports that lead to the guest. */
	get ports(): readonly number[] {
		return this.#ports;
	}

	/** What the guest printed since it was switched on. */
	get console(): string {
		return this.#running?.console() ?? '';
	}

	/** Resolves when the machine is off, whoever switched it off. */
	get off(): Promise<void> {
		return this.#running?.ended ?? Promise.resolve();
	}

	/** Boots; resolves when commands can be run, which is before the router's init has done its work. */
	async powerOn(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				this.#running = await this.#parts.start({ disk: this.#disk, directory: this.#directory, ports: this.#ports });
				return;
			} catch (error) {
				/* somebody took a port meanwhile */
				if (!(error instanceof BootError) || !error.portTaken || attempt === 5)
					throw error;
				this.#ports = await freePorts(this.#parts.ports);
			}
		}
	}

	/** Cuts the power. */
	async powerOff(): Promise<void> {
		const running = this.#running;
		this.#running = null;
		await running?.kill();
	}

	/** Runs a command in the guest. */
	run(command: Command): Promise<Ran> {
		return this.#running ? this.#running.run(command) : Promise.reject(new ChannelError('the machine is off'));
	}

	/** Copies the disk of a machine that is switched off. */
	async keepDisk(path: string): Promise<void> {
		await copyDisk(this.#disk, path);
	}

	/** Ends the machine and removes its files, at once and without waiting. */
	destroy(): void {
		machines.delete(this);
		if (this.#running) {
			process.kill(this.#running.pid, 'SIGKILL');
			this.#running = null;
		}
		rmSync(this.#directory, { recursive: true, force: true });
	}
}
