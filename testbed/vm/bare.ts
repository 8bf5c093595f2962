// SPDX-License-Identifier: Apache-2.0
/**
 * A machine with nothing of ours inside: an image on its own kernel, QEMU's
 * user network on both sides of it, and its serial console.
 *
 *	this machine's ports → 192.168.1.2 ── eth0 [router] eth1 ── 203.0.113.2 → this machine's ports
 *	                                           [router] eth2 ── QEMU's user network, hostfwd to :80
 */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceleratorFor, type Accelerator } from './accelerator.js';
import { ConsoleShell } from './console/shell.js';
import { BOARDS, type Board, type BoardName } from './boards.js';
import type { Command, Ran } from './command.js';
import type { Room } from './machine.js';
import { BootError, type Running } from './qemu.js';
import { readConsole, spawnQemu, type Process } from './spawn.js';

/** What an image boots with, and the image itself. */
export interface Image {
	/** For messages. */
	name: string;
	board: BoardName;
	kernel: string;
	/** Loads what a kernel needs to find its root; official kernels need none. */
	initramfs?: string;
	/** Raw, ext4. */
	disk: string;
}

/** Where the router forwards to, and what for: ports of 192.168.1.1 on the LAN side, led to the WAN side by redirects. */
export const FORWARDED = { download: 5001, upload: 5002, question: 5003 } as const;

/** TCP ports of this machine that lead into a machine: its web interface, and each of FORWARDED. */
export const PORTS = 1 + Object.keys(FORWARDED).length;

/** From the start of QEMU to the console's shell, ms. */
const CONSOLE_TIMEOUT = 300_000;
/** MiB */
const MEMORY = 512;

/** QEMU's arguments; exported for tests. */
export function bareArguments({ board: name, kernel, initramfs }: Image, { disk, directory, ports: [web, ...lan] }: Room, accelerator: Accelerator): string[] {
	const board: Board = BOARDS[name];
	const forwards = Object.entries(FORWARDED).flatMap(([what, port], index) =>
		['tcp', ...what === 'question' ? ['udp'] : []].map((protocol) => `hostfwd=${protocol}:127.0.0.1:${lan[index]}-192.168.1.1:${port}`));
	/* eth0 is the LAN's, eth1 the WAN's, eth2 the host's */
	const nic = (id: string, network: string): string[] =>
		['-netdev', `user,id=${id},ipv6=off,${network}`, '-device', `virtio-net-pci,netdev=${id},romfile=`];
	return [
		'-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none',
		...board.machine, '-accel', accelerator, '-smp', '1', '-m', String(MEMORY),
		'-kernel', kernel, ...initramfs ? ['-initrd', initramfs] : [],
		'-append', `root=/dev/vda rootwait console=${board.console} panic=-1${name === 'x86/64' ? ' no_timer_check mitigations=off' : ''}`,
		'-chardev', `socket,id=console,path=${join(directory, 'console')},server=on,wait=off,logfile=${join(directory, 'console.log')}`,
		'-serial', 'chardev:console',
		/* unsafe: flushes of the guest need not reach this machine's disk; a cut loses the guest's memory, not ours */
		'-drive', `file=${disk},if=none,id=disk,format=raw,cache=unsafe`, '-device', 'virtio-blk-pci,drive=disk',
		...nic('lan', ['net=192.168.1.0/24,host=192.168.1.2,dhcpstart=192.168.1.200,restrict=on', ...forwards].join(',')),
		/* not restricted, or UDP would end here: what keeps the guest in is that its default route leads to nobody */
		...nic('wan', 'net=203.0.113.0/24,host=203.0.113.2,dhcpstart=203.0.113.200,dns=203.0.113.3'),
		...nic('mgmt', `restrict=on,hostfwd=tcp:127.0.0.1:${web}-:80`),
	];
}

export class Bare implements Running {
	readonly #process: Process;
	readonly #directory: string;
	readonly #shell: ConsoleShell;

	private constructor(process: Process, directory: string, shell: ConsoleShell) {
		this.#process = process;
		this.#directory = directory;
		this.#shell = shell;
	}

	get pid(): number {
		return this.#process.pid;
	}

	get ended(): Promise<void> {
		return this.#process.ended;
	}

	console(): string {
		return readConsole(this.#directory);
	}

	run(command: Command): Promise<Ran> {
		return this.#shell.run(command);
	}

	/**
	 * Starts a machine; resolves when commands can be run on its console.
	 * @throws BootError when QEMU or the guest ends before that, or no shell comes
	 */
	static async start(image: Image, room: Room): Promise<Bare> {
		const program = BOARDS[image.board].qemu;
		const process = spawnQemu(program, bareArguments(image, room, await acceleratorFor(program, image.kernel)));
		const fail = (why: string): BootError => new BootError(`${process.words()}${why}\n${readConsole(room.directory)}`);
		for (;;) {
			const shell = process.over() ? null : await ConsoleShell.open(join(room.directory, 'console')).catch(() => null);
			if (shell) {
				try {
					await shell.login(CONSOLE_TIMEOUT);
					return new Bare(process, room.directory, shell);
				} catch (error) {
					process.kill();
					await process.ended;
					throw fail(String(error));
				}
			}
			if (process.over())
				throw fail('');
			await sleep(20);
		}
	}

	async kill(): Promise<void> {
		this.#process.kill();
		await this.ended;
		this.#shell.close();
	}
}
