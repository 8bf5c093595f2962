// SPDX-License-Identifier: Apache-2.0
/** A router in a virtual machine, whatever userland it runs: what the three targets have in common. */

import type { Hardware, Ran, Target } from '../target.js';
import { getTools } from '../image/tools.js';
import { getNic, NIC } from '../nic/build.js';
import type { Place } from '../vm/command.js';
import { getInitramfs } from '../vm/initramfs.js';
import { getKernel, type Kernel } from '../vm/kernel.js';
import { Machine } from '../vm/machine.js';
import { Qemu } from '../vm/qemu.js';
import { ADMIN, LUCI, PAGE, VIEWER, webAnswers } from './web.js';

export interface StartOptions {
	/** Called with a few words whenever something long begins. */
	progress?: (what: string) => void;
}

/** ms */
const COMMAND_TIMEOUT = 60_000;
/** From the start of QEMU to the agent's first word: 4 s on an idle machine. */
const AGENT_TIMEOUT = 120_000;
/** MiB; the stand-ins are node programs, and 50,000 connections want room too. */
const MEMORY = 512;

const TRAFFIC = '/usr/lib/testbed/traffic.mjs';

export class Router implements Target {
	readonly kind: string;
	readonly admin = ADMIN;
	readonly viewer = VIEWER;
	readonly page = PAGE;
	readonly hasHardware = true;
	readonly hasHosts = true;
	readonly #machine: Machine;

	private constructor(kind: string, machine: Machine) {
		this.kind = kind;
		this.#machine = machine;
	}

	/**
	 * Prepares what a machine is made of, and boots one.
	 * @param getDisk gives the image of the router's disk, for a kernel
	 */
	static async start(kind: string, getDisk: (kernel: Kernel) => Promise<string>, { progress = () => undefined }: StartOptions = {}): Promise<Router> {
		progress('fetching the kernel');
		const kernel = await getKernel();
		progress('building the stand-in NIC');
		const initramfs = await getInitramfs(kernel, { [NIC]: await getNic(kernel) });
		progress('making the disks');
		const [disk, tools] = [await getDisk(kernel), await getTools()];
		const machine = await Machine.create({
			disk, ports: 1,
			start: ({ ports: [port], ...room }) => Qemu.start({ ...room, kernel: kernel.image, initramfs, tools, memory: MEMORY, port: port! }, AGENT_TIMEOUT),
		});
		const router = new Router(kind, machine);
		try {
			progress(`booting Linux ${kernel.release}`);
			await router.powerOn();
		} catch (error) {
			await router.stop();
			throw error;
		}
		return router;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#machine.port}`;
	}

	/** What the guest printed on its console since it was switched on. */
	get console(): string {
		return this.#machine.console;
	}

	/** Resolves when the machine went off, on command or by itself (a reboot). */
	get off(): Promise<void> {
		return this.#machine.off;
	}

	/**
	 * @param input standard input
	 * @returns code 124 when the time was over, 128 + signal when one killed it
	 * @throws ChannelError when the guest is gone
	 */
	run(place: Place, command: string, timeout = COMMAND_TIMEOUT, input?: Buffer | string): Promise<Ran> {
		return this.#machine.run({ place, command, timeout, ...input === undefined ? {} : { input } });
	}

	sh(command: string, timeout?: number): Promise<Ran> {
		return this.run('router', command, timeout);
	}

	client(command: string, timeout?: number): Promise<Ran> {
		return this.run('client', command, timeout);
	}

	server(command: string, timeout?: number): Promise<Ran> {
		return this.run('server', command, timeout);
	}

	tools(command: string, timeout?: number): Promise<Ran> {
		return this.run('tools', command, timeout);
	}

	async put(path: string, data: Buffer): Promise<void> {
		await this.#must('router', `cat >'${path}'`, data);
	}

	async #must(place: Place, command: string, input?: Buffer): Promise<string> {
		const { code, stdout, stderr } = await this.run(place, command, COMMAND_TIMEOUT, input);
		if (code !== 0)
			throw new Error(`${command}: exit code ${code}: ${stderr.trim()}`);
		return stdout;
	}

	/** Holds until the next call or power cut; flowtables and flows that are there stay as they are. */
	async hardware(behaviour: Hardware): Promise<void> {
		const devices = { all: '*', flowtable: '*', none: '', devices: '' }[behaviour.accept];
		const names = behaviour.accept === 'devices' ? behaviour.names.join(',') : devices;
		await this.#must('tools', `cd /sys/module/${NIC}/parameters && echo '${names}' >devices && echo ${behaviour.accept === 'flowtable' ? 1 : 0} >refuse_flows`);
	}

	/** Ends with the power, too. */
	async traffic(on: boolean): Promise<void> {
		for (const side of ['server', 'client'] as const) {
			const pid = `/run/traffic.${side}`;
			await this.#must(side, `[ ! -e ${pid} ] || kill $(cat ${pid}); rm -f ${pid}`);
			if (on)
				await this.#must(side, `node ${TRAFFIC} ${side} </dev/null >/dev/null 2>&1 & echo $! >${pid}`);
		}
	}

	async powerOff(): Promise<void> {
		await this.#machine.powerOff();
	}

	async powerOn(): Promise<void> {
		await this.#machine.powerOn();
		await webAnswers(this.url + LUCI, this.#machine);
	}

	async stop(): Promise<void> {
		await this.#machine.powerOff();
		this.#machine.destroy();
	}
}
