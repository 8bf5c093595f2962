// SPDX-License-Identifier: Apache-2.0
/**
 * `make bench`, on every ucode that is installed ($UCODE, or `ucode` on PATH),
 * over 65,536 entries of conntrack: what the sampler's pass costs against
 * reading and counting the lines alone, what a search costs against the
 * sampler's pass, for each filter and sort, and how much memory and how long an
 * answer it takes, and for how long each method of the ubus object keeps rpcd
 * from answering anybody else, with the longest answers there are. With $LUCI, a directory of LuCI's modules (luci-base/ucode),
 * the pass is also measured against getConntrackList. Exits with 1 when a limit
 * is broken on a real ucode, or when the sums are wrong.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CONFLICTS, COVERAGE, GROUPS } from '../unit/fixtures/surveys.ts';
import { nodeRunner, realInterpreters, type Interpreter } from '../backend/interpreters';
import { conntrackTable } from './table';

const RPCD = join(import.meta.dirname, '../../rpcd');

const ENTRIES = 65_536;
const LIMIT = 5;
const ROUNDS = 11;

/** A search against the pass, kB of memory, bytes of an answer, and the pass against LuCI's list. */
const SEARCH = { ratio: 1.5, rounds: 5, peak: 8192, bytes: 24_576 };
const LUCI = 1 / 20;

/** ms for which a call may keep rpcd. */
const BLOCKED = 50;
const CALLS = 300;

interface Measured {
	/** ns of CPU */
	cost: number;
	entries: number;
	/** kB */
	peak: number;
	paths?: unknown;
}

const directory = mkdtempSync(join(tmpdir(), 'nft-offload-bench-'));
const file = join(directory, 'nf_conntrack');
const table = conntrackTable(ENTRIES);

function measure(interpreter: Interpreter, script: string, ...more: string[]): Measured {
	const [program = '', ...first] = interpreter.command;

	return JSON.parse(execFileSync(program, [...first, '-L', directory, join(import.meta.dirname, script), file, ...more], { encoding: 'utf8', maxBuffer: 1 << 28 })) as Measured;
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Both in turn, so that whatever else the machine does meets both. */
function compare(interpreter: Interpreter): Record<string, string | number> & { ratio: number } {
	const reading: number[] = [], passing: number[] = [];
	let last: Measured | undefined;

	for (let round = 0; round < ROUNDS; round++) {
		reading.push(measure(interpreter, 'reading.uc').cost / 1e6);
		passing.push((last = measure(interpreter, 'passing.uc')).cost / 1e6);

		if (last.entries !== ENTRIES || !isDeepStrictEqual(last.paths, table.paths))
			throw new Error(`${interpreter.name}: the sums are wrong`);
	}

	const ratio = median(passing) / median(reading);

	return {
		'ucode': interpreter.name,
		'reading alone, ms': median(reading).toFixed(1),
		'pass, ms': median(passing).toFixed(1),
		ratio: Number(ratio.toFixed(2)),
		'peak memory, kB': last?.peak ?? NaN,
	};
}

const NETWORKS = [
	{ name: 'lan', zone: 'lan', masq: false, default_route: false, subnets: ['192.168.0.0/22', '192.168.4.0/24', 'fd00:1::/60'] },
	{ name: 'guest', zone: 'guest', masq: false, default_route: false, subnets: ['192.168.5.0/24', '10.0.16.0/20', 'fd00:2::/64'] },
	{ name: 'iot', zone: 'iot', masq: false, default_route: false, subnets: ['192.168.6.64/26'] },
	{ name: 'wan', zone: 'wan', masq: true, default_route: true, subnets: ['203.0.113.0/24', '2001:db8:ffff::/64'] },
];
const HOSTS = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`192.168.${i & 7}.${i + 1}`, i === 7 ? 'laptop' : `phone-${i}`]));
const ANY = { search: '', path: '', protocol: '', family: '', zone: '', sort: 'bytes' };
const SEARCHES: Partial<typeof ANY>[] = [{},
	...['192.168.1.77', '192.168.', 'fd00:1:', '192.168.4.0/23', 'fd00:1::/62', ':443', 'laptop', 'phone', 'lan', 'guest', 'iot', 'wan', 'nobody'].map((search) => ({ search })),
	...['lan', 'guest', 'iot', 'wan'].map((zone) => ({ zone })),
	...['hardware', 'software', 'slow'].map((path) => ({ path })),
	...['tcp', 'udp', 'other'].map((protocol) => ({ protocol })),
	...['ipv4', 'ipv6'].map((family) => ({ family })),
	{ sort: 'rate' }, { sort: 'age' },
	{ zone: 'wan', sort: 'rate' }, { zone: 'iot', sort: 'rate' }, { search: 'lan', sort: 'rate' }, { search: 'phone', sort: 'age' },
	{ zone: 'lan', search: 'wan', path: 'slow', sort: 'rate' }, { zone: 'wan', search: 'phone', protocol: 'tcp', family: 'ipv4', path: 'software', sort: 'rate' },
	{ zone: 'wan', search: 'lan', path: 'hardware', sort: 'age' }, { search: ':443', zone: 'lan', protocol: 'tcp', sort: 'rate' }];

/** Tables that are hard on one thing each, for memory and for the length of an answer. */
const TABLES = {
	'a busy router': {}, 'all IPv6': { ipv6: 10 }, 'a client a flow': { ipv6: 0, clients: 65_024 }, 'all offloaded': { offloaded: true },
};

function search(interpreter: Interpreter, asked: object): Measured & { rows: number; reply: string } {
	return measure(interpreter, 'searching.uc', JSON.stringify({ networks: NETWORKS, hosts: HOSTS, by_age: false, ...asked })) as Measured & { rows: number; reply: string };
}

/** The least of both in turn: what else the machine does only adds. */
function searches(interpreter: Interpreter): string[] {
	const broken: string[] = [], rows = [];

	for (const asked of SEARCHES) {
		const costs: number[] = [], passes: number[] = [];
		let last = search(interpreter, { query: { ...ANY, ...asked } });

		for (let round = 0; round < SEARCH.rounds; round++) {
			passes.push(measure(interpreter, 'passing.uc').cost / 1e6);
			costs.push((last = search(interpreter, { query: { ...ANY, ...asked } })).cost / 1e6);
		}

		const ratio = Math.min(...costs) / Math.min(...passes), name = JSON.stringify(asked);

		rows.push({ 'search': name, 'ms': Math.min(...costs).toFixed(0), 'against the pass': Number(ratio.toFixed(2)), 'rows': last.rows, 'bytes': bytesOf(last.reply), 'peak memory, kB': last.peak });
		broken.push(...judge(name, last, ratio));
	}

	console.log(`searches, at most ${SEARCH.ratio} times the pass, ${SEARCH.bytes} bytes, ${SEARCH.peak} kB; the least of ${SEARCH.rounds}`);
	console.table(rows);

	return broken;
}

function bytesOf(reply: string): number {
	return Buffer.byteLength(JSON.stringify({ running: true, facts: { ...JSON.parse(reply) as object, at: 123456.789, cost: 1234.5, every: 123.45 } }));
}

function judge(name: string, { peak, reply, entries }: { peak: number; reply: string; entries: number }, ratio = 0): string[] {
	return [
		...ratio > SEARCH.ratio ? [`${name} costs ${ratio.toFixed(2)} times the pass`] : [],
		...peak > SEARCH.peak ? [`${name} takes ${peak} kB`] : [],
		...bytesOf(reply) > SEARCH.bytes ? [`${name} answers ${bytesOf(reply)} bytes`] : [],
		...entries !== ENTRIES ? [`${name} saw ${entries} entries`] : [],
	];
}

function tables(interpreter: Interpreter): string[] {
	const broken: string[] = [], rows = [];

	for (const [name, options] of Object.entries(TABLES)) {
		writeFileSync(file, conntrackTable(ENTRIES, options).text);

		for (const asked of [{ query: ANY }, { query: { ...ANY, sort: 'rate', zone: 'wan' } }, {}]) {
			const what = `${name}: ${'query' in asked ? JSON.stringify(asked.query.zone ? { zone: 'wan', sort: 'rate' } : {}) : 'groups'}`;
			const last = search(interpreter, asked);

			rows.push({ 'table': what, 'ms': (last.cost / 1e6).toFixed(0), 'rows': last.rows, 'bytes': bytesOf(last.reply), 'peak memory, kB': last.peak });
			broken.push(...judge(what, last));
		}
	}

	console.table(rows);
	writeFileSync(file, table.text);

	return broken;
}

/** An answer as long as there are any: its first list again and again. */
function padded<T extends object>(facts: T, list: keyof T): T {
	const one = facts[list] as unknown[];
	const room = SEARCH.bytes - 64 - JSON.stringify({ ...facts, [list]: [] }).length;
	return { ...facts, [list]: Array.from({ length: Math.floor(room / (JSON.stringify(one[0]).length + 16)) }, (_nothing, index) => one[index % one.length]) };
}

/** The installed backend, over a directory of its own, whose workers have left their longest answers. */
function blocking(interpreter: Interpreter): string[] {
	const home = join(directory, 'blocking'), state = join(home, 'state'), at = 1e9;

	mkdirSync(join(home, 'nft_offload'), { recursive: true });
	mkdirSync(join(home, 'bench'), { recursive: true });
	mkdirSync(state, { recursive: true });
	copyFileSync(join(import.meta.dirname, 'cost.uc'), join(home, 'bench/cost.uc'));

	const install = (from: string, to: string): void => writeFileSync(join(home, to), readFileSync(join(RPCD, from), 'utf8').replaceAll('/var/run/nft-offload', state));

	for (const module of readdirSync(join(RPCD, 'modules'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.uc'))) {
		mkdirSync(dirname(join(home, 'nft_offload', module)), { recursive: true });
		install(`modules/${module}`, `nft_offload/${module}`);
	}

	install('object/nft-offload.uc', 'plugin.uc');

	/* one fork, as on a router, and nobody comes of it */
	writeFileSync(join(home, 'start-stop-daemon'), '#!/bin/sh\n', { mode: 0o755 });

	const found = JSON.parse(search(interpreter, { query: ANY }).reply) as object;
	const left = { 'asked': { flows: [{ query: ANY, at }], groups: at }, 'flows.0': { ...found, at, cost: 1, every: 2 }, 'groups': padded({ ...GROUPS, at }, 'clients'), 'coverage': padded({ ...COVERAGE, at }, 'links'), 'conflicts': padded({ ...CONFLICTS, at }, 'tunnels') };

	for (const [name, facts] of Object.entries(left))
		writeFileSync(join(state, `${name}.json`), JSON.stringify(facts));

	const methods = [['status', { watch: true }], ['flows', {}], ['groups', {}], ['coverage', {}], ['conflicts', {}], ['apply', { mode: 'software' }], ['measure', {}], ['confirm', { id: 'x' }]];
	const [program = '', ...first] = interpreter.command;
	const calls = JSON.parse(execFileSync(program, [...first, '-L', home, join(import.meta.dirname, 'blocking.uc'), join(home, 'plugin.uc'), String(CALLS), JSON.stringify(methods)],
		{ encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, PATH: `${home}:${process.env.PATH}` } })) as Record<string, { cpu: number[]; wall: number[]; bytes: number; error?: string }>;
	const ms = (ns: number): string => (ns / 1e6).toFixed(2);

	console.log(`for how long a method keeps rpcd, at most ${BLOCKED} ms; ${CALLS} calls`);
	console.table(Object.entries(calls).map(([method, { cpu, wall, bytes, error }]) =>
		({ method, 'CPU, ms': ms(median(cpu)), 'at most': ms(Math.max(...cpu)), 'by the clock, ms': ms(median(wall)), 'at most ': ms(Math.max(...wall)), bytes, 'error': error ?? '' })));

	return Object.entries(calls).filter(([, { cpu }]) => Math.max(...cpu) > BLOCKED * 1e6)
		.map(([method, { cpu }]) => `${method} keeps rpcd for ${ms(Math.max(...cpu))} ms`);
}

/** LuCI's own list of the same table, once: it takes long. */
function luci(interpreter: Interpreter): string[] {
	if (!process.env.LUCI)
		return [];

	mkdirSync(join(directory, 'luci'), { recursive: true });
	writeFileSync(join(directory, 'luci/sys.uc'), readFileSync(join(process.env.LUCI, 'sys.uc'), 'utf8').replace('/proc/net/nf_conntrack', file));

	const list = measure(interpreter, 'luci.uc').cost, pass = measure(interpreter, 'passing.uc').cost;

	console.log(`getConntrackList of LuCI: ${(list / 1e6).toFixed(0)} ms; the pass is ${(list / pass).toFixed(0)} times as fast, at least ${1 / LUCI} times`);

	return pass > list * LUCI ? ['the pass is too dear against getConntrackList'] : [];
}

try {
	mkdirSync(join(directory, 'bench'));
	copyFileSync(join(import.meta.dirname, 'cost.uc'), join(directory, 'bench/cost.uc'));
	symlinkSync(join(RPCD, 'modules'), join(directory, 'nft_offload'));
	writeFileSync(file, table.text);

	const real = realInterpreters();

	if (!real.length)
		console.log('No ucode on PATH and none in $UCODE: timing the Node runner, which proves nothing about a router.');

	const rows = (real.length ? real : [nodeRunner]).map(compare);

	console.log(`${ENTRIES} entries, ${(table.text.length / 1e6).toFixed(1)} MB; median of ${ROUNDS} rounds, CPU time`);
	console.table(rows);

	if (real.length && rows.some(({ ratio }) => ratio > LIMIT)) {
		console.error(`A pass may cost ${LIMIT} times as much as reading alone.`);
		process.exitCode = 1;
	}

	for (const interpreter of real) {
		const broken = [...blocking(interpreter), ...searches(interpreter), ...tables(interpreter), ...luci(interpreter)];

		for (const sentence of broken)
			console.error(`${interpreter.name}: ${sentence}.`);

		if (broken.length)
			process.exitCode = 1;
	}
}
finally {
	rmSync(directory, { recursive: true, force: true });
}
