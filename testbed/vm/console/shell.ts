// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on a router that has nothing of ours: through its serial console.
 * Lines go out one at a time, each acknowledged before the next; jobs run
 * beside each other, as far as the guest lets them.
 */

import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type Command, type Ran } from '../command.js';
import { escape, RecordReader, type Heard, type Stream } from './records.js';

/** The console's shell edits lines of some hundred characters, so it is left for one that reads any. */
const LOOP = 'dmesg -n 1; exec sh -c \'while IFS= read -r line; do eval "$line"; done\'';

/** How long the guest is waited for, ms. */
export interface Patience {
	/** For a line to be done; then it is asked again whether it was. */
	line: number;
	/** For a job to end; then it is asked whether it has, in case its record was lost. */
	look: number;
}

const PATIENCE: Patience = { line: 15_000, look: 10_000 };
/** How often it is asked before it counts as gone. */
const ASK_AGAIN = 6;
/** How often a file is asked for that does not come whole. */
const ATTEMPTS = 5;
/** Jobs at once; more wait for their turn. */
const AT_ONCE = 24;
/** Jobs whose files are removed together. */
const SWEEP = 16;

type Exit = Extract<Heard, { kind: 'exit' }>;
type Data = Extract<Heard, { kind: 'data' }>;

/** Someone who waits for a record. */
interface Waiter {
	wants(heard: Heard): boolean;
	resolve(heard: Heard | null): void;
}

export class ConsoleShell {
	readonly #socket: Socket;
	readonly #waiters = new Set<Waiter>();
	/** The line that is on its way, and everything behind it. */
	#line: Promise<unknown> = Promise.resolve();
	#number = 0;
	#jobs = 0;
	#running = 0;
	readonly #queue: (() => void)[] = [];
	readonly #over: number[] = [];
	#broken: ChannelError | null = null;
	/** The end of what was printed. */
	#tail = '';

	readonly #patience: Patience;

	private constructor(socket: Socket, patience: Patience) {
		this.#socket = socket;
		this.#patience = patience;
		const reader = new RecordReader();
		socket.setEncoding('latin1');
		socket.on('data', (text: string) => {
			this.#tail = (this.#tail + text).slice(-8000);
			for (const heard of reader.push(text))
				for (const waiter of [...this.#waiters])
					if (waiter.wants(heard)) {
						this.#waiters.delete(waiter);
						waiter.resolve(heard);
					}
		});
		socket.on('error', () => undefined);
		socket.on('close', () => {
			this.#broken = new ChannelError('the guest is gone');
			for (const waiter of this.#waiters)
				waiter.resolve(null);
			this.#waiters.clear();
			for (const start of this.#queue.splice(0))
				start();
		});
	}

	/** Connects to the socket of QEMU's chardev. */
	static open(path: string, patience = PATIENCE): Promise<ConsoleShell> {
		return new Promise((resolve, reject) => {
			const socket = connect(path);
			socket.once('error', reject);
			socket.once('connect', () => {
				socket.off('error', reject);
				resolve(new ConsoleShell(socket, patience));
			});
		});
	}

	/**
	 * The next record of a kind; null when it did not come in time.
	 * @throws ChannelError when the guest is gone
	 */
	async #hear<T extends Heard>(wants: (heard: Heard) => boolean, timeout: number): Promise<T | null> {
		let timer: NodeJS.Timeout | undefined;
		const heard = this.#broken ? null : await new Promise<Heard | null>((resolve) => {
			const waiter = { wants, resolve };
			this.#waiters.add(waiter);
			timer = setTimeout(() => { this.#waiters.delete(waiter); resolve(null); }, timeout);
		});
		clearTimeout(timer);
		if (this.#broken)
			throw this.#broken;
		return heard as T | null;
	}

	/** Has the guest do a line; resolves when it is done. */
	#say(line: string): Promise<void> {
		const said = this.#line.then(async () => {
			if (this.#broken)
				throw this.#broken;
			const number = ++this.#number;
			const done = (heard: Heard): boolean => heard.kind === 'done' && heard.number === number;
			let answer = this.#hear(done, this.#patience.line);
			this.#socket.write(`${line}; a ${number}\n`);
			for (let asked = 0; !await answer; asked++) {
				if (asked === ASK_AGAIN)
					throw new ChannelError(`the console does not answer: ${line.slice(0, 80)}`);
				answer = this.#hear(done, this.#patience.line);
				this.#socket.write(`a ${number}\n`);
			}
		});
		this.#line = said.catch(() => undefined);
		return said;
	}

	/**
	 * Waits for the console's shell and brings the guest's half up.
	 * @param timeout ms from now, most of which is the boot
	 * @throws ChannelError
	 */
	async login(timeout: number): Promise<void> {
		const late = Date.now() + timeout;
		/* a newline activates the console, and has a shell print its prompt again behind a kernel's message */
		let active = false;
		for (let asked = 0; !/[#$] (\x1b\[6n)?$/.test(this.#tail); asked++) {
			if (this.#broken)
				throw this.#broken;
			if (Date.now() > late)
				throw new ChannelError('no shell on the console');
			active ||= this.#tail.includes('activate this console');
			if (active && asked % 5 === 0)
				this.#socket.write('\n');
			await sleep(200);
		}
		this.#socket.write(`${LOOP}\n`);
		for (const line of (await readFile(new URL('guest.sh', import.meta.url), 'utf8')).split('\n'))
			if (line && !line.startsWith('#'))
				this.#socket.write(`${line}\n`);
		await this.#say(':');
	}

	/** What a job printed. */
	async #take(id: number, stream: Stream): Promise<Buffer> {
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const comes = this.#hear<Data>((heard) => heard.kind === 'data' && heard.id === id && heard.stream === stream, 2 * this.#patience.line);
			comes.catch(() => undefined);
			await this.#say(`t ${id} ${stream}`);
			const data = (await comes)?.data;
			if (data)
				return data;
		}
		throw new ChannelError('what a command printed does not come through the console whole');
	}

	/** Waits until a job ends, or ends it. */
	async #ends(id: number, timeout: number): Promise<Exit> {
		const ended = (heard: Heard): boolean => heard.kind === 'exit' && heard.id === id;
		const late = Date.now() + timeout;
		for (let patience = 0; patience < ASK_AGAIN;) {
			const exit = await this.#hear<Exit>(ended, Math.max(0, Math.min(this.#patience.look, late - Date.now())));
			if (exit)
				return exit;
			const over = Date.now() >= late;
			const comes = this.#hear<Exit>(ended, over ? this.#patience.line : 500);
			comes.catch(() => undefined);
			await this.#say(`${over ? 'k' : 'x'} ${id}`);
			const asked = await comes;
			if (asked)
				return asked;
			patience += Number(over);
		}
		throw new ChannelError('the console does not say how a command ended');
	}

	/**
	 * @param command its place can only be the router
	 * @returns the command's exit code (128 + signal when one killed it, 124 when its time was over) and output
	 * @throws ChannelError when the guest is gone or does not answer
	 */
	async run({ place, command, input, timeout }: Command): Promise<Ran> {
		if (place !== 'router')
			throw new ChannelError(`there is no ${place} behind a console`);
		if (this.#running >= AT_ONCE)
			await new Promise<void>((resolve) => { this.#queue.push(resolve); });
		this.#running++;
		try {
			const id = ++this.#jobs;
			/* heard from before it is started: it may end at once */
			const lines = [
				...escape(Buffer.from(command)).map((word) => `w ${id} c '${word}'`),
				...escape(Buffer.from(input ?? '')).map((word) => `w ${id} i '${word}'`),
			];
			const last = lines.pop() ?? `w ${id} c ''`;
			for (const line of lines)
				await this.#say(line);
			const ends = this.#ends(id, timeout);
			ends.catch(() => undefined);
			await this.#say(`${last}; r ${id}`);
			const { code, wrote } = await ends;
			const stdout = wrote.includes('o') ? await this.#take(id, 'o') : '';
			const stderr = wrote.includes('e') ? await this.#take(id, 'e') : '';
			this.#over.push(id);
			if (this.#over.length >= SWEEP)
				this.#say(`f ${this.#over.splice(0).join(' ')}`).catch(() => undefined);
			return { code, stdout: stdout.toString(), stderr: stderr.toString() };
		} finally {
			this.#running--;
			this.#queue.shift()?.();
		}
	}

	close(): void {
		this.#socket.destroy();
	}
}
