// SPDX-License-Identifier: Apache-2.0
/** ubus over HTTP with rpcd behind it, in processes of their own as in the guest. */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDevice, FIXTURES, makeRoot, STANDINS } from './root.ts';

const ANONYMOUS = '0'.repeat(32);
const APP = fileURLToPath(new URL('../../luci-app-nft-offload', import.meta.url));
const root = makeRoot();
const { SOCKETS } = await import('../../testbed/standins/lib/paths.mjs');
const { Bus } = await import('../../testbed/standins/lib/bus.mjs');
const { startUhttpd } = await import('../../testbed/standins/uhttpd/server.mjs');

const PLUGIN = `'use strict';
return {
	test: {
		echo: { args: { text: 'x', number: 0, flag: true, list: [], table: {} }, call: (request) => ({ got: request.args }) },
		types: { call: () => ({ big: 5000000000, half: 0.5, none: null, nested: [ { a: 'ü' } ] }) },
		nothing: { call: () => null },
		throws: { call: () => die('broken') },
		leaves: { call: () => exit(6) },
		sleeps: { args: { seconds: 0 }, call: (request) => { system(\`sleep \${request.args.seconds}\`); return {}; } },
		zone: { call: () => ({ networks: map(require('ubus').connect().call('network.interface', 'dump').interface, (i) => i.interface) }) },
	},
};
`;

const RPCD = `
config login
	option username 'root'
	option password '$p$root'
	list read '*'
	list write '*'

config login
	option username 'viewer'
	option password '$1$testbed$7B3EcQrePx.93ai/pGv401'
	list read 'luci-app-nft-offload'
	list read 'unauthenticated'
`;

const children = new Map<string, ChildProcess>();
let http: HttpServer;
let base = '';

function start(name: string, script: string) {
	const child = spawn(process.execPath, [join(STANDINS, script)], { env: process.env, stdio: ['ignore', 'inherit', 'pipe'] });

	children.set(name, child);
	return child;
}

async function stop(name: string, signal: NodeJS.Signals = 'SIGKILL') {
	const child = children.get(name)!;

	children.delete(name);
	child.kill(signal);
	await once(child, 'exit');
}

async function until(condition: () => Promise<boolean> | boolean) {
	while (!await condition())
		await new Promise((resolve) => setTimeout(resolve, 30));
}

async function objects() {
	const bus = await Bus.open(SOCKETS.ubus);
	const found = (await bus.lookup('')).map(({ path }) => path);

	bus.close();
	return found;
}

/** A call from the router itself, past uhttpd's question to rpcd. */
async function local(object: string, method: string, args: object) {
	const bus = await Bus.open(SOCKETS.ubus);
	const { status } = await bus.call(object, method, args);

	bus.close();
	return status;
}

async function startRpcd() {
	const child = start('rpcd', 'rpcd/main.mjs');

	await until(async () => (await objects()).includes('test'));
	return child;
}

type Answer = { result?: unknown; error?: { code: number; message: string } };

async function post(body: unknown): Promise<unknown> {
	const response = await fetch(`${base}/ubus/`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

	return response.json();
}

const message = (session: string, object: string, method: string, args: object) => ({ jsonrpc: '2.0', id: 1, method: 'call', params: [session, object, method, args] });

async function call(session: string, object: string, method: string, args: object = {}) {
	const { result, error } = await post(message(session, object, method, args)) as Answer;

	return result ?? error?.code;
}

async function login(username = 'root', password = 'testbed') {
	const [status, data] = await call(ANONYMOUS, 'session', 'login', { username, password }) as [number, { ubus_rpc_session: string }];

	return status === 0 ? data.ubus_rpc_session : null;
}

beforeAll(async () => {
	addDevice(root, 'lo');
	addDevice(root, 'br-lan', []);
	addDevice(root, 'wan');
	root.write('etc/config/rpcd', RPCD);
	root.write('etc/shadow', 'root:$1$testbed$I6pyTfIvmP.bVWulSudi8/:19700:0:99999:7:::\n');
	root.write('usr/share/rpcd/ucode/test.uc', PLUGIN);
	root.write('usr/share/rpcd/ucode/bad.uc', 'return { bad: ');
	root.write('usr/share/rpcd/acl.d/test.json', JSON.stringify({ 'luci-app-test': { read: { ubus: { test: ['*'] } } } }));
	cpSync(join(APP, 'root'), root.path, { recursive: true });
	start('router', 'routerd.mjs');
	await until(() => existsSync(SOCKETS.tools));
	await startRpcd();
	http = await startUhttpd({ socket: SOCKETS.ubus, roots: [join(APP, 'htdocs'), join(root.path, 'www')], port: 0, host: '127.0.0.1' });
	base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}, 60_000);

afterAll(async () => {
	http.close();
	http.closeAllConnections();

	for (const name of [...children.keys()])
		await stop(name);

	root.remove();
});

describe('JSON-RPC', () => {
	it.each([
		['{', -32700], ['"x"', -32700], ['{"jsonrpc":"1.0","method":"list"}', -32700], ['{"jsonrpc":"2.0","method":"bogus"}', -32601],
		['{"jsonrpc":"2.0","method":"call","params":["x"]}', -32700],
		[JSON.stringify(message(ANONYMOUS, 'nope', 'x', {})), -32000],
		[JSON.stringify(message(ANONYMOUS, 'test', 'echo', {})), -32002],
		[`{"x":"${'y'.repeat(70_000)}"}`, -32700],
	])('%.60s is error %d', async (body, code) => expect(await post(body)).toMatchObject({ jsonrpc: '2.0', error: { code } }));

	it('answers a batch in its order', async () => {
		expect(await post([message(ANONYMOUS, 'nope', 'x', {}), { ...message(ANONYMOUS, 'test', 'echo', {}), id: 'b' }, 7])).toEqual([
			{ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'Object not found' } },
			{ jsonrpc: '2.0', id: 'b', error: { code: -32002, message: 'Access denied' } },
			{ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } },
		]);
	});

	it('lists objects and signatures to anybody', async () => {
		expect(await post({ jsonrpc: '2.0', id: 1, method: 'list' })).toMatchObject({ result: expect.arrayContaining(['network.interface', 'session', 'test', 'uci']) as unknown });
		expect(await post({ jsonrpc: '2.0', id: 1, method: 'list', params: ['test'] })).toMatchObject({
			result: { test: { echo: { text: 'string', number: 'number', flag: 'boolean', list: 'array', table: 'object' } } },
		});
	});

	it('has the other form of calls', async () => {
		const session = await login();
		const ask = async (path: string, headers: Record<string, string>) => (await fetch(`${base}/ubus/call/${path}`, {
			method: 'POST', headers, body: '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"number":1}}',
		})).json() as Promise<unknown>;

		expect(await ask('test', { Authorization: `Bearer ${session}` })).toEqual({ jsonrpc: '2.0', id: 1, result: { got: { number: 1, ubus_rpc_session: session } } });
		expect(await ask('test', {})).toMatchObject({ error: { code: -32002 } });
	});
});

describe('sessions', () => {
	it('need the right password', async () => {
		expect(await login('root', 'wrong')).toBeNull();
		expect(await login('nobody', 'testbed')).toBeNull();
		expect(await call(ANONYMOUS, 'session', 'login', { username: 'root' })).toEqual([2]);
		expect(await login()).toMatch(/^[0-9a-f]{32}$/);
		expect(await login('viewer', 'viewer')).toMatch(/^[0-9a-f]{32}$/);
	});

	it('open what acl.d gives their user', async () => {
		const [admin, viewer] = [(await login())!, (await login('viewer', 'viewer'))!];
		const may = (session: string, method: string) => call(session, 'session', 'access', { object: 'luci.nft-offload', 'function': method });

		expect(await may(admin, 'apply')).toEqual([0, { access: true }]);
		expect(await may(viewer, 'status')).toEqual([0, { access: true }]);
		expect(await may(viewer, 'apply')).toEqual([0, { access: false }]);
		expect(await call(viewer, 'test', 'echo')).toBe(-32002);
		expect(await call(viewer, 'session', 'access')).toEqual([0, expect.objectContaining({ 'access-group': { 'luci-app-nft-offload': ['read'], unauthenticated: ['read'] } })]);
	});

	it('end', async () => {
		const session = (await login())!;

		expect(await local('session', 'destroy', { ubus_rpc_session: session })).toBe(0);
		expect(await local('session', 'destroy', { ubus_rpc_session: ANONYMOUS })).toBe(6);
		expect(await call(session, 'test', 'types')).toBe(-32002);

		const [, short] = await call(ANONYMOUS, 'session', 'login', { username: 'root', password: 'testbed', timeout: 1 }) as [number, { ubus_rpc_session: string }];

		expect(await call(short.ubus_rpc_session, 'test', 'nothing')).toEqual([5]);
		await new Promise((resolve) => setTimeout(resolve, 1200));
		expect(await call(short.ubus_rpc_session, 'test', 'nothing')).toBe(-32002);
	});
});

describe('a ucode plugin', () => {
	const raw = async (args: string) => {
		const body = `{"jsonrpc":"2.0","id":1,"method":"call","params":["${await login()}","test","echo",${args}]}`;

		return (await post(body) as Answer).result;
	};

	it.each([
		['{}', 0], ['{"text":"a","number":1,"flag":false,"list":[1],"table":{"a":{}}}', 0], ['{"number":-2147483648}', 0],
		['{"text":1}', 2], ['{"text":null}', 2], ['{"number":1.0}', 2], ['{"number":1e2}', 2], ['{"number":2147483648}', 2], ['{"number":"1"}', 2],
		['{"number":true}', 2], ['{"flag":1}', 2], ['{"list":{}}', 2], ['{"table":[]}', 2], ['{"bogus":1}', 2], ['{"":1}', 2], ['{"__proto__":1}', 2],
	])('is asked with %s: status %d', async (args, status) => expect((await raw(args) as number[])[0]).toBe(status));

	it('gives its types back', async () => expect(await call((await login())!, 'test', 'types'))
		.toEqual([0, { big: 5_000_000_000, half: 0.5, none: null, nested: [{ a: 'ü' }] }]));

	it.each([['nothing', [5]], ['throws', [9]], ['leaves', [6]], ['bogus', [3]]])('%s: %j', async (method, result) => expect(await call((await login())!, 'test', method)).toEqual(result));

	it('sees netifd on its bus', async () => expect(await call((await login())!, 'test', 'zone')).toEqual([0, { networks: ['lan', 'loopback', 'wan', 'wan6'] }]));

	it('keeps everybody waiting while it works', async () => {
		const session = (await login())!;
		const started = Date.now();
		const slow = call(session, 'test', 'sleeps', { seconds: 1 });

		await new Promise((resolve) => setTimeout(resolve, 100));
		await call(session, 'session', 'access', { object: 'x', 'function': 'y' });
		expect(Date.now() - started).toBeGreaterThan(900);
		await slow;
	});
});

describe('rpcd gone and back', () => {
	it('loses its sessions on a restart, keeps them on a reload', async () => {
		const session = (await login())!;

		root.write('usr/share/rpcd/ucode/zlate.uc', 'return { late: { call: { call: () => ({}) } } };');
		children.get('rpcd')!.kill('SIGHUP');
		await until(async () => (await objects()).includes('late'));
		expect(await call(session, 'test', 'nothing')).toEqual([5]);

		await stop('rpcd');
		await until(async () => !(await objects()).includes('test'));
		expect(await call(session, 'test', 'nothing')).toBe(-32000);
		expect((await fetch(`${base}/cgi-bin/luci/`)).status).toBe(403);

		await startRpcd();
		expect(await call(session, 'test', 'nothing')).toBe(-32002);
	});
});

describe('the uci object', () => {
	const FIREWALL = join(root.path, 'etc/config/firewall');
	const before = readFileSync(join(FIXTURES, 'firewall'), 'utf8');

	it('stages for one session, and applies until confirmed', async () => {
		const [session, other] = [(await login())!, (await login())!];
		const values = { flow_offloading: '0', flow_offloading_hw: 1 };

		expect(await call(session, 'uci', 'set', { config: 'firewall', section: '@defaults[0]', values })).toEqual([0]);
		expect(await call(session, 'uci', 'changes', {})).toEqual([0, { changes: { firewall: [
			['set', 'cfg01e63d', 'flow_offloading', '0'], ['set', 'cfg01e63d', 'flow_offloading_hw', '1'],
		] } }]);
		expect(await call(other, 'uci', 'changes', {})).toEqual([0, { changes: {} }]);
		expect(existsSync(join(root.path, 'tmp/.uci/firewall'))).toBe(false);
		expect(readFileSync(FIREWALL, 'utf8')).toBe(before);

		expect(await call(session, 'uci', 'apply', { rollback: true, timeout: 30 })).toEqual([0]);
		expect(readFileSync(FIREWALL, 'utf8')).toContain('\toption flow_offloading \'0\'\n\toption flow_offloading_hw \'1\'\n');
		expect(await call(other, 'uci', 'confirm', {})).toEqual([6]);
		expect(await call(session, 'uci', 'confirm', {})).toEqual([0]);
		expect(await call(session, 'uci', 'confirm', {})).toEqual([5]);
		expect(await call(session, 'uci', 'get', { config: 'firewall', section: '@defaults[0]', option: 'flow_offloading' })).toEqual([0, { value: '0' }]);
		writeFileSync(FIREWALL, before);
	});

	it('takes back what nobody confirmed', async () => {
		const session = (await login())!;

		await call(session, 'uci', 'set', { config: 'firewall', type: 'zone', match: { name: 'wan' }, values: { masq: '0', network: ['wan'] } });
		expect(await call(session, 'uci', 'apply', { rollback: true, timeout: 1 })).toEqual([0]);
		expect(readFileSync(FIREWALL, 'utf8')).toContain('option masq \'0\'');
		await until(() => readFileSync(FIREWALL, 'utf8') === before);
		expect(await call(session, 'uci', 'changes', { config: 'firewall' })).toMatchObject([0, { changes: expect.arrayContaining([['list-add', 'cfg03dc81', 'network', 'wan']]) as unknown }]);
		expect(await local('uci', 'revert', { config: 'firewall', ubus_rpc_session: session })).toBe(0);
		expect(await call(session, 'uci', 'changes', { config: 'firewall' })).toEqual([0, { changes: [] }]);
	});

	it('refuses', async () => {
		const [admin, viewer] = [(await login())!, (await login('viewer', 'viewer'))!];

		expect(await call(viewer, 'uci', 'get', { config: 'firewall' })).toBe(-32002);
		expect(await call(admin, 'uci', 'apply', {})).toEqual([5]);
		expect(await call(admin, 'uci', 'set', { config: 'network', section: 'lan', values: { a: '1' } })).toEqual([6]);
		expect(await local('uci', 'set', { config: 'nope', section: 'a', values: {} })).toBe(4);
		expect(await call(admin, 'uci', 'set', { config: 'firewall', section: 'nope', values: { a: '1' } })).toEqual([4]);
		expect(await call(admin, 'uci', 'set', { config: 'firewall', section: '@defaults[0]', values: { 'a b': '1' } })).toEqual([2]);
		expect(await call(admin, 'uci', 'get', {})).toEqual([2]);
	});
});

describe('LuCI', () => {
	const PAGE = '/cgi-bin/luci/admin/network/nft-offload';
	const visit = (path: string, cookie = '', form?: Record<string, string>) => fetch(base + path, {
		redirect: 'manual', headers: { cookie }, ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
	});

	async function cookie(username: string, password: string) {
		const response = await visit(PAGE, '', { luci_username: username, luci_password: password });

		return { status: response.status, location: response.headers.get('location'), cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
	}

	it('asks for a login', async () => {
		const asked = await visit(PAGE);

		expect(asked.status).toBe(403);
		expect(asked.headers.get('x-luci-login-required')).toBe('yes');
		expect(await asked.text()).toContain('name="luci_username"');
		expect((await cookie('root', 'wrong')).status).toBe(403);
		expect(await cookie('root', 'testbed')).toMatchObject({ status: 302, location: PAGE, cookie: expect.stringMatching(/^sysauth_http=[0-9a-f]{32}$/) as string });
	});

	it('tells the page what its user may do', async () => {
		for (const [user, password, readonly] of [['root', 'testbed', undefined], ['viewer', 'viewer', true]] as const) {
			const html = await (await visit(PAGE, (await cookie(user, password)).cookie)).text();
			const environment = JSON.parse(/luciEnvironment = (.*);<\/script>/.exec(html)![1]!) as { view: string; nodespec: { readonly?: boolean; satisfied: boolean } };

			expect(environment).toMatchObject({ view: 'nft-offload/status', nodespec: { satisfied: true } });
			expect(environment.nodespec.readonly).toBe(readonly);
		}
	});

	it('knows other pages, and none', async () => {
		const admin = (await cookie('root', 'testbed')).cookie;

		expect((await visit('/cgi-bin/luci/', admin)).status).toBe(200);
		expect((await visit('/cgi-bin/luci/admin/nope', admin)).status).toBe(404);
		expect((await visit('/', '')).headers.get('location')).toBe('/cgi-bin/luci/');
		expect((await visit('/luci-static/resources/view/nft-offload/status.js')).status).toBe(200);
		expect((await visit('/luci-static/../../etc/shadow')).status).toBe(404);
		expect((await visit('/%2e%2e/%2e%2e/etc/shadow')).status).toBe(404);
		await visit('/cgi-bin/luci/admin/logout', admin);
		expect((await visit(PAGE, admin)).status).toBe(403);
	});
});

describe('the ubus command', () => {
	const ubus = (...words: string[]) => new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
		const child = execFile('busybox', ['sh', join(root.path, 'bin/ubus'), ...words], { env: process.env }, (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
	});

	it('lists', async () => {
		expect(await ubus('list', 'network.d*')).toEqual({ code: 0, stdout: 'network.device\n', stderr: '' });
		expect((await ubus('-v', 'list', 'test')).stdout).toMatch(/^'test' @[0-9a-f]{8}\n\t"echo":\{"text":"String","number":"Integer","flag":"Boolean","list":"Array","table":"Table"\}\n/);
		expect(await ubus('list', 'nope')).toEqual({ code: 4, stdout: '', stderr: 'Command failed: Not found\n' });
	});

	it('calls', async () => {
		expect(await ubus('-S', 'call', 'test', 'echo', '{"text":"it\'s \\"ü\\""}')).toEqual({ code: 0, stdout: '{"got":{"text":"it\'s \\"ü\\""}}\n', stderr: '' });
		expect((await ubus('call', 'system', 'board')).stdout).toMatch(/^\{\n\t"kernel": "[^]*\t"hostname": "Box",\n[^]*\n\}\n$/);
		expect(await ubus('call', 'test', 'throws')).toEqual({ code: 247, stdout: '', stderr: 'Command failed: ubus call test throws (Unknown error)\n' });
		expect(await ubus('call', 'test', 'bogus')).toMatchObject({ code: 253, stderr: 'Command failed: ubus call test bogus (Method not found)\n' });
		expect(await ubus('call', 'nope', 'x')).toEqual({ code: 4, stdout: '', stderr: 'Command failed: Not found\n' });
		expect(await ubus('call', 'test', 'echo', '{x')).toMatchObject({ code: 244 });
		expect(await ubus('-t', '1', 'call', 'test', 'sleeps', '{"seconds":2}')).toMatchObject({ code: 249, stderr: 'Command failed: ubus call test sleeps {"seconds":2} (Request timed out)\n' });
	});

	it('says when nobody answers', async () => {
		rmSync(SOCKETS.tools);
		expect(await ubus('list')).toEqual({ code: 255, stdout: '', stderr: 'ubus: the testbed\'s tools do not answer\n' });
	});
});
