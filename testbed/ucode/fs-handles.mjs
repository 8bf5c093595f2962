// SPDX-License-Identifier: Apache-2.0
/** What open(), popen() and opendir() of the module `fs` give: files, processes and directories, with their methods. */
import { Failure } from './fs-failures.mjs';
import { jsonText } from './text.mjs';
import { Resource, isInteger, refuse } from './values.mjs';

/** @param {import('./fs-failures.mjs').Failures} failures the module's */
export function handles(failures) {
	const error = () => failures.error();

	const open = (resource) => resource?.file ?? (() => { throw new Failure('EBADF'); })();

	/** What files and processes share. `this` is the resource. */
	const stream = failures.guardAll({
		read(limit) {
			const file = open(this);

			if (typeof limit === 'string') {
				if (limit === 'line' || limit.length === 1)
					return file.readLine(limit === 'line' ? '\n' : limit);

				return limit === 'all' ? file.read(Infinity) : null;
			}

			if (!isInteger(limit))
				throw new Failure('EINVAL');

			return limit > 0 ? file.read(Number(limit)) : null;
		},
		write(data) {
			const file = open(this);

			file.failed = false;

			const n = file.write(typeof data === 'string' ? data : jsonText(data ?? null));

			if (file.failed)
				throw new Failure(file.failed);

			return n;
		},
		flush() {
			const file = open(this);

			// the wrong way round, as ucode before 25.12 has it: nothing may depend on it
			return file.flush() ? null : true;
		},
		fileno() {
			return open(this).fd;
		}
	});

	const fileMethods = {
		__proto__: null, ...stream, error,
		...failures.guardAll({
			close() {
				const file = open(this);

				this.file = null;
				file.close();

				return true;
			},
			seek(offset, whence) {
				if ((offset != null && !isInteger(offset)) || (whence != null && !isInteger(whence)))
					throw new Failure('EINVAL');

				open(this).seek(Number(offset ?? 0), Number(whence ?? 0));

				return true;
			},
			tell() {
				return open(this).tell();
			},
			isatty() {
				return open(this).isTerminal;
			}
		}),
		truncate: () => refuse('fs.file.truncate()'),
		lock: () => refuse('fs.file.lock()'),
		ioctl: () => refuse('fs.file.ioctl()')
	};

	const processMethods = {
		__proto__: null, ...stream, error,
		...failures.guardAll({
			close() {
				open(this);
				this.file = null;

				return this.process.close();
			}
		})
	};

	const directoryMethods = {
		__proto__: null, error,
		...failures.guardAll({
			read() {
				if (!this.entries)
					throw new Failure('EINVAL');

				return this.entries.shift() ?? null;
			},
			close() {
				if (!this.entries)
					throw new Failure('EBADF');

				this.entries = null;

				return true;
			}
		}),
		seek: () => refuse('fs.dir.seek()'),
		tell: () => refuse('fs.dir.tell()')
	};

	const resource = (kind, methods, fields) => Object.assign(new Resource(kind), { methods }, fields);

	return {
		file: (file) => resource('fs.file', fileMethods, { file }),
		process: (process) => resource('fs.proc', processMethods, { process, file: process.file }),
		/** @param {string[]} entries names, with . and .. */
		directory: (entries) => resource('fs.dir', directoryMethods, { entries })
	};
}
