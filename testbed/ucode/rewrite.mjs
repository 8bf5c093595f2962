// SPDX-License-Identifier: Apache-2.0
/** ucode source → JavaScript source. */
import { ASSIGNMENTS } from './assignments.mjs';
import { Emitter } from './emitter.mjs';
import { EXPRESSIONS } from './expressions.mjs';
import { MODULES } from './imports.mjs';
import { parse } from './parse.mjs';
import { program, STATEMENTS } from './statements.mjs';
import * as operators from './operators.mjs';

const RULES = { ...EXPRESSIONS, ...ASSIGNMENTS, ...STATEMENTS, ...MODULES };

const NAMES = Object.keys(operators).map((name) => `${name}: $${name}`).join(', ');

/**
 * @param {string} source bytes
 * @param {{ filename: string, strict?: boolean, module?: boolean }} options
 *   strict: -S; module: loaded by `import`
 * @returns {{ code: string, constants: unknown[], exported: string[], imports: { source: string, wanted: string[], offset: number, end: number }[], marks: number[][], functions: { from: number, to: number, name: string }[], source: string, filename: string }}
 *   `code` is an expression: a function of (operators, vm, constants, file) that returns
 *   { main, exported: { name: () => value } }
 */
export function rewrite(source, { filename, strict = false, module = false }) {
	const { program: tree, inserted, trailing } = parse(source, module ? filename : null);
	const first = tree.body[0];
	const e = new Emitter(source, {
		filename, module, name: module ? filename : null, inserted, trailing,
		strict: strict || module || (first?.type === 'ExpressionStatement' && first.expression.value === 'use strict')
	}, RULES);

	// the program's names are those of main's scope, so that exports can read them
	e.put(`(function ($o, $vm, $k, $file) { 'use strict'; const { ${NAMES} } = $o; const G = $vm.globals; const main = function () { `);

	const declare = e.temporariesHere();

	program(e, tree.body);
	declare();

	const names = e.exported.map(([ name, js ]) => `${JSON.stringify(name)}: () => ${js}`);

	e.put(module ? `return { __proto__: null, ${names.join(', ')} }; }; return main; })` : 'return null; }; return main; })');

	return { ...e.finish(), constants: e.constants, exported: e.exported.map(([ name ]) => name), source, filename };
}
