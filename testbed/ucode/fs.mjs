// SPDX-License-Identifier: Apache-2.0
/** ucode's module `fs` (lib/fs.c). Failures give null and leave the reason to error(). */
import fs from 'node:fs';
import path from 'node:path';
import { strerror } from './errno.mjs';
import { exec } from './regexp.mjs';
import { Process } from './process.mjs';
import { statObject } from './stat.mjs';
import { File } from './stdio.mjs';
import { glob } from './glob.mjs';
import { jsonText, str } from './text.mjs';
import { Regexp, Resource, isInteger, refuse } from './values.mjs';
import { fnmatch } from './wildcards.mjs';

/** A path of ucode (bytes) for Node. */
function native(name) {
	return name.includes('\0') ? name.slice(0, name.indexOf('\0')) : Buffer.from(name, 'latin1');
}

function bytes(buffer) {
	return Buffer.from(buffer).toString('latin1');
}

/** open(2)'s flags of a mode like 'r+' (uc_fs_open). */
function openFlags(mode) {
	const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_EXCL } = fs.constants;
	const base = { r: [ O_RDONLY, 0 ], w: [ O_WRONLY, O_CREAT | O_TRUNC ], a: [ O_WRONLY, O_CREAT | O_APPEND ] }[mode[0]];

	if (!base)
		return null;

	return (mode.includes('+') ? O_RDWR : base[0]) | base[1] | (mode.includes('x') ? O_EXCL : 0);
}

class Failure extends Error {
	constructor(code) {
		super(code);
		this.code = code;
	}
}

/** Throws unless all are strings. */
function need(...values) {
	if (values.some((v) => typeof v !== 'string'))
		throw new Failure('EINVAL');
}

const ACCESS = { r: fs.constants.R_OK, w: fs.constants.W_OK, x: fs.constants.X_OK, f: fs.constants.F_OK };

/** @param {import('./vm.mjs').Vm} vm */
export function fsModule(vm) {
	let last = null;

	/** A function whose Node errors become null and error(). */
	const guarded = (f) => function (...args) {
		try {
			return f.apply(this, args);
		}
		catch (e) {
			if (typeof e.code !== 'string' || !/^E[A-Z0-9]+$/.test(e.code))
				throw e;

			last = e.code;

			return null;
		}
	};
	const guardAll = (functions) => Object.fromEntries(Object.entries(functions).map(([ name, f ]) => [ name, guarded(f) ]));

	const error = () => {
		const words = last && strerror(last);

		last = null;

		return words;
	};

	const open = (resource) => resource?.file ?? (() => { throw new Failure('EBADF'); })();

	/** What files and processes share. `this` is the resource. */
	const stream = guardAll({
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
		...guardAll({
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
		...guardAll({
			close() {
				open(this);
				this.file = null;

				return this.process.close();
			}
		})
	};

	const directoryMethods = {
		__proto__: null, error,
		...guardAll({
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
	const fileResource = (file) => resource('fs.file', fileMethods, { file });

	return {
		error,
		...guardAll({
			open(name, mode, permissions) {
				need(name);

				const letters = typeof mode === 'string' ? mode : 'r';
				const flags = openFlags(letters);

				if (flags === null || (permissions != null && !isInteger(permissions)))
					throw new Failure('EINVAL');

				return fileResource(new File(fs.openSync(native(name), flags, Number(permissions ?? 0o666)), letters.includes('+')));
			},
			popen(command, mode) {
				if (Array.isArray(command))
					refuse('popen() with an array: ucode before 25.12 does not take it');

				need(command);

				const child = new Process(command, typeof mode === 'string' && mode[0] === 'w');

				return resource('fs.proc', processMethods, { process: child, file: child.file });
			},
			opendir(name) {
				need(name);

				return resource('fs.dir', directoryMethods, {
					entries: [ '.', '..', ...fs.readdirSync(native(name), { encoding: 'buffer' }).map(bytes) ]
				});
			},
			readfile(name, limit) {
				need(name);

				if (limit != null && !isInteger(limit))
					throw new Failure('EINVAL');

				if (limit == null || limit < 0)
					return fs.readFileSync(native(name), 'latin1');

				const file = new File(fs.openSync(native(name), 'r'));

				try {
					return file.read(Number(limit));
				}
				finally {
					file.close();
				}
			},
			writefile(name, data, limit) {
				need(name);

				if (limit != null && !isInteger(limit))
					throw new Failure('EINVAL');

				const file = new File(fs.openSync(native(name), 'w'));
				const text = data == null ? '' : str(data);
				const size = limit == null || limit < 0 ? text.length : Math.min(Number(limit), text.length);
				// as in C: what the buffer took counts as written, the disk is asked on closing
				const n = size ? file.write(text.slice(0, size)) : 0;
				const failed = n < size ? file.failed : null;

				file.close();

				if (failed)
					throw new Failure(failed);

				return n;
			},
			lsdir(name, pattern) {
				need(name);

				const entries = fs.readdirSync(native(name), { encoding: 'buffer' }).map(bytes).sort((a, b) => a < b ? -1 : 1);

				if (pattern instanceof Regexp)
					return entries.filter((entry) => exec(pattern, entry));
				if (typeof pattern === 'string')
					return entries.filter((entry) => fnmatch(pattern, entry));
				if (pattern != null)
					throw new Failure('EINVAL');

				return entries;
			},
			glob(...patterns) {
				need(...patterns);

				return patterns.flatMap(glob);
			},
			stat(name) {
				need(name);

				return statObject(fs.statSync(native(name)));
			},
			lstat(name) {
				need(name);

				return statObject(fs.lstatSync(native(name)));
			},
			access(name, test) {
				need(name, test ?? '');

				let mode = fs.constants.F_OK;

				for (const c of test ?? '') {
					if (!(c in ACCESS))
						throw new Failure('EINVAL');

					mode |= ACCESS[c];
				}

				fs.accessSync(native(name), mode);

				return true;
			},
			mkdir(name, mode) {
				need(name);

				if (mode != null && !isInteger(mode))
					throw new Failure('EINVAL');

				fs.mkdirSync(native(name), { mode: Number(mode ?? 0o777) });

				return true;
			},
			rmdir(name) {
				need(name);
				fs.rmdirSync(native(name));

				return true;
			},
			unlink(name) {
				need(name);

				// unlink(2) on a directory: EISDIR, as Linux says it
				if (fs.lstatSync(native(name)).isDirectory())
					throw new Failure('EISDIR');

				fs.unlinkSync(native(name));

				return true;
			},
			rename(from, to) {
				need(from, to);
				fs.renameSync(native(from), native(to));

				return true;
			},
			symlink(target, name) {
				need(target, name);
				fs.symlinkSync(native(target), native(name));

				return true;
			},
			readlink(name) {
				need(name);

				return bytes(fs.readlinkSync(native(name), { encoding: 'buffer' }));
			},
			realpath(name) {
				need(name);

				return bytes(fs.realpathSync.native(native(name), { encoding: 'buffer' }));
			},
			chmod(name, mode) {
				need(name);

				if (!isInteger(mode))
					throw new Failure('EINVAL');

				fs.chmodSync(native(name), Number(mode));

				return true;
			},
			getcwd: () => process.cwd(),
			chdir(name) {
				need(name);
				process.chdir(name);

				return true;
			},
			mkstemp(template) {
				const name = temporary(template ?? null);

				for (;;) {
					const file = name.replace(/XXXXXX$/, () => Math.random().toString(36).slice(2, 8).padEnd(6, '0'));

					try {
						const fd = fs.openSync(native(file), fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_EXCL, 0o600);

						fs.unlinkSync(native(file));

						return fileResource(new File(fd, true));
					}
					catch (e) {
						if (e.code !== 'EEXIST')
							throw e;
					}
				}
			},
			basename(name) {
				need(name);

				return name === '' ? '.' : path.posix.basename(name) || '/';
			},
			dirname(name) {
				need(name);

				return path.posix.dirname(name).replace(/(.)\/+$/, '$1');
			}
		}),
		fdopen: () => refuse('fs.fdopen()'),
		dup2: () => refuse('fs.dup2(): ucode 24.10 has none'),
		mkdtemp: () => refuse('fs.mkdtemp(): ucode 24.10 has none'),
		chown: () => refuse('fs.chown()'),
		statvfs: () => refuse('fs.statvfs(): ucode 24.10 has none'),
		pipe: () => refuse('fs.pipe()'),
		stdin: fileResource(vm.stdin),
		stdout: fileResource(vm.stdout),
		stderr: fileResource(vm.stderr)
	};
}

/** mkstemp's path: below /tmp unless the template has a slash, ending in XXXXXX. */
function temporary(template) {
	if (template !== null)
		need(template);

	if (template === null)
		return '/tmp/XXXXXX';

	return (template.includes('/') ? '' : '/tmp/') + template + (template.endsWith('XXXXXX') ? '' : '.XXXXXX');
}
