// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredClasses } from './luci.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESOURCES = join(ROOT, 'luci-app-nft-offload/htdocs/luci-static/resources');
/** Bytes by `gzip -9`: all that a page loads before its first paint, and everything. */
const FIRST_PAINT = 25_000;
const ALL = 40_000;
const VIEW = 'view/nft-offload.js';
const CARD = 'view/status/include/35_nft-offload.js';

let folder: string;

const built = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).sort();
const source = (name: string): string => readFileSync(join(folder, name), 'utf8');
const gzipped = (names: string[]): number => names.reduce((sum, name) => sum + execFileSync('gzip', ['-9', '-n', '-c', join(folder, name)]).length, 0);

/** A file with all that LuCI loads before it. */
function withNeeds(name: string): string[] {
	const files = requiredClasses(source(name)).map((needed) => `${needed.replaceAll('.', '/')}.js`).filter((file) => built().includes(file));
	return [...new Set([name, ...files.flatMap(withNeeds)])];
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'nft-offload-'));
	await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle', () => {
	it('is what the sources build (if not: npm run build)', () => {
		expect(readdirSync(RESOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).sort()).toEqual(built());
		for (const name of built())
			expect(readFileSync(join(RESOURCES, name), 'utf8') === source(name), name).toBe(true);
	});

	it(`is at most ${FIRST_PAINT} bytes until the first paint, gzipped with its CSS, and ${ALL} in all`, () => {
		expect(gzipped(withNeeds(VIEW))).toBeLessThanOrEqual(FIRST_PAINT);
		expect(gzipped(built())).toBeLessThanOrEqual(ALL);
		expect(gzipped([CARD])).toBeLessThanOrEqual(3_000);
	});

	it('needs nothing but what LuCI always has, and itself', () => {
		expect(built().length).toBe(4);
		const needs = new Set(built().flatMap((name) => requiredClasses(source(name))));
		expect([...needs].filter((name) => !name.startsWith('nft-offload.')).sort()).toEqual(['baseclass', 'rpc', 'view']);
		for (const name of built())
			for (const [, later = ''] of source(name).matchAll(/L\.require\("([^"]+)"\)/g))
				expect(built()).toContain(`${later.replaceAll('.', '/')}.js`);
		/* Whatever it needs would be loaded before the overview is shown, and could keep it from being shown. */
		expect(withNeeds(CARD)).toEqual([CARD]);
	});

	it('is what LuCI\'s loader takes', () => {
		for (const name of built()) {
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
