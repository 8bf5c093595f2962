// SPDX-License-Identifier: Apache-2.0
/** popen() and system(), synchronous as in C, on Node's child processes. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { File, pause } from './stdio.mjs';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = fs.constants;
const O_PATH = 0o10000000;

/**
 * Node cannot make a pipe, and gives children sockets, which `/dev/stdin` and
 * `/dev/stdout` cannot open. A shell makes one for a command substitution; we
 * hold its inode by an O_PATH descriptor, open its ends anew for each popen(),
 * and keep it for the next.
 */
const spare = [];

function borrowPipe() {
	const inherited = new Set(openPipes());
	const shell = spawn('/bin/sh', [ '-c', 'x=$(sleep 60)' ], { stdio: 'ignore', detached: true });

	shell.on('error', () => {});
	shell.unref();

	try {
		for (let tries = 0; tries < 2000; tries++) {
			const found = pipesOf(shell.pid).find(([ , target ]) => !inherited.has(target));

			if (found)
				return fs.openSync(found[0], O_PATH);

			pause(0.5);
		}
	}
	finally {
		if (shell.pid !== undefined) {
			process.kill(-shell.pid, 'SIGKILL');

			// until it is dead it reads from the pipe
			while (ended(shell.pid) === null)
				pause(0.2);
		}
	}

	throw Object.assign(new Error('no pipe'), { code: 'EMFILE' });
}

/** The pipes a process has open: [ /proc path, name of the inode ]. */
function pipesOf(pid) {
	try {
		const directory = `/proc/${pid}/fd`;

		return fs.readdirSync(directory).map((fd) => [ `${directory}/${fd}`, fs.readlinkSync(`${directory}/${fd}`) ])
			.filter(([ , target ]) => target.startsWith('pipe:'));
	}
	catch {
		// it closed one meanwhile, or is gone
		return [];
	}
}

/** Our own pipes, which the shell may have inherited. */
function openPipes() {
	return fs.readdirSync('/proc/self/fd').flatMap((fd) => {
		try {
			return [ fs.readlinkSync(`/proc/self/fd/${fd}`) ];
		}
		catch {
			// the directory being listed
			return [];
		}
	});
}

/** { reader, writer, done() }: the ends of a pipe, and the way to give it back. */
function pipe() {
	const held = spare.pop() ?? borrowPipe();
	const name = `/proc/self/fd/${held}`;
	const reader = fs.openSync(name, O_RDONLY);
	const writer = fs.openSync(name, O_WRONLY);

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

/**
 * A child's wait status once it has ended: fields 3 (state) and 52 of
 * /proc/<pid>/stat, see proc(5). Node reaps between turns of its loop, so
 * that a child ends as a zombie here; null: it runs.
 */
function ended(pid) {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).trim().split(' ');

		return fields[0] === 'Z' || fields[0] === 'X' ? Number(fields[49]) : null;
	}
	catch {
		return 0;
	}
}

/** Children that ended or will, and that nobody has reaped yet. */
let unreaped = 0;

/** Above this a thread of its own starts and reaps them: a script in an endless loop would fill the process table. */
const MOST_UNREAPED = 100;

class OwnChild {
	constructor(command, stdio) {
		this.status = null;
		this.child = spawn('/bin/sh', [ '-c', command ], { stdio });
		unreaped++;
		this.child.on('error', () => {});
		this.child.on('exit', (code, signal) => {
			unreaped--;
			this.status = code ?? -os.constants.signals[signal];
		});
		this.child.unref();

		if (this.child.pid === undefined)
			this.status = 127;
	}

	wait() {
		for (let wait = 0.2; this.status === null; wait = Math.min(wait * 1.5, 10)) {
			const status = ended(this.child.pid);

			if (status === null)
				pause(wait);
			else
				this.status = status & 127 ? -(status & 127) : status >> 8 & 255;
		}

		return this.status;
	}
}

/** The thread's program, in one piece with this file: the router has the runner as a single file. */
const SPAWNER = `
	const { spawn } = require('node:child_process');
	const { signals } = require('node:os').constants;

	require('node:worker_threads').parentPort.on('message', ({ command, stdio, shared }) => {
		const child = spawn('/bin/sh', [ '-c', command ], { stdio });
		const tell = (state, status) => {
			shared[1] = status;
			Atomics.store(shared, 0, state);
			Atomics.notify(shared, 0);
		};

		child.on('error', () => tell(2, 127));
		child.on('exit', (code, signal) => tell(2, code ?? -signals[signal]));

		if (child.pid !== undefined)
			tell(1, 0);
	});`;

let spawner = null;

class ThreadsChild {
	constructor(command, stdio) {
		spawner ??= new Worker(SPAWNER, { eval: true });
		spawner.unref();
		/** [ 0 not started, 1 running, 2 ended; status ] */
		this.shared = new Int32Array(new SharedArrayBuffer(8));
		spawner.postMessage({ command, stdio, shared: this.shared });
		Atomics.wait(this.shared, 0, 0);
	}

	wait() {
		Atomics.wait(this.shared, 0, 1);

		return this.shared[1];
	}
}

/** popen() */
export class Process {
	/**
	 * @param {string} command for /bin/sh
	 * @param {boolean} writing popen(…, 'w')
	 */
	constructor(command, writing) {
		const { reader, writer, done } = pipe();
		const [ ours, theirs ] = writing ? [ writer, reader ] : [ reader, writer ];
		const stdio = writing ? [ theirs, 1, 2 ] : [ 0, theirs, 2 ];
		const text = Buffer.from(command, 'latin1').toString('utf8');

		this.done = done;
		this.child = unreaped < MOST_UNREAPED ? new OwnChild(text, stdio) : new ThreadsChild(text, stdio);
		fs.closeSync(theirs);
		this.file = new File(ours);
	}

	/** pclose(): the exit code, or minus the signal's number. */
	close() {
		this.file.close();

		const status = this.child.wait();

		this.done();

		return status;
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
