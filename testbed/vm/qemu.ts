// SPDX-License-Identifier: Apache-2.0
/** A machine of the testbed's own, with its agent. */

import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { acceleratorFor, type Accelerator } from './accelerator.js';
import { Channel } from './channel.js';
import type { Command, Ran } from './command.js';
import { readConsole, spawnQemu, type Process } from './spawn.js';

/** A machine that runs, however commands reach it. */
export interface Running {
	readonly pid: number;
	/** Resolves when the process has ended. */
	readonly ended: Promise<void>;
	/** What the guest's kernel and init printed. */
	console(): string;
	/** Runs a command in the guest; code 124 when its time was over. */
	run(command: Command): Promise<Ran>;
	/** Ends it at once: a power cut. */
	kill(): Promise<void>;
}

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

/** TCP ports on 127.0.0.1 that were free a moment ago, no two the same. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, () => new Promise<Server>((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => resolve(server));
	})));
	return Promise.all(servers.map((server) => new Promise<number>((resolve) => {
		const { port } = server.address() as AddressInfo;
		server.close(() => resolve(port));
	})));
}

/** The program that runs such a machine. */
export const QEMU = 'qemu-system-x86_64';

function qemuArguments(machine: Machine, accelerator: Accelerator): string[] {
	return [
		'-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none',
		/* one CPU: with two, QEMU 7.2's threads break one boot in 15 */
		/* no ACPI: interpreting its tables costs a second, and a reboot needs none */
		/* a plain CPU: AVX and a fifth level of page tables cost a tenth of the speed to emulate */
		'-machine', 'pc,acpi=off', '-accel', accelerator, '-smp', '1', '-cpu', 'qemu64', '-m', String(machine.memory),
		'-kernel', machine.kernel, '-initrd', machine.initramfs,
		/* mitigations cost an emulated CPU a third of its speed, hardening some of the rest, and nobody attacks this one; nft waits for RCU */
		'-append', 'console=ttyS0 quiet panic=-1 no_timer_check mitigations=off init_on_alloc=0 lsm= rcupdate.rcu_expedited=1',
		'-serial', `file:${join(machine.directory, 'console.log')}`,
		/* unsafe: flushes of the guest need not reach this machine's disk; a cut loses the guest's memory, not ours */
		'-drive', `file=${machine.disk},if=none,id=disk,format=raw,cache=unsafe`, '-device', 'virtio-blk-pci,drive=disk',
		'-drive', `file=${machine.tools},if=none,id=tools,format=raw,readonly=on`, '-device', 'virtio-blk-pci,drive=tools',
		'-netdev', `user,id=mgmt,restrict=on,hostfwd=tcp:127.0.0.1:${machine.port}-:80`, '-device', 'virtio-net-pci,netdev=mgmt,romfile=',
		'-chardev', `socket,id=agent,path=${join(machine.directory, 'agent')},server=on,wait=off`,
		'-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=agent,name=testbed',
	];
}

/** A running machine with an agent. */
export class Qemu implements Running {
	readonly #process: Process;
	readonly #machine: Machine;
	readonly #channel: Channel;

	private constructor(process: Process, machine: Machine, channel: Channel) {
		this.#process = process;
		this.#machine = machine;
		this.#channel = channel;
	}

	get pid(): number {
		return this.#process.pid;
	}

	get ended(): Promise<void> {
		return this.#process.ended;
	}

	console(): string {
		return readConsole(this.#machine.directory);
	}

	/** See Channel.run(). */
	run(command: Command): Promise<Ran> {
		return this.#channel.run(command);
	}

	/**
	 * Starts a machine; resolves when its agent answers, before the router's init runs.
	 * @param timeout ms until it has to
	 * @throws BootError when QEMU or the guest ends before that, for instance because the port is taken
	 */
	static async start(machine: Machine, timeout: number): Promise<Qemu> {
		const process = spawnQemu(QEMU, qemuArguments(machine, await acceleratorFor(QEMU, machine.kernel)));
		let late = '';
		const timer = setTimeout(() => { late = 'no answer from the guest\n'; process.kill(); }, timeout);
		try {
			for (;;) {
				const channel = process.over() ? null : await Channel.open(join(machine.directory, 'agent')).catch(() => null);
				if (channel) {
					await Promise.race([channel.ready.catch(() => undefined), process.ended]);
					if (!process.over() && await channel.ready.then(() => true, () => false))
						return new Qemu(process, machine, channel);
					await process.ended;
				}
				if (process.over())
					throw new BootError(process.words() + late + readConsole(machine.directory));
				await sleep(20);
			}
		} finally {
			clearTimeout(timer);
		}
	}

	async kill(): Promise<void> {
		this.#process.kill();
		await this.ended;
		this.#channel.close();
	}
}
