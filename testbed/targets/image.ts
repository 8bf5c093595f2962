// SPDX-License-Identifier: Apache-2.0
/** An image on its own kernel, with the product installed from our feed by its own package manager. */

import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Hardware, Ran, Target } from '../target.js';
import { FileServer, installingLines, missingPackages, withFeed } from '../image/feed.js';
import { sha256 } from '../image/rootfs.js';
import { build } from '../../tools/package/build.js';
import { Bare, FORWARDED, PORTS, type Image } from '../vm/bare.js';
import { cached, hash } from '../../host/cache.js';
import type { Place } from '../vm/command.js';
import { Machine } from '../vm/machine.js';
import { freePorts } from '../vm/qemu.js';
import type { StartOptions } from './router.js';
import { ADMIN, LUCI, PAGE, VIEWER, webAnswers } from './web.js';

/** ms */
const COMMAND_TIMEOUT = 60_000;
const INSTALL_TIMEOUT = 300_000;
const SHUTDOWN_TIMEOUT = 90_000;

const FIRST_BOOT = new URL('../image/first-boot.sh', import.meta.url);
const TRAFFIC = fileURLToPath(new URL('../vm/traffic.mjs', import.meta.url));

/** This machine, as the guest sees it on its WAN side. */
const SERVER = '203.0.113.2';
const LOOPBACK = '127.0.0.1';
/** Bytes above which a file goes through the network: the console takes 7 KB/s. */
const SMALL = 4096;

/** The same for every process: an image with this product in it. */
async function installedKey(image: Image): Promise<string> {
	const sums = [image.kernel, image.disk, ...image.initramfs ? [image.initramfs] : []].map(sha256);
	const packages = (await build()).flatMap(({ ipk, apk }) => [ipk.data, apk.data]);
	const sources = ['../image/first-boot.sh', '../image/feed.ts', '../vm/bare.ts', './image.ts'].map((path) => readFile(new URL(path, import.meta.url)));
	return hash(image.board, ...await Promise.all(sums), ...await Promise.all(sources), ...packages, (await installingLines('opkg')).join('\n'), (await installingLines('apk')).join('\n'));
}

/**
 * Boots an image for the first time, configures it, and installs the product
 * from the feed, as docs/installing.md says.
 * @returns path of its disk, shut down in order
 * @throws Error that names what the image lacks
 */
export async function getInstalledDisk(image: Image, { progress = () => undefined }: StartOptions = {}): Promise<string> {
	return cached('installed', await installedKey(image), async (path) => {
		const router = await ImageRouter.of(image, image.disk);
		try {
			await router.install(image, progress);
			progress('shutting it down');
			await router.shutDown();
			await router.keepDisk(path);
		} finally {
			await router.stop();
		}
	});
}

/** Types the lines of docs/installing.md. */
async function installFrom(router: ImageRouter, { name }: Image, port: number): Promise<void> {
	const feed = `http://${SERVER}:${port}`;
	await router.must(`tries=30; until wget -q -O /dev/null ${feed}/Packages; do sleep 1; tries=$((tries - 1)); [ $tries -gt 0 ] || exit 1; done`, INSTALL_TIMEOUT);
	const manager = (await router.must('command -v opkg || command -v apk')).trim().split('/').pop();
	if (manager !== 'opkg' && manager !== 'apk')
		throw new Error(`${name} has neither opkg nor apk`);
	for (const line of await installingLines(manager)) {
		const { code, stdout, stderr } = await router.sh(`FEED=${feed}; ${line}`, INSTALL_TIMEOUT);
		if (code === 0)
			continue;
		const missing = missingPackages(stdout + stderr);
		throw new Error(missing.length
			? `${name} lacks ${missing.join(', ')}, which the package depends on and no network can give`
			: `${line}\nexit ${code}\n${stdout}${stderr}`);
	}
}

export class ImageRouter implements Target {
	readonly kind = 'image';
	readonly admin = ADMIN;
	readonly viewer = VIEWER;
	readonly page = PAGE;
	/** An official kernel takes no module of ours. */
	readonly hasHardware = false;
	readonly hasHosts = false;
	readonly #machine: Machine;
	readonly #files: FileServer;
	/** Ports of this machine that the router's redirects lead to, as in FORWARDED. */
	readonly #behind: Record<keyof typeof FORWARDED, number>;
	#server: ChildProcess | null = null;
	#client: ChildProcess | null = null;

	private constructor(machine: Machine, files: FileServer, [download, upload, question]: number[]) {
		this.#machine = machine;
		this.#files = files;
		this.#behind = { download: download!, upload: upload!, question: question! };
	}

	/** A router that is switched off, with a copy of `disk`. */
	static async of(image: Image, disk: string): Promise<ImageRouter> {
		const machine = await Machine.create({ disk, ports: PORTS, start: (room) => Bare.start(image, room) });
		return new ImageRouter(machine, await FileServer.start(), await freePorts(Object.keys(FORWARDED).length));
	}

	/**
	 * Boots an image that never ran, configures it, and installs the product from our feed.
	 * @throws Error that names what the image lacks
	 */
	async install(image: Image, progress: (what: string) => void = () => undefined): Promise<void> {
		progress(`booting ${image.name} for the first time`);
		await this.powerOn();
		await this.must(await readFile(FIRST_BOOT, 'utf8'), INSTALL_TIMEOUT);
		progress('installing the package from our feed');
		await withFeed((port) => installFrom(this, image, port));
	}

	/** Boots an image with the product installed, and everything that a test needs. */
	static async start(image: Image, options: StartOptions = {}): Promise<ImageRouter> {
		const router = await ImageRouter.of(image, await getInstalledDisk(image, options));
		try {
			options.progress?.(`booting ${image.name}`);
			await router.powerOn();
			await router.#redirect();
			await webAnswers(router.url + LUCI, router.#machine);
		} catch (error) {
			await router.stop();
			throw error;
		}
		return router;
	}

	/** Has the router send on what comes to its ports of FORWARDED. */
	async #redirect(): Promise<void> {
		const lines = Object.entries(FORWARDED).map(([what, port]) => Object.entries({
			src: 'lan', dest: 'wan', src_dport: port, dest_ip: SERVER, dest_port: this.#behind[what as keyof typeof FORWARDED],
			proto: what === 'question' ? 'tcp udp' : 'tcp', target: 'DNAT', reflection: 0,
		}).map(([option, value]) => `set firewall.${what}.${option}='${value}'`).join('\n').replace(/^/, `set firewall.${what}=redirect\n`));
		await this.must(`uci batch <<EOF && sync && fw4 -q reload\n${lines.join('\n')}\ncommit firewall\nEOF\n`, INSTALL_TIMEOUT);
	}

	get url(): string {
		return `http://${LOOPBACK}:${this.#machine.port}`;
	}

	get console(): string {
		return this.#machine.console;
	}

	get off(): Promise<void> {
		return this.#machine.off;
	}

	/** The LAN client and the WAN server are this machine; the router has no place for other tools. */
	run(place: Place, command: string, timeout?: number): Promise<Ran> {
		if (place === 'client' || place === 'server')
			return this[place](command, timeout);
		return this.#machine.run({ place, command, timeout: timeout ?? COMMAND_TIMEOUT });
	}

	sh(command: string, timeout?: number): Promise<Ran> {
		return this.run('router', command, timeout);
	}

	/** Whoever needs them asks `hasHosts` first. */
	tools(): Promise<Ran> {
		return Promise.reject(new Error('an image on its own kernel has no place for other tools'));
	}

	/** Runs a command that has to succeed; its output. */
	async must(command: string, timeout?: number): Promise<string> {
		const { code, stdout, stderr } = await this.sh(command, timeout);
		if (code !== 0)
			throw new Error(`${command}\nexit ${code}\n${stdout}${stderr}`);
		return stdout;
	}

	async put(path: string, data: Buffer): Promise<void> {
		if (data.length > SMALL) {
			await this.#files.offer(data, (name) => this.must(`wget -q -O '${path}' http://${SERVER}:${this.#files.port}/${name}`));
			return;
		}
		const { code, stderr } = await this.#machine.run({ place: 'router', command: `cat >'${path}'`, input: data, timeout: COMMAND_TIMEOUT });
		if (code !== 0)
			throw new Error(`${path} cannot be written: ${stderr}`);
	}

	/** A command of this machine, told in its environment where to connect or listen. */
	#here(command: string, timeout: number, places: Record<string, string>): Promise<Ran> {
		return new Promise((resolve) => {
			const child = spawn('setpriv', ['--pdeathsig', 'KILL', '/bin/sh', '-c', command], { env: { ...process.env, ...places }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
			let [stdout, stderr, late] = ['', '', false];
			child.stdout.on('data', (data: Buffer) => { stdout += data.toString(); });
			child.stderr.on('data', (data: Buffer) => { stderr += data.toString(); });
			const timer = setTimeout(() => { late = true; process.kill(-child.pid!, 'SIGKILL'); }, timeout);
			child.once('close', (code) => {
				clearTimeout(timer);
				resolve({ code: late ? 124 : code ?? 137, stdout, stderr });
			});
		});
	}

	client(command: string, timeout = COMMAND_TIMEOUT): Promise<Ran> {
		const [, ...ports] = this.#machine.ports;
		return this.#here(command, timeout, Object.fromEntries(Object.keys(FORWARDED).map((what, index) => [what.toUpperCase(), `${LOOPBACK}:${ports[index]}`])));
	}

	server(command: string, timeout = COMMAND_TIMEOUT): Promise<Ran> {
		return this.#here(command, timeout, Object.fromEntries(Object.entries(this.#behind).map(([what, port]) => [what.toUpperCase(), `${LOOPBACK}:${port}`])));
	}

	hardware(_behaviour: Hardware): Promise<void> {
		return Promise.reject(new Error('an image on its own kernel has no stand-in NIC'));
	}

	/** One side of the traffic, on this machine; it ends with this process. */
	#side(side: 'client' | 'server', places: Record<keyof typeof FORWARDED, number>): ChildProcess {
		return spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, TRAFFIC, side, JSON.stringify({ 4: LOOPBACK, ...places })], { stdio: 'ignore' });
	}

	async traffic(on: boolean): Promise<void> {
		for (const child of [this.#client, this.#server])
			child?.kill('SIGKILL');
		this.#client = this.#server = null;
		if (!on)
			return;
		const [, download, upload, question] = this.#machine.ports;
		this.#server = this.#side('server', this.#behind);
		this.#client = this.#side('client', { download: download!, upload: upload!, question: question! });
	}

	/** Ends the traffic, too. */
	async powerOff(): Promise<void> {
		await this.traffic(false);
		await this.#machine.powerOff();
	}

	async powerOn(): Promise<void> {
		await this.#machine.powerOn();
		/* before its first configuration nobody can ask it for a page */
		if ((await this.sh('uci -q get network.mgmt')).code === 0)
			await webAnswers(this.url + LUCI, this.#machine);
	}

	/** Shuts the router down in order; resolves when it is off. */
	async shutDown(): Promise<void> {
		await this.sh('sync; reboot');
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<void>((_resolve, reject) => {
			timer = setTimeout(() => reject(new Error(`the router does not shut down:\n${this.console.split('\n').slice(-10).join('\n')}`)), SHUTDOWN_TIMEOUT);
		});
		await Promise.race([this.off, late]).finally(() => clearTimeout(timer));
	}

	/** Copies the disk of a router that is off. */
	async keepDisk(path: string): Promise<void> {
		await this.#machine.keepDisk(path);
	}

	async stop(): Promise<void> {
		await this.powerOff();
		this.#machine.destroy();
		this.#files.stop();
	}
}
