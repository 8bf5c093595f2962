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

const methods = ['status', 'apply', 'confirm', 'revert'] as const;
const validators = Object.fromEntries(methods.map((method) => [method, validator(method)])) as Record<keyof Methods, ValidateFunction>;

function problems(method: keyof Methods, reply: unknown): string | null {
	return validators[method]({ value: reply }) ? null : `${JSON.stringify(reply).slice(0, 400)}: ${ajv.errorsText(validators[method].errors)}`;
}

/** A router on which every method can do its work. */
const router = {
	files: Object.fromEntries<string>([
		...['/sbin/fw4', '/usr/sbin/nft', '/etc/rc.d/S19firewall', '/sys/module/nf_flow_table/x', '/sys/module/nf_flow_table_inet/x', '/sys/module/nft_flow_offload/x', '/sys/class/net/br-lan/lower_lan1/x'].map((path): [string, string] => [path, '']),
		['/sys/class/net/br-lan/uevent', 'DEVTYPE=bridge\n'], ['/proc/sys/net/netfilter/nf_conntrack_acct', '1\n'], ['/proc/sys/net/netfilter/nf_conntrack_count', '9\n'],
		['/proc/net/nf_conntrack', 'ipv4     2 tcp      6 src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2 packets=9 bytes=90000 src=10.0.0.2 dst=10.0.0.1 sport=2 dport=1 packets=7 bytes=376 [OFFLOAD] mark=0 zone=0 use=3\n'],
	]),
	uci: { firewall: { d: { '.type': 'defaults' }, z: { '.type': 'zone', name: 'lan', network: ['lan'] } } },
	ubus: { 'network.interface': { dump: { interface: [{ interface: 'lan', up: true, proto: 'static', device: 'br-lan', l3_device: 'br-lan' }] } } },
	commands: [
		['system', 0, ''],
		['/usr/sbin/nft list table inet nft_offload', 0, 'table inet nft_offload {\n\tset slow {\n\t\telements = { "br-lan" . "wan" . tcp counter packets 5 bytes 300 }\n\t}\n}\n'],
		['/usr/sbin/nft', 0, ''],
	],
};

const PRELUDE = `
import { files, links, log, uci, state as router } from 'mock';
import { fw4 } from 'firewall4';
import * as state from 'nft_offload.state';
import * as transaction from 'nft_offload.transaction';
import * as watch from 'nft_offload.watch';

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

	// nobody carries it out
	if (!reply.error)
		before ? state.write('transaction', before) : state.remove('transaction');

	for (let id in [ 'unknown', before?.id ])
		for (let method in [ 'confirm', 'revert' ])
			if (!before || before.step != 'waiting' || id == 'unknown')
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

global.sleep = (ms) => {
	if (state.read('transaction')?.step == 'waiting' && answered) {
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

watch.renew();
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
const argumentSets: Record<keyof Methods, fc.Arbitrary<unknown>> = {
	status: fc.oneof(fc.record({ watch: fc.oneof(fc.boolean(), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	apply: fc.oneof(
		fc.record({ mode: fc.oneof(fc.constantFrom('off', 'software', 'hardware'), anyValue), confirm_timeout: fc.oneof(fc.integer({ min: 0, max: 700 }), anyValue) }, { requiredKeys: [] }),
		fc.dictionary(fc.string(), anyValue), anyValue),
	confirm: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	revert: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
};

/** Each different reply once, then the commands that ran. Every tenth call finds a trial that waits. */
const FUZZ = (method: string, sets: unknown[]): string => `${PRELUDE}
let seen = {}, number = 0;

for (let args in json(${literal(JSON.stringify(sets))})) {
	if (number++ % 10 == 0) {
		state.write('transaction', {
			id: '3132333435363738', mode: 'software', before: { flow_offloading: null, flow_offloading_hw: null },
			step: number % 20 == 1 ? 'waiting' : 'done', history: [ { step: 'waiting', at: router.now } ], timeout: 60, deadline: router.now + 60,
			outcome: null, decision: null, restored: null, error: null, warnings: []
		});
		state.forget('3132333435363738');
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

const COMMANDS = /^(\/usr\/sbin\/nft -t list flowtables inet; list chain inet fw4 forward|system start-stop-daemon -S -b -m -p \/var\/run\/nft-offload\/(transaction|sampler)\.pid -x \/usr\/libexec\/nft-offload\/guard -- (transaction (run|recover)|sampler run))$/;

describe.each([nodeRunner, ...realInterpreters()])('$name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	it('answers as the contract says in every state', async () => {
		const ran = await runMocked(interpreter, directory, STATES, router);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const replies = ran.stdout.trim().split('\n').map((line) => JSON.parse(line) as [keyof Methods, { error?: { code: string }; watch?: { flows: { rates: unknown } | null } | null; transaction?: { step: string; outcome: string | null; error: { code: string } | null } | null }]);

		expect(replies.map(([method, reply]) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);

		// the states were really there (in staging no command runs at which to ask)
		expect(new Set(replies.map(([, reply]) => reply.error?.code))).toEqual(new Set([undefined, 'NO_TRANSACTION', 'INVALID_ARGUMENT', 'UNKNOWN_ID', 'NOT_WAITING', 'EXPIRED', 'BUSY', 'FOREIGN_CHANGES', 'CONFIG_READ_ONLY', 'TMP_FULL', 'FW4_MISSING', 'NFT_MISSING', 'FIREWALL_DISABLED', 'MODULE_MISSING', 'CONFIG_UNREADABLE']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.error?.code))).toEqual(new Set([undefined, 'HARDWARE_REFUSED', 'RELOAD_FAILED', 'RULESET_INVALID', 'FIREWALL_NOT_LOADED']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.step))).toEqual(new Set([undefined, 'checking', 'validating', 'reloading', 'verifying', 'waiting', 'reverting', 'done']));
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

		if (method !== 'status')
			expect(JSON.stringify(different)).toMatch(/"transaction":/);
	}, 300_000);
});

describe('the schema', () => {
	it('refuses what the contract does not say', () => {
		const refusal = { error: { code: 'BUSY', message: '', detail: {} } };

		expect(problems('apply', refusal)).toBeNull();
		expect(problems('apply', { error: { ...refusal.error, code: 'OTHER' } })).not.toBeNull();
		expect(problems('apply', { ...refusal, more: 1 })).not.toBeNull();
		expect(problems('status', refusal)).not.toBeNull();
	});
});
