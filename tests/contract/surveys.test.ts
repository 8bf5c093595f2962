// SPDX-License-Identifier: Apache-2.0
/** What the surveys find on routers where nothing is as it should be, against the types of web/src/contract.ts. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeRunner, realInterpreters, runMocked, sourcesFor } from '../backend/interpreters';
import type { Methods } from '../../web/src/contract';
import { literal, router } from './router';
import { problems } from './schema';

const ROUTERS = 300;

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
