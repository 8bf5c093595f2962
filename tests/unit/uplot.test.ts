// SPDX-License-Identifier: Apache-2.0
/** The package of the library that draws the charts: uPlot as its authors release it, in a module of LuCI. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { dependencies } from '../../testbed/standins/root/www/luci-static/testbed/dependencies.mjs';
import { RELEASED, uplotFiles } from '../../web/build/uplot.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULE = 'luci-lib-uplot/htdocs/luci-static/resources/uplot.js';
const LICENCE = 'luci-lib-uplot/LICENSE';
const checkedIn = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('luci-lib-uplot', () => {
	it('is what the release makes it (if not: npm run build), with a Makefile and nothing else', () => {
		expect(readdirSync(join(ROOT, 'luci-lib-uplot'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort())
			.toEqual(['LICENSE', 'Makefile', 'uplot.js']);
		expect(Object.keys(uplotFiles()).sort()).toEqual([LICENCE, MODULE]);
		for (const [path, text] of Object.entries(uplotFiles()))
			expect(checkedIn(path), path).toBe(text);
	});

	it('holds the released file byte for byte, below its licence and where it comes from', () => {
		const released = readFileSync(RELEASED, 'utf8'), module = checkedIn(MODULE);
		expect(released.length).toBeGreaterThan(40_000);
		const [head = '', ...tail] = module.split(released);
		expect(tail).toEqual(['\nreturn baseclass.extend({ uPlot });\n']);
		expect(head).toContain('https://github.com/leeoniya/uPlot');
		for (const line of checkedIn(LICENCE).trim().split('\n'))
			expect(head).toContain(` * ${line}`.trimEnd());
	});

	it('is taken by LuCI\'s loader, without what a policy against evaluation forbids', () => {
		const module = checkedIn(MODULE);
		expect(dependencies(module)).toEqual([{ name: 'baseclass', as: 'baseclass' }]);
		expect(parse(module, { ecmaVersion: 2021, sourceType: 'script', allowReturnOutsideFunction: true }).body.at(-1)?.type).toBe('ReturnStatement');
		expect(module).not.toMatch(/\bFunction\(|\beval\(|DecompressionStream|\bimport\(/);
	});
});
