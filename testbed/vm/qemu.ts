// SPDX-License-Identifier: Apache-2.0
/** QEMU as a child process that never outlives this one. */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { Channel } from './channel.js';

export interface Machine {
	/** ELF kernel or bzImage. */
	kernel: string;
	initramfs: string;
	/** The router's disk, written to. */
	disk: string;
	/** The tools' disk, shared between machines. */
	tools: string;
	/** Directory for the socket and the console's log. */
	directory: string;
	/** TCP port on 127.0.0.1 that leads to the router's port 80. */
	port: number;
	/** MiB */
	memory: number;
}

/** The machine ended before its agent said that it runs. */
export class BootError extends Error {
	/** Another process listens on the port. */
	readonly portTaken: boolean;

	/** @param output QEMU's own words and the guest's console */
	constructor(output: string) {
		super(`the machine did not start:\n${output.trim().split('\n').slice(-25).join('\n')}`);
		this.portTaken = output.includes('Could not set up host forwarding rule');
	}
}

/** A TCP port on 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

function qemuArguments(machine: Machine): string[] {
	return [
		'-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none',
		/* one CPU: with two, QEMU 7.2's threads break one boot in 15 */
		/* no ACPI: interpreting its tables costs a second, and a reboot needs none */
		'-machine', 'pc,acpi=off', '-accel', 'tcg', '-smp', '1', '-cpu', 'max', '-m', String(machine.memory),
		'-kernel', machine.kernel, '-initrd', machine.initramfs,
		/* mitigations cost an emulated CPU a third of its speed, and nobody attacks this one */
		'-append', 'console=ttyS0 quiet panic=-1 no_timer_check mitigations=off',
		'-serial', `file:${join(machine.directory, 'console.log')}`,
		/* unsafe: flushes of the guest need not reach this machine's disk; a cut loses the guest's memory, not ours */
		'-drive', `file=${machine.disk},if=none,id=disk,format=raw,cache=unsafe`, '-device', 'virtio-blk-pci,drive=disk',
		'-drive', `file=${machine.tools},if=none,id=tools,format=raw,readonly=on`, '-device', 'virtio-blk-pci,drive=tools',
		'-netdev', `user,id=mgmt,restrict=on,hostfwd=tcp:127.0.0.1:${machine.port}-:80`, '-device', 'virtio-net-pci,netdev=mgmt,romfile=',
		'-chardev', `socket,id=agent,path=${join(machine.directory, 'agent')},server=on,wait=off`,
		'-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=agent,name=testbed',
	];
}

function readConsole(machine: Machine): string {
	const path = join(machine.directory, 'console.log');
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A running machine. */
export class Qemu {
	readonly #process: ChildProcess;
	readonly #machine: Machine;
	readonly channel: Channel;
	/** Resolves when the process has ended. */
	readonly ended: Promise<void>;

	private constructor(process: ChildProcess, ended: Promise<void>, machine: Machine, channel: Channel) {
		this.#process = process;
		this.#machine = machine;
		this.ended = ended;
		this.channel = channel;
	}

	get pid(): number {
		return this.#process.pid!;
	}

	/** What the guest's kernel and init printed. */
	console(): string {
		return readConsole(this.#machine);
	}

	/**
	 * Starts a machine; resolves when its agent answers, before the router's init runs.
	 * @param timeout ms until it has to
	 * @throws BootError when QEMU or the guest ends before that, for instance because the port is taken
	 */
	static async start(machine: Machine, timeout: number): Promise<Qemu> {
		/* the kernel kills QEMU when this process dies, however that happens */
		const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...qemuArguments(machine)], {
			stdio: ['ignore', 'ignore', 'pipe'],
			/* a session of its own: Ctrl-C is for this process to handle */
			detached: true,
		});
		let output = '';
		let over = false;
		child.stderr.on('data', (data: Buffer) => { output += data.toString(); });
		const ended = new Promise<void>((resolve) => {
			const end = (): void => { over = true; resolve(); };
			child.once('error', (error) => { output += error.message; end(); });
			child.once('close', end);
		});
		const late = setTimeout(() => { output += 'no answer from the guest\n'; child.kill('SIGKILL'); }, timeout);
		try {
			for (;;) {
				const channel = over ? null : await Channel.open(join(machine.directory, 'agent')).catch(() => null);
				if (channel) {
					await Promise.race([channel.ready.catch(() => undefined), ended]);
					if (!over && await channel.ready.then(() => true, () => false))
						return new Qemu(child, ended, machine, channel);
					await ended;
				}
				if (over)
					throw new BootError(output + readConsole(machine));
				await sleep(20);
			}
		} finally {
			clearTimeout(late);
		}
	}

	/** Ends it at once: a power cut. */
	async kill(): Promise<void> {
		this.#process.kill('SIGKILL');
		await this.ended;
		this.channel.close();
	}
}
