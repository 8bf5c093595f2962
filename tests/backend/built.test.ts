// SPDX-License-Identifier: Apache-2.0
/** The backend as it is installed: made of what is written, and nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backend, programs } from '../../rpcd/build/build.ts';
import { bundle } from '../../rpcd/build/bundle.ts';
import { nodeRunner, realInterpreters } from './interpreters';

const ROOT = join(import.meta.dirname, '../..');
const HEAD = '// SPDX-License-Identifier: Apache-2.0\n\'use strict\';\n';

/** What a module `m`, in one file with `other`, becomes. */
const made = (m: string, other = ''): string => bundle([{ name: 'm', sources: [{ name: 'other', text: HEAD + other }, { name: 'm', text: HEAD + m }] }])[0]!.text.slice(HEAD.length).trimEnd();

/** What a program and the modules of a file beside it say when they run. */
function run(command: string[], modules: Record<string, string>, program: string): string {
	const directory = mkdtempSync(join(tmpdir(), 'nft-offload-built-'));
	try {
		const files = bundle([
			{ name: 'all', sources: Object.entries(modules).map(([name, text]) => ({ name, text: HEAD + text })) },
			{ name: 'program', sources: [{ name: 'program', text: HEAD + program }] },
		]);
		mkdirSync(join(directory, 'nft_offload'));
		for (const { name, text } of files)
			writeFileSync(join(directory, name === 'program' ? '' : 'nft_offload', `${name}.uc`), text);
		const [ucode = '', ...first] = command;
		return execFileSync(ucode, [...first, '-L', directory, join(directory, 'program.uc')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} finally {
		rmSync(directory, { recursive: true });
	}
}

describe('the installed backend', () => {
	it('is what the sources build (if not: npm run build)', () => {
		for (const { path, mode, data } of backend()) {
			const installed = join(ROOT, 'luci-app-nft-offload/root', path);
			expect(readFileSync(installed).equals(data), path).toBe(true);
			expect(statSync(installed).mode & 0o111, path).toBe(mode & 0o111);
		}
	});

	it('tells where each of its lines comes from', () => {
		for (const { origins, text, path } of programs()) {
			const lines = text.trimEnd().split('\n');
			expect(origins, path).toHaveLength(lines.length);
			/* texts in quotes stay as they are, and where they are */
			lines.forEach((line, index) => {
				const [, name = '', at] = /^(.*):(\d+)$/.exec(origins[index]!) ?? [];
				const source = at && readFileSync(join(ROOT, 'rpcd', name.includes('/') ? name : `share/${name}.uc`), 'utf8').split('\n')[Number(at) - 1];
				for (const [quoted] of source ? line.matchAll(/'[\w. ]{3,}'/g) : [])
					expect(source, `${path}:${index + 1}`).toContain(quoted);
			});
		}
		expect(execFileSync('npx', ['tsx', 'rpcd/build/build.ts', 'libexec/nft-offload/survey:5', 'nothing.uc:1'], { cwd: ROOT, encoding: 'utf8' }))
			.toBe('libexec/nft-offload/survey:5 is \nnothing.uc:1 is not known\n');
	});
});

describe('a bundle', () => {
	it('has short names, none of them for two things that are seen at one place', () => {
		expect(made('function first(second) { let third = second; return (fourth) => third + fourth + first(length(second)); }'))
			.toBe('function b(a){let c=a;return(d)=>c+d+b(length(a));}');
		expect(made('let one = 1; for (let two = 0; two < one; two++) { let three = two; print(three); } print((two) => two);'))
			.toBe('let b=1;for(let a=0;a<b;a++){let b=a;print(b)}print((a)=>a);');
		expect(made('try { die(1); } catch (error) { let text = error.message; print(text); }')).toBe('try{die(1)}catch(a){let b=a.message;print(b)}');
	});

	it('keeps what others know: members, functions of the language, texts', () => {
		expect(made('let name = { name: 1, other: 2 }; print({ name }, name.name, name?.other, name[\'other\'], `a ${name} b`, \'name\');'))
			.toBe('let a={name:1,other:2};print({name:a},a.name,a?.other,a[\'other\'],`a ${a} b`,\'name\');');
	});

	it('keeps tokens apart', () => {
		expect(made('let a = 1, b = 2; print(a + +b, a - -b, a / b, typeof(a), a in b);\nreturn  a;')).toBe('let a=1,b=2;print(a+ +b,a- -b,a/b,typeof(a),a in b);\nreturn a;');
	});

	it('has names of modules that are not the same, although they were', () => {
		expect(made('import { get } from \'nft_offload.other\';\nimport * as other from \'nft_offload.other\';\nconst ROOM = 2;\nprint(get(), other.get(), ROOM);', 'const ROOM = 1;\nexport function get() { return ROOM; };'))
			.toBe('const b=1;\nfunction a(){return b;};\nconst c=2;\nprint(a(),a(),c);');
	});

	it('imports once what several modules want, and exports what other files want', () => {
		const [all, program] = bundle([
			{ name: 'all', sources: [{ name: 'a', text: `${HEAD}import { open } from 'fs';\nexport function one() { return open('x'); };` }, { name: 'b', text: `${HEAD}import { open as read, stat } from 'fs';\nexport function two() { return read(stat('y')); };` }] },
			{ name: 'program', sources: [{ name: 'program', text: `${HEAD}import { two as three } from 'nft_offload.b';\nthree();` }] },
		]);
		expect(all!.text).toBe(`${HEAD}import{open as a,stat as b}from'fs';\nfunction c(){return a('x');};\nfunction d(){return a(b('y'));};\nexport{d};\n`);
		expect(program!.text).toBe(`${HEAD}import{d as a}from'nft_offload.all';\na();\n`);
	});

	it.each([
		['import { none } from \'nft_offload.other\';', 'nft_offload.other exports no none'],
		['import { none } from \'nft_offload.nowhere\';', 'nft_offload.nowhere exports no none'],
		['import * as other from \'nft_offload.other\';\nprint(other);', 'the module other is used as a value'],
		['let a = 1, a = 2;', 'declared'],
		['let a = function b() {};', 'a name inside of an expression: b'],
	])('is refused: %s', (source, message) => {
		expect(() => made(source)).toThrow(message);
	});

	it.each([nodeRunner, ...realInterpreters()])('runs as its sources would, on $name', ({ command }) => {
		expect(run(command, {
			count: 'let total = 0;\nexport const STEP = 2;\nexport function add(amount) {\n\ttotal += amount;\n\treturn total;\n};\nexport function twice(what) { return what(what(1)); };',
			shade: 'import * as count from \'nft_offload.count\';\nlet total = \'mine\';\nexport function shaded(count_) {\n\tlet add = (total) => total * count.STEP;\n\treturn [ total, add(count_), count.add(count.STEP) ];\n};',
		}, 'import { twice, add as more } from \'nft_offload.count\';\nimport * as shade from \'nft_offload.shade\';\nlet total = shade.shaded(21);\nprintf(\'%J %d %d %s\\n\', total, more(5), twice((x) => x + 3), `<${join(\' \', total)}>\n\t|`);'))
			.toBe('[ "mine", 42, 2 ] 7 7 <mine 42 2>\n\t|\n');
	});
});
