// SPDX-License-Identifier: Apache-2.0
/** The modules that a browser gets: built from web/, checked in, and to be read. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dependencies } from '../../testbed/standins/root/www/luci-static/testbed/dependencies.mjs';
import { luciModule } from '../../web/build/luci-modules.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESOURCES = join(ROOT, 'luci-app-nft-offload/htdocs/luci-static/resources');

/** Bytes of all JavaScript, as it lies on the router. */
const LIMIT = 300_000;

const VIEWS = ['view/nft-offload/connections.js', 'view/nft-offload/status.js'];
const CARD = 'view/status/include/35_nft-offload.js';


/** What LuCI always has. */
const LUCI = ['baseclass', 'poll', 'rpc', 'view'];

let folder: string;

const filesIn = (directory: string): string[] => readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name)).sort();
const built = (): string[] => filesIn(folder);
const source = (name: string): string => readFileSync(join(folder, name), 'utf8');
const shared = (): string[] => built().filter((name) => name.startsWith('nft-offload/'));

/** The modules that a file names, at its head or later. */
const named = (name: string): string[] => [
	...dependencies(source(name)).map(({ name: wanted }) => wanted),
	...[...source(name).matchAll(/L\.require\('([^']+)'\)/g)].map(([, wanted]) => wanted!),
];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'nft-offload-'));
	await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the modules', () => {
	it('are what the sources build (if not: npm run build)', () => {
		expect(filesIn(RESOURCES)).toEqual(built());
		for (const name of built())
			expect(readFileSync(join(RESOURCES, name), 'utf8'), name).toBe(source(name));
	});

	it(`are at most ${LIMIT} bytes`, () => {
		expect(built().reduce((sum, name) => sum + Buffer.byteLength(source(name)), 0)).toBeLessThanOrEqual(LIMIT);
	});

	it('are a view for each tab, the card, and what they share, named by its content', () => {
		expect(built().filter((name) => !name.startsWith('nft-offload/'))).toEqual([...VIEWS, CARD]);
		for (const name of shared())
			expect(name).toMatch(/^nft-offload\/[a-z]+-[0-9a-f]{8}\.js$/);
	});

	it('need nothing but what LuCI always has, and each other', () => {
		const wanted = new Set(built().flatMap(named));
		expect([...wanted].filter((name) => !LUCI.includes(name)).map((name) => `${name.replace('.', '/')}.js`).sort()).toEqual(shared());
		/* what the card required at its head could keep the whole overview from being shown */
		expect(dependencies(source(CARD))).toEqual([{ name: 'baseclass', as: 'baseclass' }]);
	});

	it('are taken by LuCI\'s loader: directives first, then the body of a function that returns a class', () => {
		for (const name of built()) {
			expect(source(name), name).toMatch(/^'use strict';\n('require [\w.-]+( as \w+)?';\n)+\n\/\*\n/);
			const program = parse(source(name), { ecmaVersion: 2020, sourceType: 'script', allowReturnOutsideFunction: true });
			expect(program.body.at(-1)?.type, name).toBe('ReturnStatement');
		}
	});

	it('say what they are made from and whose licences they carry', () => {
		for (const name of built()) {
			expect(source(name), name).toContain('Built by `npm run build`; do not edit.');
			expect(source(name).includes('Preact (MIT)'), name).toBe(/\/preact-/.test(name));
		}
	});

	it('are code to be read: names kept, no long lines, nothing that is unpacked or evaluated', () => {
		for (const name of built()) {
			const lines = source(name).split('\n');
			expect(lines.reduce((sum, line) => sum + line.length, 0) / lines.length, name).toBeLessThan(45);
			/* no word is broken: a long text, a style or a list of names may stick out */
			expect(Math.max(...lines.map((line) => line.length)), name).toBeLessThan(400);
			expect(source(name), name).not.toMatch(/\bFunction\(|\beval\(|DecompressionStream|\.pack\b|(?<!\{)\bimport\(/);
		}
		const common = source(shared().find((name) => name.includes('/common-'))!);
		for (const word of ['function diagnose(', 'function remember(', 'function useNews(', 'class TroubleError'])
			expect(common).toContain(word);
	});

	it('keep every translation call for LuCI to answer', () => {
		const template = readFileSync(join(ROOT, 'luci-app-nft-offload/po/templates/nft-offload.pot'), 'utf8');
		const calls = new Set([...built().map(source).join('\n').matchAll(/\b(?:_\(|N_\([^,]+,)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/g)].map(([, text]) => text));
		const texts = template.match(/^#: web\/.*\n(?:#: .*\n)*(?:msgctxt .*\n)?msgid /gm)!;
		expect(calls.size).toBe(texts.length);
	});
});

describe('a module is made of what Rollup emits', () => {
	const chunk = (code: string, isEntry = false) => ({ fileName: isEntry ? 'view/nft-offload/a.js' : 'nft-offload/b-1a2b3c4d.js', code, isEntry, moduleIds: ['/x/web/src/a.ts'] });

	it('with what it imports as directives, and what it exports as a class', () => {
		const made = luciModule(chunk('import rpc from \'luci:rpc\';\nimport { c as d, e } from \'./c-5e6f7a8b.js\';\nconst f = 1;\nexport { f as g, d };\n'));
		expect(made).toMatch(/^'use strict';\n'require baseclass';\n'require rpc as rpc';\n'require nft-offload\.c-5e6f7a8b as c';\n/);
		expect(made).toMatch(/\nconst \{ c: d, e \} = c;\nconst f = 1;\nreturn baseclass\.extend\(\{ g: f, d \}\);\n$/);
	});

	it('of an entry with its default export', () => {
		const made = luciModule(chunk('import view from \'luci:view\';\nimport { c } from \'../../nft-offload/c-5e6f7a8b.js\';\nconst a = view.extend(c);\nconst later = () => import(\'../../nft-offload/d-9c0d1e2f.js\');\nexport { a as default };\n', true));
		expect(made).toContain('\nconst later = () => L.require(\'nft-offload.d-9c0d1e2f\');\nreturn a;\n');
	});

	it('or not at all where it is not understood', () => {
		expect(() => luciModule(chunk('export * from \'./c.js\';\n'))).toThrow('nft-offload/b-1a2b3c4d.js');
		expect(() => luciModule(chunk('import * as c from \'./c.js\';\nexport { c };\n'))).toThrow('nft-offload/b-1a2b3c4d.js');
	});
});
