// SPDX-License-Identifier: Apache-2.0
/** ucode's module `fs` (lib/fs.c). Failures give null and leave the reason to error(). */
import fs from 'node:fs';
import path from 'node:path';
import { exec } from './regexp.mjs';
import { Failure, Failures, need } from './fs-failures.mjs';
import { handles } from './fs-handles.mjs';
import { Process } from './process.mjs';
import { statObject } from './stat.mjs';
import { File } from './stdio.mjs';
import { glob } from './glob.mjs';
import { str } from './text.mjs';
import { Regexp, isInteger, refuse } from './values.mjs';
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

const ACCESS = { r: fs.constants.R_OK, w: fs.constants.W_OK, x: fs.constants.X_OK, f: fs.constants.F_OK };

/** @param {import('./vm.mjs').Vm} vm */
export function fsModule(vm) {
	const failures = new Failures();
	const resource = handles(failures);

	return {
		error: () => failures.error(),
		...failures.guardAll({
			open(name, mode, permissions) {
				need(name);

				const letters = typeof mode === 'string' ? mode : 'r';
				const flags = openFlags(letters);

				if (flags === null || (permissions != null && !isInteger(permissions)))
					throw new Failure('EINVAL');

				return resource.file(new File(fs.openSync(native(name), flags, Number(permissions ?? 0o666)), letters.includes('+')));
			},
			popen(command, mode) {
				if (Array.isArray(command))
					refuse('popen() with an array: ucode before 25.12 does not take it');

				need(command);

				return resource.process(new Process(command, typeof mode === 'string' && mode[0] === 'w'));
			},
			opendir(name) {
				need(name);

				return resource.directory([ '.', '..', ...fs.readdirSync(native(name), { encoding: 'buffer' }).map(bytes) ]);
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

						return resource.file(new File(fd, true));
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
		stdin: resource.file(vm.stdin),
		stdout: resource.file(vm.stdout),
		stderr: resource.file(vm.stderr)
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
