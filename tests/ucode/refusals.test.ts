// SPDX-License-Identifier: Apache-2.0
/** What the runner does not do, and what ucode's releases do differently, stops a script and passes its every `try`. */
import { describe, expect, it } from 'vitest';
import { createVm, describe as describeError } from '../../testbed/ucode/embed.mjs';
import { Refusal } from '../../testbed/ucode/values.mjs';

function run(code: string): unknown {
	return createVm().runSource(code, '[test]');
}

describe('refused', () => {
	it.each([
		['JavaScript: class', 'class A {}'],
		['JavaScript: var', 'var a = 1;'],
		['JavaScript: typeof', 'typeof 1;'],
		['JavaScript: new', 'new Map();'],
		['JavaScript: do … while', 'do { } while (0);'],
		['JavaScript: for … of', 'for (let x of [ 1 ]) ;'],
		['JavaScript: throw', 'throw 1;'],
		['JavaScript: finally', 'try { } catch { } finally { }'],
		['JavaScript: destructuring', 'let { a } = {};'],
		['JavaScript: default parameters', 'function f(a = 1) {}'],
		['JavaScript: async functions', 'let f = async () => 1;'],
		['JavaScript: generators', 'function* f() {}'],
		['JavaScript: >>>', '1 >>> 1;'],
		['JavaScript: tagged templates', 'print`x`;'],
		['JavaScript: labels', 'a: while (1) break a;'],
		['JavaScript: getters', 'let o = { get a() { return 1; } };'],
		['JavaScript: array holes', 'let a = [ 1, , 2 ];'],
		['JavaScript: numeric separators', 'let a = 1_000;'],
		['JavaScript: BigInt', 'let a = 10n;'],
		['JavaScript: regular expression flags', 'match("a", /a/u);'],
		['not before 25.12: { method() }', 'let o = { f() { return 1; } };'],
		['not before 25.12: popen() with an array', 'require("fs").popen([ "true" ]);'],
		['not before 25.12: mkdtemp()', 'require("fs").mkdtemp();'],
		['not before 25.12: list_append()', 'require("uci").cursor().list_append("a", "b", "c", "d");'],
		['SIGFPE before 25.12: modulo zero', 'let z = 0; 5 % z;'],
		['differs: `in` with an equal value of another type', 'print("1" in [ 1, 2 ]);'],
		['differs: newlines and $', 'match("a\\nb", /^b$/);'],
		['differs: newlines and .', 'match("a\\nb", /a.b/);'],
		['differs: POSIX takes the longest branch', 'match("ab", /a|ab/);'],
		['differs: a key deleted in the middle of a walk', 'let o = { a: 1, b: 2 }; for (let k in o) delete o.b;'],
		['differs: getenv() destroys the environment in 23.05', 'getenv();'],
		['not built: non-greedy expressions', 'match("aaa", /a+?/);'],
		['not built: back references', 'match("aa", regexp("(a)\\\\1"));'],
		['not built: include()', 'include("x");'],
		['not built: render()', 'render("x");'],
		['not built: a signal handler', 'signal("TERM", () => 1);'],
		['not built: module uloop', 'import * as uloop from "uloop";'],
		['not built: module struct', 'require("struct");'],
	])('%s', (_, code) => {
		expect(() => run(`try { ${code} } catch (e) { print("caught\\n"); }`.replace(/^try \{ (import .*) \} catch .*$/, '$1'))).toThrow();

		let thrown: unknown = null;

		try {
			run(code);
		}
		catch (e) {
			thrown = e;
		}

		// what acorn cannot read either is a syntax error, like in ucode
		expect(thrown instanceof Refusal || (thrown as { type?: string }).type === 'Syntax error').toBe(true);
	});

	it('names the place', () => {
		const vm = createVm();

		try {
			vm.runSource('let a;\nlet b = typeof a;', 'file.uc');
			expect.unreachable();
		}
		catch (e) {
			expect(describeError(e, vm)).toEqual({ text: expect.stringMatching(/typeof.*file\.uc:2\n/) as string, code: 253 });
		}
	});

	it('allows what only looks like it', () => {
		expect(run('[ match("a\\nb", /b/)[0], match("ab", /(a|b)+/)[0], 1 in [ 1, "1" ], -7 % 3 ];')).toEqual(['b', 'ab', true, -1]);
	});
});
