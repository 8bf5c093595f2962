// SPDX-License-Identifier: Apache-2.0
/** popen() and system(), synchronous as in C, on Node's child processes. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { File, pause } from './stdio.mjs';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = fs.constants;
const O_PATH = 0o10000000;

/**
 * Node cannot make a pipe, and gives children sockets, which `/dev/stdin` and
 * `/dev/stdout` cannot open. A FIFO without a name is a pipe: each is made
 * once, unlinked, held by an O_PATH descriptor and used again.
 */
const spare = [];

function fifo() {
	if (spare.length)
		return spare.pop();

	const name = path.join(os.tmpdir(), `.ucode-pipe.${process.pid}.${Date.now()}.${Math.random().toString(36).slice(2)}`);
	const made = spawnSync('mkfifo', [ '-m', '600', name ], { stdio: 'ignore' });

	if (made.status !== 0)
		throw Object.assign(new Error('mkfifo failed'), { code: 'EMFILE' });

	const fd = fs.openSync(name, O_PATH);

	fs.unlinkSync(name);

	return fd;
}

/** { reader, writer, done() }: the ends of a pipe, and the way to give its inode back. */
function pipe() {
	const held = fifo();
	const name = `/proc/self/fd/${held}`;
	const opener = fs.openSync(name, O_RDONLY | O_NONBLOCK);
	const writer = fs.openSync(name, O_WRONLY);
	const reader = fs.openSync(name, O_RDONLY);

	fs.closeSync(opener);

	return {
		reader, writer,
		done() {
			// a background process may still hold an end: then this pipe is its own
			try {
				const probe = fs.openSync(name, O_RDONLY | O_NONBLOCK);
				const n = fs.readSync(probe, Buffer.alloc(1), 0, 1, null);

				fs.closeSync(probe);

				if (n === 0)
					return spare.push(held);
			}
			catch {
				// EAGAIN: somebody can still write
			}

			fs.closeSync(held);
		}
	};
}

/** A process's wait status once it has ended: fields 3 (state) and 52 of /proc/<pid>/stat, see proc(5). */
function ended(pid) {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).trim().split(' ');

		return fields[0] === 'Z' || fields[0] === 'X' ? Number(fields[49]) : null;
	}
	catch {
		return null;
	}
}

export class Process {
	/**
	 * @param {string} command for /bin/sh
	 * @param {boolean} writing popen(…, 'w')
	 */
	constructor(command, writing) {
		const { reader, writer, done } = pipe();
		const [ ours, theirs ] = writing ? [ writer, reader ] : [ reader, writer ];

		this.done = done;
		this.status = null;
		this.child = spawn('/bin/sh', [ '-c', Buffer.from(command, 'latin1').toString('utf8') ], {
			stdio: writing ? [ theirs, 'inherit', 'inherit' ] : [ 'inherit', theirs, 'inherit' ]
		});
		this.child.on('error', () => {});
		this.child.on('exit', (code, signal) => {
			this.status = code ?? -os.constants.signals[signal];
		});
		this.child.unref();
		fs.closeSync(theirs);
		this.file = new File(ours);

		if (this.child.pid === undefined)
			this.status = 127;
	}

	/** pclose(): the exit code, or minus the signal's number. */
	close() {
		this.file.close();

		for (let wait = 0.2; this.status === null; wait = Math.min(wait * 1.5, 10)) {
			const status = ended(this.child.pid);

			if (status === null)
				pause(wait);
			else
				this.status = status & 127 ? -(status & 127) : status >> 8 & 255;
		}

		this.done();

		return this.status;
	}
}

/**
 * system(): argv with standard streams inherited.
 * Returns the exit code, or minus the signal's number; 255 when there is no such program.
 * @param {string[]} argv bytes @param {number} timeout ms, 0: none
 */
export function system(argv, timeout) {
	const words = argv.map((word) => Buffer.from(word, 'latin1').toString('utf8'));
	const ran = spawnSync(words[0], words.slice(1), {
		stdio: 'inherit', timeout: timeout || undefined, killSignal: 'SIGKILL'
	});

	if (ran.signal)
		return -os.constants.signals[ran.signal];

	return ran.status ?? 255;
}
