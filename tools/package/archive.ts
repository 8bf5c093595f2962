// SPDX-License-Identifier: Apache-2.0
/**
 * tar, called as OpenWrt's ipkg-build calls it, and zopfli, a twentieth smaller
 * than gzip: their bytes depend on nothing but their input.
 */

import zopfli from '@gfx/zopfli';
import { run } from '../../host/run.js';

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

/** What is packed already, once more. */
export async function wrap(data: Buffer): Promise<Buffer> {
	return run('gzip', ['-n', '-9'], { input: data, env: { PATH: process.env.PATH } });
}

/** In gzip's format, as small as it gets: a router unpacks it as any other. */
export async function gzip(data: Buffer): Promise<Buffer> {
	return Buffer.from(await zopfli.gzipAsync(data, { numiterations: 5 }));
}

/** A raw deflate stream, likewise. */
export async function deflate(data: Buffer): Promise<Buffer> {
	return Buffer.from(await zopfli.deflateAsync(data, { numiterations: 5 }));
}
