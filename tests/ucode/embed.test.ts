// SPDX-License-Identifier: Apache-2.0
/** ucode inside a Node program: an rpcd plugin, a bus, uci. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UbusStatus, createVm, describe as describeError, load, setProviders } from '../../testbed/ucode/embed.mjs';
import { Cursor, format, parseAddress } from '../../testbed/ucode/uci.mjs';

let directory: string;

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'ucode-embed-'));
});

afterEach(() => {
	setProviders(null);
	rmSync(directory, { recursive: true });
});

function write(name: string, text: string): string {
	mkdirSync(join(directory, name, '..'), { recursive: true });
	writeFileSync(join(directory, name), text);

	return join(directory, name);
}

describe('a plugin', () => {
	it('hands out its methods, with plain JSON in and out', () => {
		write('share/demo/part.uc', 'export function twice(x) { return x * 2; };');

		const file = write('plugin.uc', `
			import { twice } from 'demo.part';
			let calls = 0;
			return { 'demo.object': {
				echo: { args: { text: '', number: 1, flag: true, list: [] }, call: (req) => ({ ...req.args, calls: ++calls, bytes: length(req.args.text), half: 0.5, one: 1.0, gone: null, f: () => 1 }) },
				twice: { call: function(req) { return { value: twice(req.args.x) }; } },
				fail: { call: () => die("no luck") },
				nothing: { call: () => {} },
				notamethod: 5
			} };`);
		const { vm, objects } = load(file, { search: [`${directory}/share/*.uc`] });
		const methods = objects['demo.object']!;

		expect(Object.keys(methods)).toEqual(['echo', 'twice', 'fail', 'nothing']);
		expect(methods.echo!.args).toEqual({ text: '', number: 1, flag: true, list: [] });
		expect(methods.echo!.call({ args: { text: 'é', list: [1, { a: null }], '10': 1 } })).toEqual({
			text: 'é', list: [1, { a: null }], '10': 1, calls: 1, bytes: 2, half: 0.5, one: 1, gone: null, f: null
		});
		expect(methods.twice!.call({ args: { x: 21 } })).toEqual({ value: 42 });
		expect(methods.twice!.call({ args: { x: 1.5 } })).toEqual({ value: 3 });
		expect(methods.nothing!.call({ args: {} })).toBeNull();

		try {
			methods.fail!.call({ args: {} });
			expect.unreachable();
		}
		catch (e) {
			expect(describeError(e, vm).text).toMatch(/^no luck\nIn \[arrow function\]\(\), file .*plugin\.uc, line 7, byte 38:\n/);
		}
	});

	it('keeps two virtual machines apart', () => {
		const a = createVm(), b = createVm();

		a.runSource('shared = 1;', '[a]');
		expect(b.runSource('shared;', '[b]')).toBeNull();
	});
});

describe('ubus', () => {
	const CALL = `import { connect, error } from 'ubus';
		let bus = connect(null, 5);
		bus ? [ bus.call('demo', method, { a: [ 1 ] }), bus.error(true), bus.error() ] : [ error() ];`;

	function call(method: string): unknown {
		const vm = createVm();

		return vm.runSource(`let method = '${method}'; ${CALL}`, '[test]');
	}

	it('is not there without providers', () => {
		expect(call('x')).toEqual(['Unable to connect to ubus socket']);
	});

	it('calls JavaScript, and passes on its status', () => {
		setProviders({ demo: {
			sum: (args: object) => ({ got: args }),
			none: () => null,
			denied: () => { throw new UbusStatus(6); }
		} });

		const sum = call('sum') as [{ got: { a: number[] } }, null];

		expect(sum[0].got.a).toEqual([1]);
		expect(call('none')).toEqual([null, null, null]);
		expect(call('denied')).toEqual([null, 6, null]);
		expect(call('missing')).toEqual([null, 3, null]);
	});
});

describe('uci for JavaScript', () => {
	const CONFIG = "config defaults\n\toption input 'REJECT'\n\nconfig zone\n\toption name 'lan'\n\tlist network 'lan'\n";

	function cursor(): Cursor {
		return new Cursor(join(directory, 'config'), join(directory, 'deltas'));
	}

	it('stages, reverts a single option, commits', () => {
		const file = write('config/firewall', CONFIG);
		const staged = cursor();

		staged.load('firewall').set('@defaults[0]', 'flow_offloading', '1');
		staged.package('firewall').set('@defaults[0]', 'flow_offloading_hw', '1');
		staged.save('firewall');
		expect(readFileSync(join(directory, 'deltas/firewall'), 'utf8'))
			.toBe("firewall.cfg01e63d.flow_offloading='1'\nfirewall.cfg01e63d.flow_offloading_hw='1'\n");

		const other = cursor();

		other.revert('firewall', '@defaults[0]', 'flow_offloading');
		expect(other.changes('firewall')).toEqual([{ operation: 'set', section: 'cfg01e63d', option: 'flow_offloading_hw', value: '1' }]);
		expect(readFileSync(file, 'utf8')).toBe(CONFIG);

		other.commit('firewall');
		expect(readFileSync(file, 'utf8'))
			.toBe("\nconfig defaults\n\toption input 'REJECT'\n\toption flow_offloading_hw '1'\n\nconfig zone\n\toption name 'lan'\n\tlist network 'lan'\n\n");
		expect(readFileSync(join(directory, 'deltas/firewall'), 'utf8')).toBe('');
		expect(cursor().changes('firewall')).toEqual([]);
	});

	it('says what went wrong in libuci’s words', () => {
		write('config/bad', 'option x y\n');
		expect(() => cursor().load('bad')).toThrow('Parse error');
		expect(() => cursor().load('missing')).toThrow('Entry not found');
		expect(() => cursor().commit('missing')).toThrow('Entry not found');
		expect(() => parseAddress('a.b.c.d')).toThrow('Parse error');
		expect(parseAddress("firewall.@zone[0].name=it's.ok")).toEqual({ package: 'firewall', section: '@zone[0]', option: 'name', value: "it's.ok" });
	});

	it('formats what it parsed', () => {
		write('config/firewall', CONFIG);
		expect(format(cursor().load('firewall').sections)).toBe(`\n${CONFIG}\n`);
	});
});
