// SPDX-License-Identifier: Apache-2.0
/** tar and gzip, called as OpenWrt's ipkg-build calls them: their bytes depend on nothing but their input. */

import { run } from '../../testbed/vm/cache.js';

/**
 * A tar archive of `names` in `directory`: owned by root, sorted, no owner,
 * time or path of this machine.
 * @param epoch time of every member, seconds since 1970
 */
export async function tar(directory: string, epoch: number, ...names: string[]): Promise<Buffer> {
	return run('tar', [
		'--format=gnu', '--numeric-owner', '--owner=0', '--group=0', '--sort=name', `--mtime=@${epoch}`, '--no-xattrs',
		'-C', directory, '-cf', '-', ...names,
	], { env: { PATH: process.env.PATH, LC_ALL: 'C' } });
}

/** @param level 1, fast, to 9, small */
export async function gzip(data: Buffer, level = 6): Promise<Buffer> {
	return run('gzip', ['-n', `-${level}`], { input: data, env: { PATH: process.env.PATH } });
}

/** A raw deflate stream, smallest. gzip's rather than Node's, whose zlib's bytes change with its version and the processor. */
export async function deflate(data: Buffer): Promise<Buffer> {
	const HEAD = 10, TAIL = 8;
	return (await gzip(data, 9)).subarray(HEAD, -TAIL);
}
