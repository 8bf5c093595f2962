// SPDX-License-Identifier: Apache-2.0
/**
 * apk-tools 3's database format (apk-v3(5)), as far as a package and an index
 * need it. Little-endian. A value is 32 bits: its type in the upper 4, below
 * them a small number, or the offset of what it names. An object is the number
 * of its slots (this one included) and a value for each field, by the schema's
 * numbers from 1; an array is an object whose fields are its items.
 */

import { createHash } from 'node:crypto';

/** Four letters in front of a database, little-endian. */
export const SCHEMA = { package: 'pckg', index: 'indx' } as const;

const TYPE = { int: 0x1, int32: 0x2, int64: 0x3, blob8: 0x8, blob16: 0x9, blob32: 0xa, object: 0xe } as const;
const BLOCK = { adb: 0, signature: 1, data: 2 } as const;
const NULL = 0;

/** Where a database's number of versions, reserved bytes and root value are. */
const HEADER = 8, ROOT_AT = 4;

export type Value = number;

function u32(value: number): Buffer {
	const data = Buffer.alloc(4);
	data.writeUInt32LE(value);
	return data;
}

function value(type: number, rest: number): Value {
	return ((type << 28) | rest) >>> 0;
}

/** Writes one database. What is equal is written once, as apk's own writer does. */
export class Adb {
	private data: Buffer = Buffer.alloc(HEADER);
	private readonly written = new Map<string, number>();

	private append(data: Buffer, alignment: number): number {
		const padding = Buffer.alloc(-this.data.length & (alignment - 1));
		const offset = this.data.length + padding.length;
		this.data = Buffer.concat([this.data, padding, data]);
		return offset;
	}

	private once(data: Buffer, alignment: number): number {
		const key = data.toString('latin1');
		const before = this.written.get(key);
		if (before !== undefined && (before & (alignment - 1)) === 0)
			return before;
		const offset = this.append(data, alignment);
		this.written.set(key, offset);
		return offset;
	}

	/** A whole number below 2^53. */
	int(number: number): Value {
		if (number < 0x10000000)
			return value(TYPE.int, number);
		if (number < 0x100000000)
			return value(TYPE.int32, this.once(u32(number), 4));
		const data = Buffer.alloc(8);
		data.writeBigUInt64LE(BigInt(number));
		return value(TYPE.int64, this.once(data, 4));
	}

	/** Bytes, or a string as UTF-8. Nothing is null. */
	blob(content: Buffer | string): Value {
		const data = Buffer.from(content);
		if (!data.length)
			return NULL;
		const [type, size] = data.length < 0x100 ? [TYPE.blob8, 1] : data.length < 0x10000 ? [TYPE.blob16, 2] : [TYPE.blob32, 4];
		return value(type, this.once(Buffer.concat([u32(data.length).subarray(0, size), data]), size));
	}

	/** Room for up to 255 bytes that are filled in later, with `fill`. */
	room(length: number): { value: Value; fill: (content: Buffer) => void } {
		const offset = this.append(Buffer.concat([Buffer.from([length]), Buffer.alloc(length)]), 1);
		return { value: value(TYPE.blob8, offset), fill: (content) => { content.copy(this.data, offset + 1, 0, length); } };
	}

	/** Values by their field numbers; without any it is null. */
	object(fields: Record<number, Value>): Value {
		const numbers = Object.keys(fields).map(Number).filter((number) => fields[number] !== NULL);
		const slots = Math.max(0, ...numbers) + 1;
		if (slots === 1)
			return NULL;
		const data = Buffer.alloc(slots * 4);
		data.writeUInt32LE(slots);
		for (const number of numbers)
			data.writeUInt32LE(fields[number]!, number * 4);
		return value(TYPE.object, this.once(data, 4));
	}

	/** Items in the order that their schema sorts them in. */
	array(items: Value[]): Value {
		return this.object(Object.fromEntries(items.map((item, i) => [i + 1, item])));
	}

	/** The database so far, with `root` as its root. */
	bytes(root: Value): Buffer {
		this.data.writeUInt32LE(root, ROOT_AT);
		return this.data;
	}
}

function block(type: number, content: Buffer): Buffer {
	const size = content.length + 4;
	return Buffer.concat([u32(((type << 30) | size) >>> 0), content, Buffer.alloc(-size & 7)]);
}

/** A file's content in a package: `path` and `file` are its directory's and its own place in the lists, from 1. */
export function dataBlock(path: number, file: number, content: Buffer): Buffer {
	return block(BLOCK.data, Buffer.concat([u32(path), u32(file), content]));
}

/** Signs a digest; `id` names the key. */
export interface Signer {
	/** The first 16 bytes of SHA-512 over the public key's point. */
	id: Buffer;
	/** A DER signature of a message by ECDSA with SHA-512. */
	sign: (message: Buffer) => Buffer;
}

const SIGNATURE_VERSION = 0, SHA512 = 4;

function signatureBlock(schema: string, database: Buffer, { id, sign }: Signer): Buffer {
	const head = Buffer.concat([Buffer.from([SIGNATURE_VERSION, SHA512]), id]);
	const digest = createHash('sha512').update(database).digest();
	return block(BLOCK.signature, Buffer.concat([head, sign(Buffer.concat([Buffer.from(schema), head, digest]))]));
}

/** An uncompressed file: the database, its signature if there is a signer, and the blocks that follow. */
export function container(schema: string, database: Buffer, signer: Signer | null, blocks: Buffer[] = []): Buffer {
	return Buffer.concat([
		Buffer.from(`ADB.${schema}`),
		block(BLOCK.adb, database),
		...signer ? [signatureBlock(schema, database, signer)] : [],
		...blocks,
	]);
}
