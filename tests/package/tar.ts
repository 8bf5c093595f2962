// SPDX-License-Identifier: Apache-2.0
/** Reads what a package's archives say of their members, owners' names included, which `tar -t` does not show. */

import { gunzipSync } from 'node:zlib';

export interface TarMember {
	name: string;
	mode: number;
	uid: number;
	gid: number;
	/** The owner's and the group's name. */
	owner: string;
	group: string;
	/** Seconds since 1970. */
	mtime: number;
	directory: boolean;
	data: Buffer;
}

const BLOCK = 512;

/** The members of an uncompressed archive. */
export function readTar(archive: Buffer): TarMember[] {
	const members: TarMember[] = [];
	for (let at = 0; archive[at];) {
		const field = (from: number, length: number): string => archive.toString('latin1', at + from, at + from + length).replace(/\0.*/s, '');
		const octal = (from: number, length: number): number => parseInt(field(from, length), 8);
		const size = octal(124, 12);
		members.push({
			name: field(0, 100), mode: octal(100, 8), uid: octal(108, 8), gid: octal(116, 8), mtime: octal(136, 12),
			directory: field(156, 1) === '5', owner: field(265, 32), group: field(297, 32),
			data: archive.subarray(at + BLOCK, at + BLOCK + size),
		});
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
	return members;
}

/** The three archives of an .ipk. */
export function readIpk(ipk: Buffer): Record<'package' | 'control.tar.gz' | 'data.tar.gz', TarMember[]> {
	const outer = readTar(gunzipSync(ipk));
	const inner = (name: string): TarMember[] => readTar(gunzipSync(outer.find((member) => member.name === `./${name}`)!.data));
	return { package: outer, 'control.tar.gz': inner('control.tar.gz'), 'data.tar.gz': inner('data.tar.gz') };
}

/** A line as `tar -tv --numeric-owner --full-time` prints it in UTC, without a compressed member's size. */
export function listed({ name, mode, uid, gid, mtime, directory, data }: TarMember): string {
	const bits = [...'rwxrwxrwx'].map((letter, i) => mode & (0o400 >> i) ? letter : '-').join('');
	const size = name.endsWith('.gz') ? '*' : String(data.length);
	const time = new Date(mtime * 1000).toISOString().replace('T', ' ').replace(/\..*/, '');
	return `${directory ? 'd' : '-'}${bits} ${uid}/${gid} ${size} ${time} ${name}`;
}
