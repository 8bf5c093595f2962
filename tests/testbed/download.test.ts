// SPDX-License-Identifier: Apache-2.0
/** Downloads from a server on this machine that has every fault a server can have. */

import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChecksumError, download, UnreachableError } from '../../testbed/image/download.js';

const archive = randomBytes(300_000);
const sum = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
const right = sum(archive);
const wrong = right.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));

/** Whether so many bytes of a file are in the room. */
const arrived = (bytes: number): boolean => readdirSync(room).some((name) => statSync(join(room, name)).size >= bytes);

/** Breaks off when what was sent has arrived: on a busy machine it would be lost on the way. */
function breakOff(response: ServerResponse, bytes: number): void {
	if (response.destroyed || arrived(bytes))
		response.destroy();
	else
		setTimeout(breakOff, 5, response, bytes);
}

/** Sends what is asked for from `start` on, and breaks off after `bytes` of it. */
function send(response: ServerResponse, { range }: IncomingMessage['headers'], bytes = Infinity, { ranges = true, claim = 0 } = {}): void {
	const start = ranges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
	const rest = archive.subarray(start);
	response.writeHead(start ? 206 : 200, {
		'content-length': rest.length, ...start && { 'content-range': `bytes ${start + claim}-${archive.length - 1}/${archive.length}` },
	});
	if (bytes >= rest.length)
		response.end(rest);
	else
		response.write(rest.subarray(0, bytes), () => breakOff(response, start + bytes));
}

let server: Server;
let base: string;
let room: string;
/** Ranges that were asked for, '' without one. */
let asked: string[];
/** What the server does with its next requests; the last one for ever. */
let answers: ((response: ServerResponse, headers: IncomingMessage['headers']) => void)[];

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push(request.headers.range ?? '');
		const answer = answers.length > 1 ? answers.shift() : answers[0];
		answer!(response, request.headers);
	});
	await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => { server.close(); });

beforeEach(() => {
	room = mkdtempSync(join(tmpdir(), 'download-test-'));
	asked = [];
	return () => rmSync(room, { recursive: true });
});

const patience = { silence: 300, pause: 10 };
const get = (expected = right, directory = room): Promise<void> =>
	download(`${base}/rootfs.tar.gz`, expected, join(directory, 'a'), { parts: directory, patience });

describe('a download', () => {
	it('is kept when it has the expected checksum', async () => {
		answers = [send];
		await get();
		expect(readFileSync(join(room, 'a')).equals(archive)).toBe(true);
		expect(readdirSync(room)).toEqual(['a']);
		expect(asked).toEqual(['']);
	});

	it('with another checksum leaves nothing', async () => {
		answers = [send];
		await expect(get(wrong)).rejects.toThrow(ChecksumError);
		expect(readdirSync(room)).toEqual([]);
		expect(asked).toEqual(['']);
	});

	it('of a file that is too short for its checksum leaves nothing', async () => {
		answers = [(response) => response.end(archive.subarray(0, 1000))];
		await expect(get()).rejects.toThrow(ChecksumError);
		expect(readdirSync(room)).toEqual([]);
	});

	it('that breaks off goes on where it was', async () => {
		answers = [(response, headers) => send(response, headers, 1000), (response, headers) => send(response, headers, 2000), send];
		await get();
		expect(readFileSync(join(room, 'a')).equals(archive)).toBe(true);
		expect(asked).toEqual(['', 'bytes=1000-', 'bytes=3000-']);
	});

	it('that breaks off again and again is given up, and the next one goes on', async () => {
		answers = [(response, headers) => send(response, headers, 1000)];
		await expect(get()).rejects.toThrow(UnreachableError);
		expect(asked.length).toBe(4);
		expect(readdirSync(room)).toEqual([expect.stringMatching(/^part-/)]);
		answers = [send];
		await get();
		expect(asked.at(-1)).toBe('bytes=4000-');
		expect(readFileSync(join(room, 'a')).equals(archive)).toBe(true);
		expect(readdirSync(room)).toEqual(['a']);
	});

	it('goes on with what a process left that has ended, not with what one is writing', async () => {
		const { pid: ended } = spawnSync('true');
		answers = [send];
		writeFileSync(join(room, `part-${right.slice(0, 16)}.${ended}`), archive.subarray(0, 500));
		writeFileSync(join(room, `part-${right.slice(0, 16)}.${process.ppid}`), 'somebody else\'s');
		await get();
		expect(asked).toEqual(['bytes=500-']);
		expect(readdirSync(room).sort()).toEqual(['a', `part-${right.slice(0, 16)}.${process.ppid}`]);
	});

	it('begins anew when the server knows no ranges', async () => {
		answers = [(response, headers) => send(response, headers, 1000), (response, headers) => send(response, headers, Infinity, { ranges: false })];
		await get();
		expect(readFileSync(join(room, 'a')).equals(archive)).toBe(true);
	});

	it('is no mixture: another range than the one asked for is refused', async () => {
		answers = [(response, headers) => send(response, headers, 1000), (response, headers) => send(response, headers, Infinity, { claim: 1 })];
		await expect(get()).rejects.toThrow('another range came than bytes 1000 and on');
	});

	it.each([
		['another file\'s beginning', Buffer.from('something else')],
		['more than there is', Buffer.alloc(archive.length + 1)],
	])('begins anew when what was left is %s', async (_case, left) => {
		answers = [(response, headers) => {
			if (Number(/\d+/.exec(headers.range ?? '')?.[0] ?? 0) > archive.length)
				response.writeHead(416).end();
			else
				send(response, headers);
		}];
		writeFileSync(join(room, `part-${right.slice(0, 16)}.${process.pid}`), left);
		await get();
		expect(readFileSync(join(room, 'a')).equals(archive)).toBe(true);
		expect(asked.at(-1)).toBe('');
	});

	it('survives a server that fails for a moment', async () => {
		answers = [(response) => response.writeHead(503).end(), send];
		await get();
		expect(asked.length).toBe(2);
	});

	it.each([[500, 4], [403, 1]])('is unreachable when the status stays %d', async (status, times) => {
		answers = [(response) => response.writeHead(status).end('no')];
		const failure = get();
		await expect(failure).rejects.toThrow(UnreachableError);
		await expect(failure).rejects.toThrow(`${base}/rootfs.tar.gz cannot be fetched: HTTP status ${status}`);
		expect(asked.length).toBe(times);
		expect(readdirSync(room)).toEqual([]);
	});

	it('of what the server does not have is an error, not a matter of the network', async () => {
		answers = [(response) => response.writeHead(404).end()];
		const failure = get();
		await expect(failure).rejects.toThrow('is not there: HTTP status 404');
		await expect(failure).rejects.not.toThrow(UnreachableError);
	});

	it('waits no longer for a server that falls silent', async () => {
		answers = [(response) => { response.writeHead(200, { 'content-length': 10 }).flushHeaders(); }];
		await expect(get()).rejects.toThrow('silent for 0.3 s');
	});

	it('is unreachable when nobody listens, in one line', async () => {
		/* a port that nothing can listen on */
		const failure = download('http://127.0.0.1:1/x', right, join(room, 'a'), { parts: room, patience });
		await expect(failure).rejects.toThrow(UnreachableError);
		await expect(failure).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1\/x cannot be fetched: \S.*$/);
	});

	it('that does not fit says so, and frees the disk again', async ({ skip }) => {
		const small = join(room, 'small');
		mkdirSync(small);
		const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', small], { encoding: 'utf8' });
		skip(status !== 0, `a small file system cannot be mounted here: ${stderr?.trim()}`);
		try {
			answers = [send];
			const failure = get(right, small);
			await expect(failure).rejects.toThrow(`does not fit: no space is left in ${small}`);
			await expect(failure).rejects.not.toThrow(UnreachableError);
			expect(readdirSync(small)).toEqual([]);
		} finally {
			spawnSync('umount', [small]);
		}
	});
});
