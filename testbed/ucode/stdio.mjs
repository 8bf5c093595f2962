// SPDX-License-Identifier: Apache-2.0
/**
 * C's FILE on Node's synchronous descriptors: what ucode's `fs` and `print`
 * write through. Written data waits in a buffer of musl's size, so that a full
 * disk shows late and a killed process loses it, as on a router.
 */
import fs from 'node:fs';
import tty from 'node:tty';
import { refuse } from './values.mjs';

/** musl's BUFSIZ */
const BUFFER = 1024;
const CHUNK = Buffer.allocUnsafe(65536);

const open = new Set();

/** exit() flushes every FILE that is open. */
export function flushAll() {
	for (const file of open)
		file.flush();
}

export class File {
	/**
	 * @param {number} fd
	 * @param {boolean} both opened for reading and writing
	 */
	constructor(fd, both = false) {
		this.fd = fd;
		this.isTerminal = tty.isatty(fd);
		this.unread = '';
		this.at = 0;
		this.pending = [];
		this.pendingSize = 0;
		this.failed = false;
		/** Offset of the next byte in the file where we keep it ourselves; null: the kernel's. */
		this.offset = both && fs.fstatSync(fd).isFile() ? 0 : null;
		/** Bytes read from and written to the kernel, for tell(). */
		this.moved = 0;
		open.add(this);
	}

	/** Reads more; false at the end. Throws Node's errors. */
	fill() {
		if (this.pendingSize)
			this.flush();

		const n = readRetrying(this.fd, CHUNK, this.offset);

		if (n === 0)
			return false;

		if (this.offset !== null)
			this.offset += n;

		this.moved += n;
		this.unread = this.unread.slice(this.at) + CHUNK.latin1Slice(0, n);
		this.at = 0;

		return true;
	}

	/** Up to and with `delimiter` (one byte), or the rest; null at the end. */
	readLine(delimiter = '\n') {
		let from = this.at;

		for (;;) {
			const end = this.unread.indexOf(delimiter, from);

			if (end >= 0) {
				const line = this.unread.slice(this.at, end + 1);

				this.at = end + 1;

				return line;
			}

			from = this.unread.length - this.at;

			if (!this.fill())
				break;
		}

		if (this.at >= this.unread.length)
			return null;

		const rest = this.unread.slice(this.at);

		this.at = this.unread.length;

		return rest;
	}

	/** At most `limit` bytes, '' at the end. */
	read(limit) {
		const parts = [];
		let missing = limit;

		while (missing > 0 && (this.at < this.unread.length || this.fill())) {
			const part = this.unread.slice(this.at, this.at + missing);

			parts.push(part);
			this.at += part.length;
			missing -= part.length;
		}

		return parts.join('');
	}

	/** Forgets what was read ahead, so that writing goes on where reading stopped. */
	unreadBack() {
		const ahead = this.unread.length - this.at;

		if (ahead && this.offset !== null)
			this.offset -= ahead;

		this.moved -= ahead;
		this.unread = '';
		this.at = 0;
	}

	/** fwrite(): the bytes taken (musl's __stdio_write); less than all sets `failed` to the errno's name. */
	write(bytes) {
		this.unreadBack();

		if (this.pendingSize + bytes.length <= BUFFER - 1 && !(this.isTerminal && bytes.includes('\n'))) {
			this.pending.push(bytes);
			this.pendingSize += bytes.length;

			return bytes.length;
		}

		const held = this.pendingSize;
		const written = this.push(this.take() + bytes);

		return written < 0 ? Math.max(0, -written - 1 - held) : bytes.length;
	}

	take() {
		const bytes = this.pending.join('');

		this.pending = [];
		this.pendingSize = 0;

		return bytes;
	}

	/** Writes all; a negative number, -1 - bytes written, on an error. */
	push(bytes) {
		const buffer = Buffer.from(bytes, 'latin1');
		let done = 0;

		while (done < buffer.length) {
			try {
				const n = fs.writeSync(this.fd, buffer, done, buffer.length - done, this.offset);

				done += n;
				this.moved += n;

				if (this.offset !== null)
					this.offset += n;
			}
			catch (e) {
				if (e.code === 'EAGAIN' || e.code === 'EINTR') {
					pause(2);
					continue;
				}

				this.failed = e.code;

				return -1 - done;
			}
		}

		return done;
	}

	/** fflush(): true, or false with `failed` set. */
	flush() {
		return !this.pendingSize || this.push(this.take()) >= 0;
	}

	/** fclose(). */
	close() {
		this.flush();
		open.delete(this);
		fs.closeSync(this.fd);
	}

	/** fseeko() with whence 0 (set), 1 (current), 2 (end). Throws an Error with `code`. */
	seek(offset, whence) {
		this.flush();

		const stat = fs.fstatSync(this.fd);

		if (stat.isFIFO() || stat.isSocket() || this.isTerminal)
			throw Object.assign(new Error(), { code: 'ESPIPE' });
		if (this.fd <= 2)
			refuse('seek() on a standard stream');

		const target = offset + (whence === 1 ? this.tell() : whence === 2 ? stat.size : 0);

		if (target < 0 || whence < 0 || whence > 2)
			throw Object.assign(new Error(), { code: 'EINVAL' });

		this.unread = '';
		this.at = 0;
		this.offset = target;
		this.moved = target;
	}

	tell() {
		return this.moved + this.pendingSize - (this.unread.length - this.at);
	}
}

// made at the first sleep: most programs never do
let idle = null;

/** Sleeps, blocking. */
export function pause(milliseconds) {
	idle ??= new Int32Array(new SharedArrayBuffer(4));
	Atomics.wait(idle, 0, 0, milliseconds);
}

function readRetrying(fd, buffer, offset) {
	for (;;) {
		try {
			return fs.readSync(fd, buffer, 0, buffer.length, offset);
		}
		catch (e) {
			// a terminal or a pipe that somebody made non-blocking
			if (e.code !== 'EAGAIN' && e.code !== 'EINTR')
				throw e;

			pause(5);
		}
	}
}
