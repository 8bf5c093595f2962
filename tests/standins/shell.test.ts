// SPDX-License-Identifier: Apache-2.0
/** What the LuCI shell reads of a class file, and its printf. */
import { describe, expect, it } from 'vitest';
import { Base } from '../../testbed/standins/root/www/luci-static/testbed/class.mjs';
import { format } from '../../testbed/standins/root/www/luci-static/testbed/format.mjs';
import { dependencies } from '../../testbed/standins/root/www/luci-static/testbed/dependencies.mjs';

describe('leading literals', () => {
	it.each([
		['\'use strict\';\n\'require view\';\n"require rpc as R";\nreturn 1', ['view as view', 'rpc as R']],
		['/* \'require not\' */ // "require neither"\n\'require ui\'', ['ui as ui']],
		['\'require tools.widgets\'', ['tools.widgets as tools_widgets']],
		['\'require a\'; const x = \'stop\'; \'require b\'', ['a as a']],
		['return view.extend({})', []],
	])('%j', (source, wanted) => expect(dependencies(source).map(({ name, as }) => `${name} as ${as}`)).toEqual(wanted));
});

describe('format', () => {
	it.each<[string, unknown[], string]>([
		['%s of %d', ['a', 3.9], 'a of 3'], ['%05.2f|%-4s|%4s', [1.005, 'x', 'y'], '01.00|x   |   y'], ['%%%s', [], '%%s'], ['%x %X %o %b', [255, 255, 8, 5], 'ff FF 10 101'],
		['%h', ['<a href="x">&\'</a>'], '&#60;a href=&#34;x&#34;&#62;&#38;&#39;&#60;/a&#62;'],
		['%m', [1500], '1.50 K'], ['%1024.1mB', [1048577], '1.0 MiB'], ['%m', [5], '5 '], ['%t', [90061], '1d 1h 1m 1s'], ['%t', [59], '0h 0m 59s'],
	])('%j with %j', (template, values, wanted) => expect(format(template, values)).toBe(wanted));
});

describe('classes', () => {
	it('extend, construct and call up', () => {
		const Parent = Base.extend({ __init__(this: { n: number }, n: number) { this.n = n; }, twice(this: { n: number }) { return this.n * 2; } });
		const Child = Parent.extend({ twice(this: { super(name: string): number }) { return this.super('twice') + 1; } });
		const child = new (Child as unknown as new (n: number) => { twice(): number })(4);

		expect(child.twice()).toBe(9);
		expect(Parent.isSubclass(Child)).toBe(true);
		expect(Child.isSubclass(Parent)).toBe(false);
		expect(() => (Child as unknown as () => void)()).toThrow(TypeError);
	});
});
