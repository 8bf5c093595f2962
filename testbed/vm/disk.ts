// SPDX-License-Identifier: Apache-2.0
/** Disk images from directories, without mounting anything. */

import { run } from '../../host/run.js';

export interface DiskOptions {
	/** MiB of free space. */
	free: number;
	/** A disk that is only ever read needs no journal. */
	readonly?: boolean;
}

/**
 * Makes an ext4 image from the directory `from`; owners and device nodes are
 * kept when root makes it. Written in full here, so that the guest's kernel
 * has nothing left to initialise.
 */
export async function makeDisk(from: string, image: string, { free, readonly = false }: DiskOptions): Promise<void> {
	const kilobytes = parseInt((await run('du', ['-sk', '--apparent-size', from])).toString(), 10);
	const files = (await run('find', [from, '-printf', '.'])).length;
	/* a block and an inode per file, and ext4's own tables */
	const size = Math.ceil((kilobytes + 5 * files) / 1024 * 1.05) + free + (readonly ? 4 : 12);
	await run('mke2fs', [
		'-q', '-t', 'ext4', '-d', from, '-m', '0', '-b', '4096',
		'-O', readonly ? '^has_journal,^metadata_csum' : '^metadata_csum',
		...readonly ? [] : ['-J', 'size=4'],
		'-N', String(files + (readonly ? 16 : 8192)),
		'-E', 'lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0', image, `${size}M`,
	]);
}

/** Copies an image; holes stay holes, and where the file system can, nothing is copied at all. */
export async function copyDisk(from: string, to: string): Promise<void> {
	await run('cp', ['--sparse=always', '--reflink=auto', from, to]);
}
