// SPDX-License-Identifier: Apache-2.0
/**
 * The backend's real replies against the types of web/src/contract.ts: in
 * every state of a transaction, and for 10,000 fuzzed argument sets a method.
 */
import { join } from 'node:path';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { createGenerator } from 'ts-json-schema-generator';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeRunner, realInterpreters, runMocked, sourcesFor } from '../backend/interpreters';
import type { Methods } from '../../web/src/contract';

const SETS = 10_000;
const ROUTERS = 300;
const ROOT = join(import.meta.dirname, '../..');

const schema = createGenerator({
	path: join(ROOT, 'web/src/contract.ts'), tsconfig: join(ROOT, 'tsconfig.json'),
	type: '*', additionalProperties: false, skipTypeCheck: true,
}).createSchema('*');

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

ajv.addSchema(schema as AnySchemaObject, 'contract');

function validator(method: keyof Methods): ValidateFunction {
	return ajv.compile({
		type: 'object', required: ['value'], additionalProperties: false,
		properties: { value: { $ref: `contract#/definitions/Methods/properties/${method}/properties/reply` } },
	});
}

const validators: Partial<Record<keyof Methods, ValidateFunction>> = {};

function problems(method: keyof Methods, reply: unknown): string | null {
	const valid = (validators[method] ??= validator(method));

	return valid({ value: reply }) ? null : `${JSON.stringify(reply).slice(0, 400)}: ${ajv.errorsText(valid.errors)}`;
}

/** A router on which every method can do its work. */
const router = {
	files: Object.fromEntries<string>([
		...['/sbin/fw4', '/usr/sbin/nft', '/etc/rc.d/S19firewall', '/sys/module/nf_flow_table/x', '/sys/module/nf_flow_table_inet/x', '/sys/module/nft_flow_offload/x', '/sys/class/net/br-lan/lower_lan1/x'].map((path): [string, string] => [path, '']),
		['/sys/class/net/br-lan/uevent', 'DEVTYPE=bridge\n'], ['/proc/sys/net/netfilter/nf_conntrack_acct', '1\n'], ['/proc/sys/net/netfilter/nf_conntrack_count', '9\n'],
		['/proc/stat', 'cpu  100 0 50 800 20 0 30 0 0 0\n'],
		['/proc/net/nf_conntrack', 'ipv4     2 tcp      6 src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2 packets=9 bytes=90000 src=10.0.0.2 dst=10.0.0.1 sport=2 dport=1 packets=7 bytes=376 [OFFLOAD] mark=0 zone=0 use=3\n'],
	]),
	uci: { firewall: { d: { '.type': 'defaults' }, z: { '.type': 'zone', name: 'lan', network: ['lan'] } } },
	ubus: { 'network.interface': { dump: { interface: [{ interface: 'lan', up: true, proto: 'static', device: 'br-lan', l3_device: 'br-lan' }] } } },
	commands: [
		['system', 0, ''],
		['/usr/sbin/nft -a list table inet nft_offload', 0, 'table inet nft_offload { # handle 3\n\tset slow {\n\t\telements = { "br-lan" . "wan" . ipv4 . tcp counter packets 5 bytes 300 }\n\t}\n\tset options {\n\t\telements = { 192.168.1.2 . 203.0.113.2 expires 9s }\n\t}\n}\n'],
		['/usr/sbin/nft', 0, ''],
	],
};

const PRELUDE = `
import { files, links, log, uci, state as router } from 'mock';
import { fw4 } from 'firewall4';
import * as decisions from 'nft_offload.change.decision';
import * as state from 'nft_offload.run.state';
import * as transaction from 'nft_offload.change.transaction';
import * as lease from 'nft_offload.watch.lease';
import * as watch from 'nft_offload.watch.sampler';

let object = loadfile(getenv('PLUGIN'))()['luci.nft-offload'];

function say(method, args) {
	printf('%J\\n', [ method, object[method].call({ args }) ]);
}
`;

/** Replies in every step of transactions that end in each way, and while the sampler runs. */
const STATES = `${PRELUDE}
let sleep_ = sleep, answered = null, begun;

function everything() {
	for (let args in [ {}, { watch: true } ])
		say('status', args);

	let before = state.read('transaction'), reply = object.apply.call({ args: { mode: 'off' } });

	printf('%J\\n', [ 'apply', reply ]);

	if (reply.error) {
		reply = object.measure.call({ args: {} });
		printf('%J\\n', [ 'measure', reply ]);
	}

	// nobody carries it out
	if (!reply.error)
		before ? state.write('transaction', before) : state.remove('transaction');

	for (let id in [ 'unknown', before?.id ])
		for (let method in [ 'confirm', 'revert' ])
			if (!before || !(before.step in [ 'waiting', 'measuring' ]) || id == 'unknown')
				say(method, { id });
}

function change(mode, decision) {
	begun = object.apply.call({ args: { mode, confirm_timeout: 15 } });
	printf('%J\\n', [ 'apply', begun ]);
	answered = decision;

	if (!begun.error)
		transaction.run();

	everything();
}

function compare(seconds, until) {
	begun = object.measure.call({ args: { seconds } });
	printf('%J\\n', [ 'measure', begun ]);
	answered = until;

	if (!begun.error)
		transaction.run();

	everything();
}

// The sampler that a comparison starts, or that does not start
let samples = true;

router.handlers.sampler = (line) => {
	if (index(line, 'guard -- sampler run') < 0 || !samples)
		return null;

	files['/var/run/nft-offload/sampler.pid'] = '98';
	files['/proc/98/cmdline'] = '/usr/libexec/nft-offload/guard';
	state.write('watch', {
		flows: null, slow: { at: router.now, since: router.now, pairs: [], options: [], error: null }, cpu: null,
		every: 2, cost: { conntrack: 0, nft: 0 }
	});

	return [ 0, '' ];
};

global.sleep = (ms) => {
	let tx = state.read('transaction');

	if (tx?.measurement) {
		if (int(router.now) % 4 == 0)
			everything();

		if (length(tx.measurement.phases) == answered)
			say('revert', { id: tx.id });

		return sleep_(ms);
	}

	if (tx?.step == 'waiting' && answered) {
		say(answered, { id: begun.transaction.id });
		say('revert', { id: begun.transaction.id });
	}

	return sleep_(ms);
};

everything();
change('software', 'confirm');
change('hardware', 'revert');
change('off', null);
change('software', 'confirm');
compare(5, null);
compare(5, 0);
compare(5, 1);
compare(60, 2);
samples = false;
delete files['/var/run/nft-offload/sampler.pid'];
state.remove('watch');
compare(5, null);
samples = true;
uci.firewall.d = { '.type': 'defaults' };
compare(5, null);
uci.firewall.d = { '.type': 'defaults', flow_offloading: '1' };
delete files['/var/run/nft-offload/sampler.pid'];

fw4.then = (line) => {
	if (substr(line, 0, 4) != 'df -')
		everything();
};

change('hardware', null);
fw4.refuses = [ 'lan1' ];
change('hardware', null);
fw4.refuses = [];

for (let fault in [ 'rejected', 'throws' ]) {
	fw4.reload = fault;
	change('off', null);
	fw4.reload = null;
}

fw4.check = 'invalid';
change('off', null);
fw4.check = null;
router.readonly = [ '/etc/config' ];
everything();
router.readonly = [];
state.remove('transaction');
router.full = [ '/var/run', '/tmp' ];
everything();
router.full = [];
router.deltas = [ [ 'set', 'd', 'input', 'DROP' ], [ 'add', 'x', 'zone' ] ];
everything();
router.deltas = [];
fw4.loaded = null;
change('software', null);
fw4.loaded = 'off';

for (let path in [ '/sbin/fw4', '/usr/sbin/nft', '/etc/rc.d/S19firewall', '/sys/module/nft_flow_offload/x' ]) {
	delete files[path];
	say('status', {});
	say('apply', { mode: 'hardware' });
	files[path] = '';
}

// the sampler for three rounds; its guard lives
files['/var/run/nft-offload/sampler.pid'] = '99';
files['/proc/99/cmdline'] = '/usr/libexec/nft-offload/guard';
fw4.then = null;

let rounds = 0;

global.sleep = (ms) => {
	say('status', { watch: rounds < 200 });
	rounds++;

	return sleep_(ms);
};

lease.renew();
watch.sample();

// a guard without a transaction
files['/var/run/nft-offload/transaction.pid'] = '99';
state.remove('transaction');
everything();
delete files['/var/run/nft-offload/transaction.pid'];
uci.firewall = { z: { '.type': 'zone' } };
everything();

for (let path in keys(files))
	delete files[path];

for (let path in keys(links))
	delete links[path];

delete uci.firewall;
everything();
`;

/** Bytes of `text` as a string literal of ucode. */
function literal(text: string): string {
	return `'${[...Buffer.from(text)].map((byte) => /[\w ,:.{}[\]"-]/.test(String.fromCharCode(byte)) && byte < 128
		? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;
}

const hostile = fc.constantFrom('$(reboot)', '`reboot`', "'; reboot; '", '"; reboot', '\n', '../../etc/passwd', '%s%n', '\\', '', 'a'.repeat(5000), '3132333435363738', 'software', 'hardware', 'off', '__proto__', 'constructor');
const anyValue = fc.oneof(hostile, fc.string(), fc.string({ unit: 'binary' }), fc.integer(), fc.maxSafeInteger(), fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
const any = fc.oneof(fc.dictionary(fc.string(), anyValue), anyValue);
const argumentSets = {
	status: fc.oneof(fc.record({ watch: fc.oneof(fc.boolean(), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	apply: fc.oneof(
		fc.record({ mode: fc.oneof(fc.constantFrom('off', 'software', 'hardware'), anyValue), confirm_timeout: fc.oneof(fc.integer({ min: 0, max: 700 }), anyValue) }, { requiredKeys: [] }),
		fc.dictionary(fc.string(), anyValue), anyValue),
	measure: fc.oneof(fc.record({ seconds: fc.oneof(fc.integer({ min: 0, max: 70 }), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	confirm: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	revert: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	coverage: any,
	conflicts: any,
	flows: fc.oneof(fc.record({
		search: fc.oneof(fc.constantFrom('192.168.1.', ':443', 'lan', 'fd00::1'), anyValue), path: fc.oneof(fc.constantFrom('', 'hardware', 'slow'), anyValue),
		protocol: fc.oneof(fc.constantFrom('tcp', 'other'), anyValue), family: fc.oneof(fc.constantFrom('ipv4', 'ipv6'), anyValue),
		zone: fc.oneof(fc.constantFrom('lan', 'wan'), anyValue), sort: fc.oneof(fc.constantFrom('bytes', 'rate', 'age'), anyValue),
	}, { requiredKeys: [] }), any),
	groups: any,
} satisfies Partial<Record<keyof Methods, fc.Arbitrary<unknown>>>;
const methods = Object.keys(argumentSets) as (keyof typeof argumentSets)[];

/** What a method answers when it did its work; of the others, `transaction`. */
const worked: Partial<Record<keyof Methods, RegExp>> = { status: /"api":1/, coverage: /"running":true/, conflicts: /"running":true/, flows: /"running":true/, groups: /"running":true/ };

/** Each different reply once, then the commands that ran. Every tenth call finds a trial that waits. */
const FUZZ = (method: string, sets: unknown[]): string => `${PRELUDE}
let seen = {}, number = 0;
${method === 'measure' ? "\nuci.firewall.d.flow_offloading = '1';\n" : ''}
for (let args in json(${literal(JSON.stringify(sets))})) {
	if (number++ % 10 == 0) {
		state.write('transaction', {
			id: '3132333435363738', mode: 'software', measurement: number % 40 == 1 ? { seconds: 10, phases: [] } : null, before: { flow_offloading: null, flow_offloading_hw: null },
			step: number % 20 == 1 ? 'waiting' : 'done', history: [ { step: 'waiting', at: router.now } ], timeout: 60, deadline: router.now + 60,
			outcome: null, decision: null, restored: null, error: null, warnings: []
		});
		decisions.forget('3132333435363738');
	}
	else if (number % 10 == 5) {
		state.remove('transaction');
	}

	seen[sprintf('%J', object.${method}.call({ args }))] = true;
}

printf('%J\\n', number);

for (let reply in keys(seen))
	print(reply, '\\n');

print('--\\n', join('\\n', uniq(sort(log))), '\\n');
`;

const COMMANDS = /^(\/usr\/sbin\/nft -a -t list flowtables inet; list chain inet fw4 forward|system start-stop-daemon -S -b -m -p \/var\/run\/nft-offload\/(transaction|sampler|coverage|conflicts|flows)\.pid -x \/usr\/libexec\/nft-offload\/guard -- (transaction (run|recover)|sampler run|flows run|survey (coverage|conflicts)))$/;

/** The surveys of routers on which any file, name and reply of another program is what it should not be. */
const SURVEYS = (routers: unknown[]): string => `
import { files, log, state as router, ubus, uci } from 'mock';
import * as conflicts from 'nft_offload.survey.conflicts';
import * as coverage from 'nft_offload.survey.coverage';
import * as decisions from 'nft_offload.change.decision';
import * as state from 'nft_offload.run.state';

let object = loadfile(getenv('PLUGIN'))()['luci.nft-offload'];

function refill(object, content) {
	for (let key in keys(object))
		delete object[key];

	for (let key in keys(content ?? {}))
		object[key] = content[key];
}

for (let other in json(${literal(JSON.stringify(routers))})) {
	refill(files, other.files);
	refill(uci, other.uci);
	refill(ubus, other.ubus);
	router.handlers = { garbage: (line) => [ other.code, other.output ] };
	splice(log, 0);

	state.write('coverage', coverage.survey());
	state.write('conflicts', conflicts.survey());

	for (let method in [ 'coverage', 'conflicts' ])
		printf('%J\\n', [ method, object[method].call({ args: {} }) ]);
}
`;

const NAMES = ['lan', 'wan', 'br-lan', '$(reboot)', "'; reboot; '", '<img src=x onerror=alert(1)>', '__proto__', '\u0001\n', '%s', 'ø'.repeat(40), 'x'.repeat(5000)];
const name = fc.constantFrom(...NAMES);
const option = fc.oneof(name, fc.array(name, { maxLength: 3 }), fc.constantFrom('1', '0', 'yes', '', ' ', '@lan', '192.0.2.1'));
const section = (types: string[], options: string[]): fc.Arbitrary<unknown> =>
	fc.record({ '.type': fc.constantFrom(...types), ...Object.fromEntries(options.map((each) => [each, option])) }, { requiredKeys: ['.type'] });
const content = fc.oneof(fc.constantFrom('', '\n', '1\n', '-1', '0x1003\n', 'DEVTYPE=vlan\n', 'DEVTYPE=', '65534\n', '99999999999999999999', '  1 2 3\n'), name, fc.string({ unit: 'binary', maxLength: 40 }),
	fc.array(fc.constantFrom(' ', '\n', 'BND', ' 5T', ' orig=', ' new=', '->', ':', 'src=', 'dst=', 'a', '1'), { maxLength: 40 }).map((parts) => parts.join('')));
const FILES = [
	...['ifindex', 'type', 'uevent', 'flags', 'mtu', 'iflink', 'lower_wan/x', 'lower_br-lan/x', 'bridge/vlan_filtering'].flatMap((file) => ['br-lan', 'wan', '$(reboot)'].map((device) => `/sys/class/net/${device}/${file}`)),
	'/proc/net/pppoe', '/proc/net/nf_conntrack', '/proc/net/netfilter/nfnetlink_queue', '/proc/sys/net/netfilter/nf_conntrack_udp_timeout', '/proc/sys/net/netfilter/nf_conntrack_timestamp',
	'/proc/sys/net/netfilter/nf_flowtable_tcp_timeout', '/proc/sys/kernel/osrelease', '/proc/7/comm', '/etc/openwrt_release', '/etc/nftables.d/x.nft', '/etc/init.d/sqm', '/sbin/tc', '/var/run/fw4.state',
	'/sys/kernel/debug/ppe0/bind', '/sys/fs/pstore/dmesg-0', '/sys/module/mt7915e/parameters/wed_enable', '/var/run/nft-offload/flows.0.json', '/var/run/nft-offload/coverage.json',
];
const address = fc.oneof(fc.constantFrom('192.0.2.1', '::1', '0.0.0.0', 'x', ''), fc.constant(null));
const entry = fc.record({ address, target: address, mask: fc.constantFrom(0, 24, 64, 128, 999, -5, null, 'x'), metric: fc.constantFrom(1, null), 'local-address': fc.oneof(fc.record({ address }), fc.constant(null)) }, { requiredKeys: [] });
const entries = fc.oneof(fc.array(entry, { maxLength: 4 }), fc.constant(null));
const hostileRouter = fc.record({
	files: fc.dictionary(fc.constantFrom(...FILES), content, { maxKeys: FILES.length }),
	uci: fc.record({
		firewall: fc.array(section(['defaults', 'zone', 'forwarding', 'rule', 'include'], ['name', 'network', 'device', 'masq', 'mtu_fix', 'enabled', 'src', 'dest', 'path', 'target', 'src_ip', 'weekdays', 'flow_offloading', 'flow_offloading_hw']), { maxLength: 8 }).map((list) => ({ ...list })),
		network: fc.dictionary(name, section(['interface', 'wireguard_lan'], ['device', 'tunlink', 'peeraddr', 'endpoint_host'])),
		sqm: fc.array(section(['queue'], ['interface', 'enabled', 'qdisc']), { maxLength: 3 }).map((list) => ({ ...list })),
	}, { requiredKeys: [] }),
	ubus: fc.record({ 'network.interface': fc.record({ dump: fc.record({ interface: fc.array(fc.record({
		interface: name, up: fc.boolean(), uptime: fc.nat(), dynamic: fc.boolean(), proto: fc.oneof(name, fc.constantFrom('pppoe', 'wireguard', 'gre', '6in4')), device: name, l3_device: name,
		'ipv4-address': entries, 'ipv6-address': entries, 'ipv6-prefix-assignment': entries, route: entries, data: fc.record({ zone: name }, { requiredKeys: [] }),
	}, { requiredKeys: ['interface'] }), { maxLength: 4 }) }, { requiredKeys: [] }) }, { requiredKeys: [] }) }, { requiredKeys: [] }),
	code: fc.constantFrom(0, 0, 1, 127),
	output: fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('table inet fw4 {\n', 'table ', '\tflowtable ft {\n', 'devices = { a, "b", br-lan }\n', 'flags offload\n', '}\n', 'ct helper ', 'type "', '"ftp"', 'tcp dport ', '21', '{ 1-99999999, 5 }', ' ct helper set "ftp"\n', 'qdisc cake 1: dev ', 'nf_flow', '+0x', '\n'), { maxLength: 60 }).map((parts) => parts.join(''))),
});

describe.each([nodeRunner, ...realInterpreters()])('$name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	it('answers as the contract says in every state', async () => {
		const ran = await runMocked(interpreter, directory, STATES, router);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const replies = ran.stdout.trim().split('\n').map((line) => JSON.parse(line) as [keyof Methods, { error?: { code: string }; watch?: { flows: { rates: unknown } | null } | null; transaction?: { step: string; outcome: string | null; error: { code: string } | null } | null }]);

		expect(replies.map(([method, reply]) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);

		// the states were really there (in staging no command runs at which to ask)
		expect(new Set(replies.map(([, reply]) => reply.error?.code))).toEqual(new Set([undefined, 'NO_TRANSACTION', 'INVALID_ARGUMENT', 'UNKNOWN_ID', 'NOT_WAITING', 'EXPIRED', 'BUSY', 'FOREIGN_CHANGES', 'CONFIG_READ_ONLY', 'TMP_FULL', 'FW4_MISSING', 'NFT_MISSING', 'FIREWALL_DISABLED', 'MODULE_MISSING', 'CONFIG_UNREADABLE', 'NOTHING_TO_COMPARE']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.error?.code))).toEqual(new Set([undefined, 'HARDWARE_REFUSED', 'RELOAD_FAILED', 'RULESET_INVALID', 'FIREWALL_NOT_LOADED', 'MEASURE_FAILED']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.step))).toEqual(new Set([undefined, 'checking', 'validating', 'reloading', 'verifying', 'waiting', 'measuring', 'reverting', 'done']));
		expect(replies.some(([, reply]) => reply.watch?.flows?.rates)).toBe(true);
	}, 180_000);

	it.each(methods)(`%s: ${SETS} fuzzed argument sets`, async (method) => {
		const sets = fc.sample(argumentSets[method], { numRuns: SETS, seed: 2 });
		const ran = await runMocked(interpreter, directory, FUZZ(method, sets), router, 240_000);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const [replies = '', commands = ''] = ran.stdout.split('\n--\n');
		const [count, ...different] = replies.split('\n').map((line) => JSON.parse(line) as unknown);

		expect(count).toBe(SETS);
		expect(different.map((reply) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);
		expect(commands.trim().split('\n').filter((line) => line && !COMMANDS.test(line))).toEqual([]);

		expect(JSON.stringify(different)).toMatch(worked[method] ?? /"transaction":/);
	}, 300_000);
});

describe.each([nodeRunner, ...realInterpreters()])('the surveys, $name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	it('find facts of the contract on any router, at most 24 KB of them', async () => {
		const routers = fc.sample(hostileRouter, { numRuns: ROUTERS, seed: 3 });

		routers.push({ ...router, code: 0, output: '' } as never);

		const ran = await runMocked(interpreter, directory, SURVEYS(routers), router, 240_000);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const replies = ran.stdout.trimEnd().split('\n').map((line) => [JSON.parse(line), line.length] as [[keyof Methods, { facts: unknown }], number]);

		expect(replies).toHaveLength(2 * routers.length);
		expect(replies.map(([[method, reply]]) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);
		expect(replies.filter(([[, { facts }]]) => !facts)).toEqual([]);
		expect(Math.max(...replies.map(([, size]) => size))).toBeLessThan(25_000);
	}, 300_000);
});

describe('the schema', () => {
	it('refuses what the contract does not say', () => {
		const refusal = { error: { code: 'BUSY', message: '', detail: {} } };

		expect(problems('apply', refusal)).toBeNull();
		expect(problems('apply', { error: { ...refusal.error, code: 'OTHER' } })).not.toBeNull();
		expect(problems('apply', { ...refusal, more: 1 })).not.toBeNull();
		expect(problems('status', refusal)).not.toBeNull();
		expect(problems('coverage', { running: false, facts: null })).toBeNull();
		expect(problems('coverage', { running: false, facts: {} })).not.toBeNull();
	});
});
