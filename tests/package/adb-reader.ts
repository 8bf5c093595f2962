// SPDX-License-Identifier: Apache-2.0
/** Reads apk's files, into what `apk adbdump --format json` prints of them. */

import { inflateRawSync } from 'node:zlib';

type Read = (value: number) => unknown;

export interface AdbFile {
	/** `pckg` or `indx`. */
	schema: string;
	database: Buffer;
	/** A signature's block: 2 bytes, 16 of the key's name, the signature. */
	signatures: Buffer[];
	/** Contents of files: the directory's and the file's number, and the bytes. */
	contents: { path: number; file: number; data: Buffer }[];
	/** The database in adbdump's words. */
	dump: unknown;
}

/** @throws Error where the bytes are not what apk-v3(5) says */
export function readAdb(data: Buffer): AdbFile {
	if (data.toString('latin1', 0, 4) !== 'ADBd')
		throw new Error('not a compressed database');
	const plain = inflateRawSync(data.subarray(4));
	if (plain.toString('latin1', 0, 4) !== 'ADB.')
		throw new Error('not a database');

	const schema = plain.toString('latin1', 4, 8);
	const file: AdbFile = { schema, database: Buffer.alloc(0), signatures: [], contents: [], dump: null };
	for (let at = 8; at < plain.length;) {
		const head = plain.readUInt32LE(at), size = head & 0x3fffffff, end = at + size;
		const payload = plain.subarray(at + 4, end);
		at = (end + 7) & ~7;
		if (at > plain.length || plain.subarray(end, at).some(Boolean))
			throw new Error('a block is cut off or not filled with zeros');

		const type = head >>> 30;
		if (type === 0)
			file.database = payload;
		else if (type === 1)
			file.signatures.push(payload);
		else
			file.contents.push({ path: payload.readUInt32LE(0), file: payload.readUInt32LE(4), data: payload.subarray(8) });
	}
	file.dump = dump(file.database, schema);
	return file;
}

function dump(database: Buffer, schema: string): unknown {
	const slots = (value: number): number[] => {
		const at = value & 0x0fffffff;
		return Array.from({ length: database.readUInt32LE(at) }, (_, i) => database.readUInt32LE(at + i * 4));
	};
	const blob = (value: number): Buffer => {
		const at = value & 0x0fffffff, type = value >>> 28;
		const [width, length] = type === 8 ? [1, database.readUInt8(at)] : type === 9 ? [2, database.readUInt16LE(at)] : [4, database.readUInt32LE(at)];
		return database.subarray(at + width, at + width + length);
	};
	const text: Read = (value) => blob(value).toString();
	const hex: Read = (value) => blob(value).toString('hex');
	const int: Read = (value) => value >>> 28 === 1 ? value & 0x0fffffff : database.readUInt32LE(value & 0x0fffffff);
	const object = (fields: [name: string, number: number, read: Read][]): Read => (value) => {
		const found = slots(value);
		return Object.fromEntries(fields.filter(([, number]) => found[number]).map(([name, number, read]) => [name, read(found[number]!)]));
	};
	const array = (read: Read): Read => (value) => slots(value).slice(1).map(read);

	const dependency: Read = (value) => text(slots(value)[1]!);
	const info = object([
		['name', 1, text], ['version', 2, text], ['hashes', 3, hex], ['description', 4, text], ['arch', 5, text],
		['license', 6, text], ['origin', 7, text], ['maintainer', 8, text], ['url', 9, text], ['installed-size', 12, int],
		['file-size', 13, int], ['depends', 15, array(dependency)], ['provides', 16, array(dependency)],
	]);
	const acl = object([['mode', 1, int], ['user', 2, text], ['group', 3, text]]);
	const file = object([['name', 1, text], ['acl', 2, acl], ['size', 3, int], ['mtime', 4, int], ['hash', 5, hex]]);
	const directory = object([['name', 1, text], ['acl', 2, acl], ['files', 3, array(file)]]);
	const scripts = object([
		['post-install', 3, text], ['pre-deinstall', 4, text], ['post-deinstall', 5, text], ['post-upgrade', 7, text],
	]);

	const root = database.readUInt32LE(4);
	return schema === 'indx'
		? object([['packages', 2, array(info)]])(root)
		: object([['info', 1, info], ['paths', 2, array(directory)], ['scripts', 3, scripts]])(root);
}
