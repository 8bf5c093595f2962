// SPDX-License-Identifier: Apache-2.0
/** Files from a server, each with a checksum that was known before. */

import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE } from '../../host/repository.js';
import { sha256 } from './rootfs.js';

/** Nobody answers, or not to the end: no network, or the server is down. Nothing is wrong with the file. */
export class UnreachableError extends Error {}

/** What arrived is not what was expected. */
export class ChecksumError extends Error {}

/** An answer that may be better a moment later. */
class BrokenError extends UnreachableError {}

/** How long a server is waited for, ms. */
export interface Patience {
	/** Without a byte. */
	silence: number;
	/** Before it is asked again. */
	pause: number;
}

const PATIENCE: Patience = { silence: 60_000, pause: 2_000 };
const ATTEMPTS = 4;

interface Sort {
	code?: string;
	syscall?: string;
	cause?: Error;
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as Sort).code === 'EPERM';
	}
}

/**
 * Where a download is collected: named by what is expected and by this process.
 * What a process that has ended left of the same file is taken over.
 */
async function partOf(expected: string, directory: string): Promise<string> {
	await mkdir(directory, { recursive: true });
	const stem = `part-${expected.slice(0, 16)}.`, mine = join(directory, stem + process.pid);
	for (const name of await readdir(directory))
		if (name.startsWith(stem) && join(directory, name) !== mine && !isRunning(Number(name.slice(stem.length))))
			await rename(join(directory, name), mine).catch(() => { /* another process was faster */ });
	return mine;
}

/** Asks for what `part` lacks, and adds what comes. */
async function receive(url: string, part: string, silence: number): Promise<void> {
	const have = (await stat(part).catch(() => null))?.size ?? 0;
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(new Error(`silent for ${silence / 1000} s`)), silence);
	const words = (error: Sort & Error): string => `${url} cannot be fetched: ${error.cause?.message || error.cause && (error.cause as Sort).code || error.message}`;
	try {
		const response = await fetch(url, {
			// a range of a compressed answer would be no range of the file
			headers: { 'accept-encoding': 'identity', ...have && { range: `bytes=${have}-` } },
			signal: patience.signal,
		}).catch((error: Sort & Error) => { throw new UnreachableError(words(error)); });

		if (response.status === 416 && have) {
			await response.body?.cancel();
			await rm(part, { force: true });
			throw new BrokenError(`${url} cannot be fetched: the server has no more than the first ${have} bytes`);
		}
		if (response.status === 404 || response.status === 410)
			throw new Error(`${url} is not there: HTTP status ${response.status}`);
		if (!response.ok || !response.body)
			throw new (response.status >= 500 ? BrokenError : UnreachableError)(`${url} cannot be fetched: HTTP status ${response.status}`);

		const [, first] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
		const start = response.status === 206 && Number(first) === have ? have : 0;
		if (response.status === 206 && !start)
			throw new UnreachableError(`${url} cannot be fetched: another range came than bytes ${have} and on`);
		await pipeline(
			Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
			async function* (source: AsyncIterable<Buffer>) {
				for await (const data of source) {
					timer.refresh();
					yield data;
				}
			},
			createWriteStream(part, { flags: start ? 'r+' : 'w', start }),
		).catch((error: Sort & Error) => {
			if (!error.syscall)
				throw new BrokenError(words(error));
			throw error;
		});
	} finally {
		clearTimeout(timer);
	}
}

/** Receives a file to the end, in as many answers as it takes. */
async function collect(url: string, part: string, { silence, pause }: Patience): Promise<void> {
	for (let attempt = 1; ; attempt++)
		try {
			return await receive(url, part, silence);
		} catch (error) {
			if (!(error instanceof BrokenError) || attempt === ATTEMPTS)
				throw error;
			await sleep(pause);
		}
}

/**
 * Downloads a file to `path`, which appears only when its checksum is right.
 * What arrived before a connection broke is kept, and the next call, of
 * whatever process, goes on from there.
 * @param expected SHA-256, hex
 * @param parts directory for what is not complete, on the file system of `path`
 * @throws UnreachableError when nobody answers or an answer breaks off again
 *   and again; ChecksumError, with nothing kept; Error when the server does not
 *   have the file, or when it cannot be written here
 */
export async function download(url: string, expected: string, path: string, { parts = CACHE, patience = PATIENCE } = {}): Promise<void> {
	const part = await partOf(expected, parts);
	try {
		let begun = (await stat(part).catch(() => null)) !== null;
		for (;;) {
			await collect(url, part, patience);
			const found = await sha256(part);
			if (found === expected)
				return await rename(part, path);
			await rm(part, { force: true });
			// the beginning may have been another file's
			if (!begun)
				throw new ChecksumError(`${url}: SHA-256 is ${found}, expected ${expected}`);
			begun = false;
		}
	} catch (error) {
		const { code } = error as Sort;
		if (code !== 'ENOSPC' && code !== 'EDQUOT')
			throw error;
		await rm(part, { force: true });
		throw new Error(`${url} does not fit: no space is left in ${dirname(part)}`);
	}
}
