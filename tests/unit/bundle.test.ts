// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredClasses } from './luci.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESOURCES = join(ROOT, 'luci-app-nft-offload/htdocs/luci-static/resources');
const BUDGET = 25_000;

let folder: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'nft-offload-'));
	await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle', () => {
	it('is what the sources build (if not: npm run build)', () => {
		const built = readdirSync(folder);
		expect(readdirSync(RESOURCES, { recursive: true, encoding: 'utf8' }).sort()).toEqual(['view', ...built.map((name) => join('view', name))].sort());
		for (const name of built)
			expect(readFileSync(join(RESOURCES, 'view', name)).equals(readFileSync(join(folder, name)))).toBe(true);
	});

	it(`is at most ${BUDGET} bytes with its CSS, gzipped`, () => {
		const size = readdirSync(folder).reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0);
		expect(size).toBeLessThanOrEqual(BUDGET);
	});

	it('is what LuCI\'s loader takes', () => {
		const source = readFileSync(join(folder, 'nft-offload.js'), 'utf8');
		expect(source).toMatch(/^'use strict';\n('require \w+';\n)+/);
		expect(requiredClasses(source)).toEqual(['rpc', 'view']);

		/* A function body: LuCI puts `(function(…) {` before it and `})` after it, on the same line. */
		const program = parse(source, { ecmaVersion: 2020, sourceType: 'script', allowReturnOutsideFunction: true });
		expect(program.body.at(-1)?.type).toBe('ReturnStatement');
		expect(source).toMatch(/;\n$/);
	});

	it('keeps every translation call for LuCI to answer', () => {
		const source = readFileSync(join(folder, 'nft-offload.js'), 'utf8');
		const template = readFileSync(join(ROOT, 'luci-app-nft-offload/po/templates/nft-offload.pot'), 'utf8');
		const calls = new Set([...source.matchAll(/\b(?:_\(|N_\([^,]+,)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/g)].map(([, text]) => text));
		const texts = template.match(/^#: web\/.*\n(?:#: .*\n)*(?:msgctxt .*\n)?msgid /gm)!;
		expect(calls.size).toBe(texts.length);
	});
});
