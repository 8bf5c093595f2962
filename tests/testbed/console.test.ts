// SPDX-License-Identifier: Apache-2.0
/** Commands through a serial console, on which the kernel and the terminal's echo write as well. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { escape, RecordReader, type Heard } from '../../testbed/vm/console/records.js';
import { ConsoleShell } from '../../testbed/vm/console/shell.js';
import { ChannelError } from '../../testbed/vm/command.js';

const md5 = (data: string): string => createHash('md5').update(data).digest('hex');
const hex = (data: string): string => Buffer.from(data).toString('hex');

/** What a guest prints for a stream of a job. */
function stream(id: number, which: string, data: string): string {
	return `\x1eB\r\n${hex(data).replaceAll(/(.{8})/g, '$1\r\n')}\r\n\x1eE ${id} ${which} ${md5(data)}\r\n`;
}

describe('records', () => {
	const read = (text: string): Heard[] => new RecordReader().push(text);

	it('come out whole however the console is cut', () => {
		const text = `login: \x1eA 7\r\n${stream(3, 'o', 'hello\0world\n')}\x1eX 3 255 oe\r\n`;
		for (let size = 1; size <= text.length; size++) {
			const reader = new RecordReader();
			const heard = [];
			for (let at = 0; at < text.length; at += size)
				heard.push(...reader.push(text.slice(at, at + size)));
			expect(heard).toEqual([
				{ kind: 'done', number: 7 },
				{ kind: 'data', id: 3, stream: 'o', data: Buffer.from('hello\0world\n') },
				{ kind: 'exit', id: 3, code: 255, wrote: 'oe' },
			]);
		}
	});

	it('are found behind an echo and a kernel\'s message', () => {
		expect(read('w 1 c \'true\'; a 1^^A 9\x1eA 1\r\n[   12.3] eth0: link up\x1eX 1 0 -\r\n')).toEqual([
			{ kind: 'done', number: 1 }, { kind: 'exit', id: 1, code: 0, wrote: '-' },
		]);
	});

	it('of another job may come in the middle of a file', () => {
		const [head, ...rest] = stream(1, 'e', 'abcdefgh').split('\r\n');
		const [first, ...tail] = rest;
		expect(read([head, first, '\x1eX 2 0 o', '[   12.3] message', ...tail].join('\r\n'))).toEqual([
			{ kind: 'exit', id: 2, code: 0, wrote: 'o' },
			{ kind: 'data', id: 1, stream: 'e', data: Buffer.from('abcdefgh') },
		]);
	});

	it.each([
		['a message within a line of digits', (text: string) => text.replace('6162', '61[ 1.0] x62')],
		['a line that is lost', (text: string) => text.replace('61626364\r\n', '')],
		['digits that nobody sent', (text: string) => text.replace('61626364', '6162636400')],
		['the beginning lost', (text: string) => text.replace('\x1eB', '')],
	])('with %s are not believed', (_what, spoil) => {
		expect(read(spoil(stream(1, 'o', 'abcdefgh')))).toEqual([{ kind: 'data', id: 1, stream: 'o', data: null }]);
	});

	it.each(['\x1eA', '\x1eA x', '\x1eX 1 0', '\x1eX 1 x -', '\x1eX 1 0 oo', '\x1eE 1 z abc', '\x1eQ 1'])('that are torn are none: %j', (text) => {
		expect(read(`${text}\r\n`)).toEqual([]);
	});
});

describe('a line\'s words', () => {
	const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
	const data = Buffer.concat([bytes, Buffer.from('it\'s 8 $(x) `y` \\ %s\n77'), bytes, Buffer.alloc(3000, '\n7')]);

	it('become the same bytes in a shell, and fit a terminal\'s line', () => {
		const words = escape(data);
		expect(words.length).toBeGreaterThan(1);
		for (const word of words) {
			expect(word).toMatch(/^[\x20-\x7e]*$/);
			expect(word.length).toBeLessThan(2000);
		}
		for (const shell of [['/bin/sh'], ['/bin/busybox', 'sh']])
			expect(execFileSync(shell[0]!, [...shell.slice(1), '-c', words.map((word) => `printf %b '${word}'`).join('; ')])).toEqual(data);
	});

	it('are none for nothing', () => {
		expect(escape(Buffer.alloc(0))).toEqual([]);
	});
});

describe('a shell on the console', () => {
	let room: string;
	let server: Server;
	let guest: Socket;
	/** Lines that the guest got, without their acknowledgements. */
	let lines: string[];
	/** What the guest prints for a line, and whether it says that it is done. */
	let answer: (line: string) => { prints?: string; silent?: boolean } | null;

	beforeEach(async () => {
		room = mkdtempSync(join(tmpdir(), 'console-test-'));
		lines = [];
		answer = () => null;
		server = createServer((socket) => {
			guest = socket;
			socket.setEncoding('latin1');
			let rest = '';
			socket.on('data', (text: string) => {
				const got = (rest + text).split('\n');
				rest = got.pop()!;
				for (const line of got) {
					const [, said = '', number] = /^(?:(.*); )?a (\d+)$/.exec(line) ?? [];
					if (said)
						lines.push(said);
					const { prints = '', silent = false } = answer(said || line) ?? {};
					socket.write(`${line}\r\n${prints}${silent || !number ? '' : `\x1eA ${number}\r\n`}`);
				}
			});
		});
		await new Promise<void>((resolve) => { server.listen(join(room, 'console'), resolve); });
	});

	afterEach(() => {
		guest.destroy();
		server.close();
		rmSync(room, { recursive: true });
	});

	const open = (): Promise<ConsoleShell> => ConsoleShell.open(join(room, 'console'), { line: 500, look: 200 });
	const run = async (shell: ConsoleShell, command = 'x', timeout = 5000) => shell.run({ place: 'router', command, timeout });

	it('runs a command, and keeps its two streams apart', async () => {
		answer = (line) => /r \d/.test(line) ? { prints: '\x1eX 1 3 oe\r\n' } : line === 't 1 o' ? { prints: stream(1, 'o', 'out') } : line === 't 1 e' ? { prints: stream(1, 'e', 'err') } : null;
		expect(await run(await open(), 'it\'s')).toEqual({ code: 3, stdout: 'out', stderr: 'err' });
		expect(lines).toEqual(['w 1 c \'it\\0047s\'; r 1', 't 1 o', 't 1 e']);
	});

	it('does not fetch what was not printed', async () => {
		answer = (line) => /r \d/.test(line) ? { prints: '\x1eX 1 0 -\r\n' } : null;
		expect(await run(await open())).toEqual({ code: 0, stdout: '', stderr: '' });
		expect(lines).toHaveLength(1);
	});

	it('gives a command its input first, in pieces', async () => {
		answer = (line) => /r \d/.test(line) ? { prints: '\x1eX 1 0 -\r\n' } : null;
		await (await open()).run({ place: 'router', command: 'cat', input: Buffer.alloc(4000, 'x'), timeout: 5000 });
		expect(lines.map((line) => line.slice(0, 5))).toEqual(['w 1 c', 'w 1 i', 'w 1 i', 'w 1 i']);
		expect(lines.at(-1)).toMatch(/; r 1$/);
	});

	it('asks again for a file that does not come whole', async () => {
		let asked = 0;
		answer = (line) => /r \d/.test(line) ? { prints: '\x1eX 1 0 o\r\n' }
			: line === 't 1 o' ? { prints: ++asked < 3 ? stream(1, 'o', 'spoilt').replace('73706f69', '73[1.0] x') : stream(1, 'o', 'spoilt') } : null;
		expect((await run(await open())).stdout).toBe('spoilt');
		expect(asked).toBe(3);
	});

	it('asks again whether a line was done, and does not say it twice', async () => {
		let lost = true;
		answer = (line) => {
			const silent = lost && line.includes('r 1');
			lost = false;
			return line.includes('r 1') ? { prints: '\x1eX 1 0 -\r\n', silent } : null;
		};
		expect((await run(await open())).code).toBe(0);
		expect(lines.filter((line) => line.includes('r 1'))).toHaveLength(1);
	});

	it('asks after a job whose end it did not hear', async () => {
		answer = (line) => line === 'x 1' ? { prints: '\x1eX 1 5 -\r\n' } : null;
		expect((await run(await open())).code).toBe(5);
	});

	it('ends a command whose time is over, with code 124', async () => {
		answer = (line) => line === 'k 1' ? { prints: '\x1eX 1 124 -\r\n' } : null;
		expect((await run(await open(), 'sleep 9', 250)).code).toBe(124);
		expect(lines).toContain('k 1');
	});

	it('runs commands beside each other', async () => {
		answer = (line) => line.includes('r 2') ? { prints: '\x1eX 2 2 -\r\n\x1eX 1 1 -\r\n' } : null;
		const shell = await open();
		const ran = await Promise.all([run(shell, 'waits for the other'), run(shell)]);
		expect(ran.map(({ code }) => code)).toEqual([1, 2]);
	});

	it('fails every command that waits when the guest goes', async () => {
		const shell = await open();
		const waiting = run(shell);
		await expect.poll(() => lines.length).toBeGreaterThan(0);
		guest.destroy();
		await expect(waiting).rejects.toThrow(ChannelError);
		await expect(run(shell)).rejects.toThrow(ChannelError);
	});

	it('says so when nobody answers', async () => {
		answer = () => ({ silent: true });
		await expect(run(await open())).rejects.toThrow('the console does not answer');
	});

	it('waits for a shell before it says a word, and loads the guest\'s half', async () => {
		const shell = await open();
		const ready = shell.login(5000);
		const got: string[] = [];
		answer = (line) => { got.push(line); return line === '' ? { prints: 'root@OpenWrt:~# ' } : null; };
		await new Promise((resolve) => { setTimeout(resolve, 300); });
		expect(got).toEqual([]);
		guest.write('Please press Enter to activate this console.\r\n');
		await ready;
		expect(got[0]).toBe('');
		expect(got.find((line) => line)).toMatch(/^dmesg -n 1; exec sh -c /);
		expect(got).toContain('set -m');
	});

	it('asks for the prompt again when the kernel writes behind it', async () => {
		const shell = await open();
		let prompts = 0;
		answer = (line) => line === '' ? { prints: `root@OpenWrt:~# ${++prompts === 1 ? '[ 10.0] kmodloader: done' : ''}` } : null;
		guest.write('Please press Enter to activate this console.\r\n');
		await shell.login(8000);
		expect(prompts).toBe(2);
	});

	it('says so when no shell comes', async () => {
		await expect((await open()).login(300)).rejects.toThrow('no shell on the console');
	});
});
