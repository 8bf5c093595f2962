// SPDX-License-Identifier: Apache-2.0
/** opkg's package and index, as OpenWrt's ipkg-build and ipkg-make-index make them. */

import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzip, tar, wrap } from './archive.js';
import { writeTree, type Member } from './contents.js';
import { control, ipkScripts, type Package } from './control.js';

/** Not in an index: of use to who builds, not to who installs. */
const UNLISTED = /^(Maintainer|LicenseFiles|Source|SourceName|Require|SourceDateEpoch).*\n/gm;

export interface Ipk {
	file: string;
	data: Buffer;
	control: string;
}

function member(path: string, mode: number, text: string): Member {
	return { path, mode, data: Buffer.from(text) };
}

/** Archive of `members` with `./` in front of their names, and their size without compression. */
async function pack(scratch: string, members: Member[], epoch: number): Promise<{ data: Buffer; size: number }> {
	await writeTree(scratch, members);
	const plain = await tar(scratch, epoch, '.');
	await rm(scratch, { recursive: true });
	return { data: await gzip(plain), size: plain.length };
}

/**
 * @param scratch a directory that is made, used and removed
 * @param epoch time of the sources, seconds since 1970
 */
export async function ipk(pkg: Package, scratch: string, epoch: number): Promise<Ipk> {
	const data = await pack(join(scratch, 'data'), pkg.members, epoch);
	const text = control(pkg, data.size, epoch);
	const meta = [
		member('/control', 0o644, text),
		...Object.entries(ipkScripts(pkg)).map(([name, script]) => member(`/${name}`, 0o755, script)),
	];

	const outer = join(scratch, 'package');
	await writeTree(outer, [
		member('/debian-binary', 0o644, '2.0\n'),
		{ path: '/data.tar.gz', mode: 0o644, data: data.data },
		{ path: '/control.tar.gz', mode: 0o644, data: (await pack(join(scratch, 'control'), meta, epoch)).data },
	]);
	const packed = await wrap(await tar(outer, epoch, './debian-binary', './data.tar.gz', './control.tar.gz'));
	await rm(outer, { recursive: true });
	return { file: `${pkg.name}_${pkg.version}_all.ipk`, data: packed, control: text };
}

/** The text of `Packages`: a paragraph for each package, by file name. */
export function ipkIndex(packages: Ipk[]): string {
	const sorted = [...packages].sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)));
	const text = sorted.map(({ file, data, control: said }) => {
		const sum = createHash('sha256').update(data).digest('hex');
		return said.replace(UNLISTED, '').replace(/^Description:/m, `Filename: ${file}\nSize: ${data.length}\nSHA256sum: ${sum}\nDescription:`);
	}).map((paragraph) => `${paragraph}\n`).join('');

	// old usign computes a wrong SHA-512 for these lengths; OpenWrt pads its own feeds so
	return [110, 111].includes((64 + Buffer.byteLength(text)) % 128) ? `${text}\n\n` : text;
}

/** Writes `Packages` and `Packages.gz` into a feed, and returns the former, which is what gets signed. */
export async function writeIpkIndex(feed: string, packages: Ipk[]): Promise<Buffer> {
	const index = Buffer.from(ipkIndex(packages));
	await writeFile(join(feed, 'Packages'), index);
	await writeFile(join(feed, 'Packages.gz'), await gzip(Buffer.from(index)));
	return index;
}
