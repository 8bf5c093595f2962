// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredClasses } from './luci.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESOURCES = join(ROOT, 'luci-app-nft-offload/htdocs/luci-static/resources');
/** Bytes as they lie on the router and go over the wire: all that a page loads before its first paint, and everything. */
const FIRST_PAINT = 25_000;
const ALL = 40_000;
const VIEW = 'view/nft-offload.js';
const CARD = 'view/status/include/35_nft-offload.js';

let folder: string;

const filesIn = (directory: string): string[] => readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name)).sort();
const built = (): string[] => filesIn(folder);
const bytes = (name: string): Buffer => readFileSync(join(folder, name));
/** What is evaluated. */
const source = (name: string): string => (name.endsWith('.pack') ? gunzipSync(bytes(name)) : bytes(name)).toString();
const size = (names: string[]): number => names.reduce((sum, name) => sum + bytes(name).length, 0);
const sourcesOf = (kind: string): [name: string, text: string][] => built().filter((name) => name.endsWith(kind)).map((name) => [name, source(name)]);

/** The parts that a file names, other than itself. */
const partsOf = (name: string): string[] => [...source(name).matchAll(/"([\w-]+\.pack)"/g)].map(([, part]) => `nft-offload/${part}`);

/** What a part loads before it runs. */
const before = (name: string): string[] => (/^"use strict";return Promise\.all\(\[(.*?)\]\)/.exec(source(name))?.[1]?.match(/[\w-]+\.pack/g) ?? []).map((part) => `nft-offload/${part}`);

/** A part with all that it loads before it runs. */
function withNeeds(name: string): string[] {
	return [...new Set([name, ...before(name).flatMap(withNeeds)])];
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'nft-offload-'));
	await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle', () => {
	it('is what the sources build (if not: npm run build)', () => {
		expect(filesIn(RESOURCES)).toEqual(built());
		for (const name of built())
			expect(readFileSync(join(RESOURCES, name)).equals(bytes(name)), name).toBe(true);
	});

	it(`is at most ${FIRST_PAINT} bytes until the first paint, with its CSS, and ${ALL} in all`, () => {
		const [first, ...others] = partsOf(VIEW);
		expect(others).toEqual([]);
		expect(size([VIEW, ...withNeeds(first!)])).toBeLessThanOrEqual(FIRST_PAINT);
		expect(size(built())).toBeLessThanOrEqual(ALL);
		expect(size([CARD])).toBeLessThanOrEqual(1_000);
	});

	it('needs nothing but what LuCI always has, and itself', () => {
		expect(sourcesOf('.js').map(([name]) => name)).toEqual([VIEW, CARD]);
		expect(requiredClasses(source(VIEW))).toEqual(['view']);
		/* Whatever it needs would be loaded before the overview is shown, and could keep it from being shown. */
		expect(requiredClasses(source(CARD))).toEqual(['baseclass']);
		for (const [, text] of sourcesOf('.pack'))
			expect([...text.matchAll(/L\.require\("([^"]+)"\)/g)].map(([, name]) => name).filter((name) => name !== 'rpc')).toEqual([]);
		const named = built().flatMap(partsOf);
		expect([...new Set(named)].sort()).toEqual(built().filter((name) => name.endsWith('.pack')));
	});

	it('has parts that a browser evaluates as the body of a function', () => {
		expect(sourcesOf('.pack').length).toBe(2);
		for (const [name, text] of sourcesOf('.pack')) {
			expect(name).toMatch(/^nft-offload\/(page|more)-[0-9a-f]{8}\.pack$/);
			const program = parse(text, { ecmaVersion: 2020, sourceType: 'script', allowReturnOutsideFunction: true });
			expect(program.body.at(-1)?.type).toBe('ReturnStatement');
		}
	});

	it('is what LuCI\'s loader takes', () => {
		for (const [name] of sourcesOf('.js')) {
			expect(source(name)).toMatch(/^'use strict';\n('require [\w.-]+';\n)+/);

			/* A function body: LuCI puts `(function(…) {` before it and `})` after it, on the same line. */
			const program = parse(source(name), { ecmaVersion: 2020, sourceType: 'script', allowReturnOutsideFunction: true });
			expect(program.body.at(-1)?.type).toBe('ReturnStatement');
			expect(source(name)).toMatch(/;\n$/);
		}
	});

	it('keeps every translation call for LuCI to answer', () => {
		const template = readFileSync(join(ROOT, 'luci-app-nft-offload/po/templates/nft-offload.pot'), 'utf8');
		const calls = new Set([...built().map(source).join('\n').matchAll(/\b(?:_\(|N_\([^,]+,)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/g)].map(([, text]) => text));
		const texts = template.match(/^#: web\/.*\n(?:#: .*\n)*(?:msgctxt .*\n)?msgid /gm)!;
		expect(calls.size).toBe(texts.length);
	});
});
