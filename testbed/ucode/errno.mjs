// SPDX-License-Identifier: Apache-2.0
/** errno's words, as strerror() has them on Linux. */
import os from 'node:os';

const WORDS = {
	EPERM: 'Operation not permitted', ENOENT: 'No such file or directory', EINTR: 'Interrupted system call',
	EIO: 'Input/output error', E2BIG: 'Argument list too long', EBADF: 'Bad file descriptor',
	EAGAIN: 'Resource temporarily unavailable', ENOMEM: 'Cannot allocate memory', EACCES: 'Permission denied',
	EBUSY: 'Device or resource busy', EEXIST: 'File exists', EXDEV: 'Invalid cross-device link',
	ENODEV: 'No such device', ENOTDIR: 'Not a directory', EISDIR: 'Is a directory', EINVAL: 'Invalid argument',
	ENFILE: 'Too many open files in system', EMFILE: 'Too many open files', ETXTBSY: 'Text file busy',
	EFBIG: 'File too large', ENOSPC: 'No space left on device', ESPIPE: 'Illegal seek',
	EROFS: 'Read-only file system', EMLINK: 'Too many links', EPIPE: 'Broken pipe',
	ENAMETOOLONG: 'File name too long', ENOSYS: 'Function not implemented', ENOTEMPTY: 'Directory not empty',
	ELOOP: 'Too many levels of symbolic links', EOVERFLOW: 'Value too large for defined data type',
	ENXIO: 'No such device or address', ECHILD: 'No child processes', ENOTSUP: 'Operation not supported',
	EOPNOTSUPP: 'Operation not supported', EDQUOT: 'Disk quota exceeded', ESTALE: 'Stale file handle'
};

/** @param {string} code e.g. 'ENOENT' */
export function strerror(code) {
	return WORDS[code] ?? `Unknown error ${os.constants.errno[code] ?? code}`;
}
