// SPDX-License-Identifier: Apache-2.0
/** stat(2)'s answer as ucode has it. */
import { Obj } from './values.mjs';

const TYPES = [ [ 'isFile', 'file' ], [ 'isDirectory', 'directory' ], [ 'isCharacterDevice', 'char' ],
	[ 'isBlockDevice', 'block' ], [ 'isFIFO', 'fifo' ], [ 'isSymbolicLink', 'link' ], [ 'isSocket', 'socket' ] ];

const PERMISSIONS = { setuid: 0o4000, setgid: 0o2000, sticky: 0o1000, user_read: 0o400, user_write: 0o200, user_exec: 0o100,
	group_read: 0o40, group_write: 0o20, group_exec: 0o10, other_read: 4, other_write: 2, other_exec: 1 };

/** What stat() returns. @param {import('node:fs').Stats} st */
export function statObject(st) {
	const seconds = (ms) => Math.floor(ms / 1000);
	const perm = new Obj();

	for (const [ name, bit ] of Object.entries(PERMISSIONS))
		perm[name] = (st.mode & bit) !== 0;

	return Object.assign(new Obj(), {
		// major() and minor() of sys/sysmacros.h, below 2^32
		dev: Object.assign(new Obj(), { major: st.dev >> 8 & 0xfff, minor: (st.dev & 0xff) | (st.dev >> 12 & 0xfff00) }),
		perm,
		inode: st.ino, mode: st.mode & 0o7777, nlink: st.nlink, uid: st.uid, gid: st.gid, size: st.size,
		blksize: st.blksize, blocks: st.blocks,
		atime: seconds(st.atimeMs), mtime: seconds(st.mtimeMs), ctime: seconds(st.ctimeMs),
		type: TYPES.find(([ test ]) => st[test]())?.[1] ?? 'unknown'
	});
}
