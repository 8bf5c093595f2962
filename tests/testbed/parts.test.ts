// SPDX-License-Identifier: Apache-2.0
/** The pure parts of the machine: archive, channel, users, install list. */
import { createServer, type Socket } from 'node:net';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeUsers } from '../../testbed/image/router.js';
import { installProduct } from '../../tools/package/install.js';
import { hash, hashTree } from '../../host/cache.js';
import { Channel, encodeRun, FrameReader } from '../../testbed/vm/channel.js';
import { ChannelError } from '../../testbed/vm/command.js';
import { cpio } from '../../testbed/vm/initramfs.js';
import { elfImage } from '../../testbed/vm/kernel.js';

let room: string;
beforeEach(() => { room = mkdtempSync(join(tmpdir(), 'parts-test-')); });
afterEach(() => rmSync(room, { recursive: true }));

describe('the initramfs', () => {
	it('is an archive that pads every part to four bytes and ends with its trailer', () => {
		const archive = cpio([
			{ path: 'bin', mode: 0o040755, data: Buffer.alloc(0) },
			{ path: 'bin/a', mode: 0o100755, data: Buffer.from('12345') },
		]);
		expect(archive.length % 4).toBe(0);
		const seen = [];
		for (let at = 0; at < archive.length;) {
			expect(archive.subarray(at, at + 6).toString()).toBe('070701');
			const field = (index: number): number => parseInt(archive.subarray(at + 6 + 8 * index, at + 14 + 8 * index).toString(), 16);
			const [mode, size, nameSize] = [field(1), field(6), field(11)];
			const name = archive.subarray(at + 110, at + 110 + nameSize - 1).toString();
			const data = at + Math.ceil((110 + nameSize) / 4) * 4;
			seen.push([name, mode, archive.subarray(data, data + size).toString()]);
			at = Math.ceil((data + size) / 4) * 4;
		}
		expect(seen).toEqual([['bin', 0o040755, ''], ['bin/a', 0o100755, '12345'], ['TRAILER!!!', 0, '']]);
	});
});

describe('the kernel image', () => {
	/** A bzImage with two setup sectors, as far as its header says where the payload is. */
	function bzImage(payload: Buffer): Buffer {
		const image = Buffer.alloc(3 * 512 + 64 + payload.length + 4, 0xee);
		image.writeUInt8(2, 0x1f1);
		image.writeUInt32LE(64, 0x248);
		image.writeUInt32LE(payload.length + 4, 0x24c);
		payload.copy(image, 3 * 512 + 64);
		return image;
	}

	it('is unpacked', async () => {
		expect(await elfImage(bzImage(gzipSync('ELF')))).toEqual(Buffer.from('ELF'));
	});

	it('is left alone when it is packed in an unknown way', async () => {
		expect(await elfImage(bzImage(Buffer.from('LZ?')))).toBeNull();
	});
});

describe('frames', () => {
	const frame = (type: string, id: number, payload: string): Buffer => {
		const head = Buffer.alloc(9);
		head.writeUInt32LE(5 + payload.length, 0);
		head.write(type, 4);
		head.writeUInt32LE(id, 5);
		return Buffer.concat([head, Buffer.from(payload)]);
	};

	it('come out whole however the stream is cut', () => {
		const stream = Buffer.concat([frame('O', 1, 'one'), frame('X', 2, ''), frame('E', 3, 'three')]);
		for (let size = 1; size <= stream.length; size++) {
			const reader = new FrameReader();
			const seen = [];
			for (let at = 0; at < stream.length; at += size)
				seen.push(...reader.push(stream.subarray(at, at + size)));
			expect(seen.map(({ type, id, payload }) => [type, id, payload.toString()])).toEqual([['O', 1, 'one'], ['X', 2, ''], ['E', 3, 'three']]);
		}
	});

	it('carry bytes, not characters', () => {
		const request = encodeRun(7, { place: 'client', command: 'cat', input: Buffer.from([0, 255, 10]), timeout: 1000 });
		expect(request.readUInt32LE(0)).toBe(request.length - 4);
		expect(request.subarray(-3)).toEqual(Buffer.from([0, 255, 10]));
		expect(request.subarray(21, -3).toString()).toBe('clientcat');
	});

	it('fail every command that waits when the guest goes', async () => {
		const server = createServer();
		const guest = new Promise<Socket>((resolve) => { server.once('connection', resolve); });
		server.listen(join(room, 'agent'));
		const channel = await Channel.open(join(room, 'agent'));
		const waiting = channel.run({ place: 'router', command: 'true', timeout: 1000 });
		(await guest).destroy();
		await expect(waiting).rejects.toThrow(ChannelError);
		await expect(channel.run({ place: 'router', command: 'true', timeout: 1000 })).rejects.toThrow(ChannelError);
		server.close();
	});
});

describe('users', () => {
	it('replace those of the same name and leave the others', () => {
		expect(mergeUsers('root:*:0:::\ndaemon:*:0:::\n', 'root:$1$x:1:::\n')).toBe('daemon:*:0:::\nroot:$1$x:1:::\n');
		expect(mergeUsers('', 'root:$1$x:1:::\n')).toBe('root:$1$x:1:::\n');
	});
});

describe('hashes', () => {
	it('tell where one part ends', () => {
		expect(hash('ab', 'c')).not.toBe(hash('a', 'bc'));
	});

	it('change with names, bytes, permissions and links of a tree', async () => {
		const seen = new Set<string>();
		const look = async (): Promise<void> => { seen.add(await hashTree(room)); };
		await look();
		writeFileSync(join(room, 'a'), 'x');
		await look();
		writeFileSync(join(room, 'a'), 'y');
		await look();
		chmodSync(join(room, 'a'), 0o755);
		await look();
		symlinkSync('a', join(room, 'b'));
		await look();
		mkdirSync(join(room, 'c'));
		await look();
		expect(seen.size).toBe(6);
		expect(await hashTree(room)).toBe([...seen].at(-1));
	});
});

describe('the product', () => {
	it('is installed with the workers to run, and the rest to read', async () => {
		await installProduct(room);
		const programs = readdirSync(room, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && statSync(join(entry.parentPath, entry.name)).mode & 0o111)
			.map((entry) => join('/', relative(room, join(entry.parentPath, entry.name))));
		expect(programs.sort()).toEqual(['flows', 'guard', 'sampler', 'survey', 'transaction'].map((name) => `/usr/libexec/nft-offload/${name}`));
		expect(readdirSync(room).sort()).toEqual(['usr', 'www']);
	});
});
