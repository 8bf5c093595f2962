// SPDX-License-Identifier: Apache-2.0
/** Field by field against listings that OpenWrt's own tools made of the same package. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Adb, container, SCHEMA } from '../../tools/package/adb';
import { apkIndex } from '../../tools/package/apk';
import { pack } from '../../tools/package/build';
import { ipkIndex } from '../../tools/package/ipk';
import { apkKey, makeApkSecret } from '../../tools/package/keys';
import { readAdb } from './adb-reader';
import { demo, EPOCH, others } from './demo';
import { listed, readIpk } from './tar';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

const built = await pack([demo, ...others], EPOCH);
const [first] = built;

describe('an .ipk', () => {
	const archives = readIpk(first!.ipk.data);

	it('has the members, modes, owners, times, fields and scripts that ipkg-build gives it', () => {
		const spaces = (text: string): string => text.replace(/^([d-]\S+) +(\S+) +(\S+) +/gm, '$1 $2 $3 ');
		const ours = [
			...Object.entries(archives).flatMap(([name, members]) => [`# ${name}`, ...members.map(listed)]),
			...archives['control.tar.gz'].filter((member) => !member.directory).flatMap(({ name, data }) => [name.replace('./', '# '), data.toString().trimEnd()]),
		].join('\n');
		expect(`${ours}\n`).toBe(spaces(fixture('demo.ipk.txt')));
	});

	it('names no owner', () => {
		for (const { owner, group } of Object.values(archives).flat())
			expect(owner + group).toBe('');
	});

	it('is listed in the index as by ipkg-make-index', () => {
		const text = ipkIndex(built.map(({ ipk }) => ipk));
		expect(text.replace(/^(Size|SHA256sum): .*/gm, '$1: *')).toBe(fixture('Packages'));
	});

	it('gets an index that old usign can verify', () => {
		// 64 + length = 110 or 111 modulo 128 is what it fails at
		const description = 'x'.repeat(200);
		for (let cut = 0; cut < 128; cut++) {
			const { ipk } = first!;
			const text = ipkIndex([{ ...ipk, control: `Package: a\nDescription: ${description.slice(cut)}\n` }]);
			expect([110, 111]).not.toContain((64 + text.length) % 128);
		}
	});
});

describe('an .apk', () => {
	it('has the fields, scripts, directories and files that apk mkpkg gives it', () => {
		expect(readAdb(first!.apk.data).dump).toEqual(JSON.parse(fixture('demo.apk.json')));
	});

	it('carries the content of each file that is not empty, at its place', () => {
		const { dump, contents } = readAdb(first!.apk.data);
		const { paths } = dump as { paths: { name?: string; files?: { name: string }[] }[] };
		const found = Object.fromEntries(contents.map(({ path, file, data }) => {
			const directory = paths[path - 1]!;
			return [`/${directory.name!}/${directory.files![file - 1]!.name}`, data.toString()];
		}));
		expect(found).toEqual({
			...Object.fromEntries(demo.members.filter(({ data }) => data.length).map(({ path, data }) => [path, data.toString()])),
			'/lib/apk/packages/luci-app-demo.list': demo.members.map(({ path }) => `${path}\n`).sort().join(''),
		});
	});

	it('is listed in the index as by apk mkndx', async () => {
		const index = readAdb(await apkIndex(built.map(({ apk }) => apk), apkKey(makeApkSecret()))).dump as { packages: Record<string, unknown>[] };
		const reference = JSON.parse(fixture('index.apk.json')) as typeof index;
		for (const each of index.packages)
			expect(each['file-size']).toBe(built.find(({ package: { name } }) => name === each.name)!.apk.data.length);
		for (const each of [...index.packages, ...reference.packages])
			delete each['file-size'];
		expect(index).toEqual(reference);
	});
});

describe('the database writer', () => {
	it('writes numbers and blobs of every width, and what is equal once', () => {
		const adb = new Adb();
		const same = adb.blob('same');
		const root = adb.object({
			1: same, 2: adb.blob('same'), 3: adb.int(0xfffffff), 4: adb.int(0x10000000), 5: adb.int(2 ** 40),
			6: adb.blob('y'.repeat(300)), 7: adb.blob('z'.repeat(70000)), 8: adb.blob(''), 9: adb.object({}),
		});
		const bytes = adb.bytes(root);
		const values = Array.from({ length: 8 }, (_, i) => bytes.readUInt32LE((root & 0xfffffff) + i * 4));

		expect(values[0]).toBe(8);
		expect(values[1]).toBe(values[2]);
		expect(values[3]! >>> 0).toBe(0x1fffffff);
		expect([values[4]! >>> 28, bytes.readUInt32LE(values[4]! & 0xfffffff)]).toEqual([2, 0x10000000]);
		expect([values[5]! >>> 28, bytes.readBigUInt64LE(values[5]! & 0xfffffff)]).toEqual([3, 1n << 40n]);
		expect([values[6]! >>> 28, bytes.readUInt16LE(values[6]! & 0xfffffff)]).toEqual([9, 300]);
		expect([values[7]! >>> 28, bytes.readUInt32LE(values[7]! & 0xfffffff)]).toEqual([10, 70000]);
		// numbers and long lengths stand at multiples of their width
		expect(values.slice(4).map((value) => value & 0xfffffff).map((at, i) => at % [4, 4, 2, 4][i]!)).toEqual([0, 0, 0, 0]);
	});

	it('fills blocks up to 8 bytes', () => {
		for (let length = 0; length < 9; length++)
			expect(container(SCHEMA.package, Buffer.alloc(8 + length), null).length % 8).toBe(0);
	});
});
