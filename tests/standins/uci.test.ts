// SPDX-License-Identifier: Apache-2.0
/** The stand-in for the `uci` command against what the real one printed: uci-cases.txt. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { uciCommand } from '../../testbed/standins/cli/uci.mjs';

interface Case {
	title: string;
	command: string;
	output: string;
	code: number;
}

const directory = mkdtempSync(join(tmpdir(), 'standins-uci-'));
const text = readFileSync(new URL('uci-cases.txt', import.meta.url), 'utf8');
const [, files = '', body = ''] = /^(?:#.*\n)+\n([^]*?)^@\n([^]*)$/m.exec(text) ?? [];

for (const sub of ['c', 'd', 'p'])
	mkdirSync(join(directory, sub));

for (const [, name = '', content = ''] of files.matchAll(/^@ (\S+)\n((?:(?!@).*\n)*)/gm))
	writeFileSync(join(directory, name), content);

afterAll(() => rmSync(directory, { recursive: true }));

function parseCases(): Case[] {
	const cases: Case[] = [];
	let title = '';

	for (const [, heading, command, output = '', code] of body.matchAll(/^# (.*)\n|^\$ (.*)\n((?:(?!= ).*\n)*)= (\d+)\n/gm)) {
		if (heading !== undefined)
			title = heading;
		else
			cases.push({ title, command: command!, output, code: Number(code) });
	}

	return cases;
}

function run(command: string) {
	const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => (quoted ?? plain!).replace('/DIR', directory));

	if (words[0] === 'cat')
		return { code: 0, output: readFileSync(join(directory, words[1]!), 'utf8') };

	const { code, stdout, stderr } = uciCommand({ cwd: directory, environment: {}, stdin: null, args: ['-c', 'c', '-t', 'd', ...words.slice(1)] });

	return { code, output: stdout + stderr.replace(/^Usage: uci[^]*\n\n$/m, '<usage>\n') };
}

const cases = parseCases();

it('has cases', () => expect(cases.length).toBeGreaterThan(70));

for (const title of new Set(cases.map((each) => each.title)))
	describe(title, () => {
		for (const { command, output, code } of cases.filter((each) => each.title === title))
			it(command, () => expect(run(command)).toEqual({ code, output }));
	});

describe('batch', () => {
	it('runs one command a line, until exit', () => {
		const batch = (stdin: string) => uciCommand({ cwd: directory, environment: {}, stdin, args: ['-c', 'c', '-t', 'd', 'batch'] });

		expect(batch('set system.b=b\nset system.b.c=\'d e\'\nget system.b.c\n\nbogus\nget x.y\nexit\nget system.b.c\n'))
			.toEqual({ code: 0, stdout: 'd e\n', stderr: 'Unknown command\nuci: Entry not found\n' });
		expect(batch('revert system\nchanges')).toEqual({ code: 0, stdout: '', stderr: '' });
	});
});
