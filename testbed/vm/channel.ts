// SPDX-License-Identifier: Apache-2.0
/** The host's end of the agent's channel; the frames are described in agent/frames.h. */

import { connect, type Socket } from 'node:net';
import { ChannelError, type Command, type Ran } from './command.js';

const NOT_STARTED = 2;
/** Commands at once; more wait for their turn. The agent has room for 64. */
const AT_ONCE = 48;
/** How much longer than a command's own timeout the agent may take to say so, ms. */
const PATIENCE = 20_000;

interface Job {
	out: Buffer[];
	err: Buffer[];
	timer: NodeJS.Timeout;
	resolve(ran: Ran): void;
	reject(error: Error): void;
}

/** One frame of a RUN request. */
export function encodeRun(id: number, { place, command, input, timeout }: Command): Buffer {
	const netns = Buffer.from(place === 'client' || place === 'server' ? place : '');
	const text = Buffer.from(command);
	const stdin = Buffer.from(input ?? '');
	const head = Buffer.alloc(21);
	head.writeUInt32LE(head.length - 4 + netns.length + text.length + stdin.length, 0);
	head.write('R', 4);
	head.writeUInt32LE(id, 5);
	head.writeUInt8(place === 'router' ? 0 : 1, 9);
	head.writeUInt8(netns.length, 10);
	head.writeUInt32LE(timeout, 13);
	head.writeUInt32LE(text.length, 17);
	return Buffer.concat([head, netns, text, stdin]);
}

/** Splits a byte stream into frames. */
export class FrameReader {
	#rest: Buffer = Buffer.alloc(0);

	/** @returns the frames that `data` completes */
	push(data: Buffer): { type: string; id: number; payload: Buffer }[] {
		this.#rest = this.#rest.length ? Buffer.concat([this.#rest, data]) : data;
		const frames = [];
		while (this.#rest.length >= 9) {
			const end = 4 + this.#rest.readUInt32LE(0);
			if (this.#rest.length < end)
				break;
			frames.push({
				type: String.fromCharCode(this.#rest.readUInt8(4)),
				id: this.#rest.readUInt32LE(5),
				payload: this.#rest.subarray(9, end),
			});
			this.#rest = this.#rest.subarray(end);
		}
		return frames;
	}
}

/** Runs commands in the guest, any number at once. */
export class Channel {
	readonly #socket: Socket;
	readonly #jobs = new Map<number, Job>();
	/** Commands that wait for their turn. */
	readonly #queue: (() => void)[] = [];
	#last = 0;
	#broken: ChannelError | null = null;
	/** Resolves when the agent says that it runs. */
	readonly ready: Promise<void>;

	constructor(socket: Socket) {
		this.#socket = socket;
		const reader = new FrameReader();
		this.ready = new Promise((resolve, reject) => {
			socket.on('data', (data) => {
				for (const { type, id, payload } of reader.push(data)) {
					if (type === 'H')
						resolve();
					else
						this.#receive(type, id, payload);
				}
			});
			socket.on('error', () => undefined);
			socket.on('close', () => {
				this.#broken = new ChannelError('the guest is gone');
				reject(this.#broken);
				for (const job of this.#jobs.values()) {
					clearTimeout(job.timer);
					job.reject(this.#broken);
				}
				this.#jobs.clear();
				for (const start of this.#queue.splice(0))
					start();
			});
		});
		/* whoever waits sees the rejection; when nobody does, it is no crash */
		this.ready.catch(() => undefined);
	}

	/** Connects to the socket of QEMU's chardev. */
	static open(path: string): Promise<Channel> {
		return new Promise((resolve, reject) => {
			const socket = connect(path);
			socket.once('error', reject);
			socket.once('connect', () => {
				socket.off('error', reject);
				resolve(new Channel(socket));
			});
		});
	}

	#receive(type: string, id: number, payload: Buffer): void {
		const job = this.#jobs.get(id);
		if (!job)
			return;
		if (type === 'O')
			job.out.push(payload);
		else if (type === 'E')
			job.err.push(payload);
		else if (type === 'X') {
			this.#forget(id);
			const ran = { code: payload.readInt32LE(1), stdout: Buffer.concat(job.out).toString(), stderr: Buffer.concat(job.err).toString() };
			if (payload.readUInt8(0) === NOT_STARTED)
				job.reject(new ChannelError(`the agent could not start a command: ${ran.stderr.trim()}`));
			else
				job.resolve(ran);
		}
	}

	/** Forgets a job and lets the next one start. */
	#forget(id: number): void {
		clearTimeout(this.#jobs.get(id)?.timer);
		this.#jobs.delete(id);
		this.#queue.shift()?.();
	}

	/**
	 * @returns the command's exit code (128 + signal when one killed it, 124 when its time was over) and output
	 * @throws ChannelError when the guest is gone or does not answer
	 */
	async run(command: Command): Promise<Ran> {
		if (this.#jobs.size >= AT_ONCE)
			await new Promise<void>((resolve) => { this.#queue.push(resolve); });
		if (this.#broken)
			throw this.#broken;
		const id = ++this.#last;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#forget(id);
				reject(new ChannelError(`the agent did not answer: ${command.command}`));
			}, command.timeout + PATIENCE);
			this.#jobs.set(id, { out: [], err: [], timer, resolve, reject });
			this.#socket.write(encodeRun(id, command));
		});
	}

	close(): void {
		this.#socket.destroy();
	}
}
