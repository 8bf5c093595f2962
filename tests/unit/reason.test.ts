// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bitsOf } from '../../web/src/doctor/endpoints.ts';
import { decodeFlow } from '../../web/src/doctor/flow.ts';
import { reasonOf, shownPath } from '../../web/src/doctor/reason.ts';
import type { Reason } from '../../web/src/doctor/coverage-types.ts';
import { coverageFacts, LAN, link, network, row, WAN } from './fixtures/coverage.ts';
import type { Parts } from './fixtures/coverage.ts';

type Row = Parameters<typeof row>[0];

/** Bridged LAN, second LAN, PPPoE over a VLAN, WireGuard and 6in4; everything needed is listed. */
const ROUTER: Parts = {
	networks: [
		network('lan', 'br-lan', LAN),
		network('iot', 'eth2', { addresses: ['192.168.2.1'], subnets: ['192.168.2.0/24'] }),
		network('wan', 'pppoe-wan', { ...WAN, device: 'wan.7', addresses: ['203.0.113.5'], subnets: ['203.0.113.5/32'] }),
		network('henet', '6in4-henet', { zone: 'wan', device: null, proto: '6in4', default_route: true, addresses: ['2001:db8:5::2'], subnets: ['2001:db8:5::/64'] }),
		network('vpn', 'wg0', { device: null, addresses: ['10.9.0.1'], subnets: ['10.9.0.0/24', '10.80.0.0/16'] }),
	],
	links: [
		link('br-lan', 'bridge', ['lan1', 'lan2']), link('lan1'), link('lan2'), link('eth2'), link('wan'), link('wan.7', 'vlan', 'wan'),
		link('pppoe-wan', 'ppp', 'wan.7'), link('6in4-henet', 'sit', 'pppoe-wan'), link('wg0', 'wireguard'),
	],
	helpers: [{ name: 'ftp', protocol: 'tcp', port: 21 }, { name: 'sip', protocol: 'udp', port: 5060 }],
};
const ALL = ['lan1', 'lan2', 'eth2', 'wan', '6in4-henet', 'wg0'];
const FW4 = ['br-lan', 'eth2', 'wan.7'];
const INSIDE6 = { src: '2001:db8:1::20', dst: '2a00:1450::5', flags: 1, reply: '' };
const VPN = { dst: '10.80.3.4', reply: '', src: '192.168.1.21' };

const NOW = 1000;
const reason = (more: Row, parts: Parts = {}, options: [string, string][] = []): Reason =>
	reasonOf(decodeFlow(row(more)), coverageFacts({ ...ROUTER, listed: ALL, ...parts }), options, NOW);
const way = (to: string, from: string, towards: string, missing: string[]): unknown => ({ way: to, from, to: towards, missing });

describe('why a slow flow is not offloaded', () => {
	it.each<[string, Row, Parts, Reason]>([
		['ICMP', { protocol: 'icmp', dport: 0 }, {}, { code: 'PROTOCOL', protocol: 'icmp' }],
		['forwarded GRE', { protocol: 'gre', dport: 0 }, {}, { code: 'PROTOCOL', protocol: 'gre' }],
		['the outside of 6in4', { protocol: '41', src: '203.0.113.5', dst: '198.51.100.1', flags: 0 }, {}, { code: 'TUNNEL', protocol: '41' }],
		['SYN only', { state: 'SYN_SENT', flags: 2 }, {}, { code: 'NOT_ESTABLISHED', state: 'SYN_SENT' }],
		['SYN_RECV', { state: 'SYN_RECV' }, {}, { code: 'NOT_ESTABLISHED', state: 'SYN_RECV' }],
		['FIN_WAIT', { state: 'FIN_WAIT' }, {}, { code: 'CLOSING', state: 'FIN_WAIT' }],
		['TIME_WAIT', { state: 'TIME_WAIT', timeout: 90 }, {}, { code: 'CLOSING', state: 'TIME_WAIT' }],
		['FTP control', { dport: 21 }, {}, { code: 'HELPER', helper: 'ftp' }],
		['SIP', { protocol: 'udp', dport: 5060 }, {}, { code: 'HELPER', helper: 'sip' }],
		['a service of the router', { dst: '192.168.1.1', dport: 80, reply: '' }, {}, { code: 'ROUTER', end: 'to' }],
		['a service of the router, from outside', { src: '198.51.100.9', dst: '203.0.113.5', reply: '' }, {}, { code: 'ROUTER', end: 'to' }],
		['a service of the router, IPv6 in full', { ...INSIDE6, dst: 'fd00:0001:0000:0000:0000:0000:0000:0001' }, {}, { code: 'ROUTER', end: 'to' }],
		['the router itself', { src: '203.0.113.5', dst: '198.51.100.9', reply: '' }, {}, { code: 'ROUTER', end: 'from' }],
		['a service of the router in a network of no zone', { src: '10.0.2.2', dst: '10.0.2.15', reply: '' }, { own: ['127.0.0.1', '10.0.2.15', 'fd00:9::1'] }, { code: 'ROUTER', end: 'to' }],
		['the router in a network of no zone', { src: 'fd00:9::1', dst: 'fd00:9::2', reply: '' }, { own: ['127.0.0.1', '10.0.2.15', 'fd00:9::1'] }, { code: 'ROUTER', end: 'from' }],
		['multicast', { protocol: 'udp', src: '192.168.1.21', dst: '239.255.255.250', reply: '' }, {}, { code: 'ROUTER', end: 'to' }],
		['inside one bridge', { src: '192.168.1.21', dst: '192.168.1.30', reply: '' }, {}, { code: 'SAME_NETWORK', network: 'lan' }],
		['just started', { protocol: 'udp', flags: 2, packets: 1, replied: 0, age: 1 }, {}, { code: 'TOO_YOUNG', seconds: 1 }],
		['never answered', { protocol: 'udp', flags: 2, packets: 3, replied: 0, timeout: 60, age: -4 }, {}, { code: 'TOO_YOUNG', seconds: 3 }],
		['idle since before the load', { timeout: 7440 - 20 }, { loaded_since: 985 }, { code: 'IDLE', seconds: 20 }],
		['idle for longer than the flowtable keeps it', { protocol: 'udp', timeout: 100 }, {}, { code: 'IDLE', seconds: 80 }],
		['a narrower rule', {}, { rule: 'meta l4proto { tcp, udp } ct bytes > 100000 flow add @ft' }, { code: 'EXEMPT', rule: 'meta l4proto { tcp, udp } ct bytes > 100000 flow add @ft' }],
		['offloading off', {}, { mode: 'off' }, { code: 'OFF' }],
		['no rule', {}, { rule: null }, { code: 'OFF' }],
		['nothing to be seen', {}, {}, { code: 'NOT_KNOWN' }],
		['nothing to be seen, uncounted, untold', { packets: -1, replied: -1 }, { timeouts: { established: null, udp: null, udp_stream: null }, loaded_since: null }, { code: 'NOT_KNOWN' }],
	])('%s', (_name, more, parts, expected) => {
		expect(reason(more, parts)).toEqual(expected);
	});

	it('IPv4 options, in either direction', () => {
		const seen: Row = { protocol: 'udp' };
		expect(reason(seen, {}, [['192.168.1.20', '198.51.100.7']])).toEqual({ code: 'IP_OPTIONS' });
		expect(reason(seen, {}, [['198.51.100.7', '192.168.1.20']])).toEqual({ code: 'IP_OPTIONS' });
		expect(reason(seen, {}, [['198.51.100.7', '192.168.1.9']])).toEqual({ code: 'NOT_KNOWN' });
	});

	it.each([
		'meta l4proto { 6, 17 } flow add @ft', 'meta l4proto { tcp, udp } flow offload @ft', 'meta l4proto { tcp, udp } counter packets 1 bytes 60 flow add @ft',
	])('firewall4\'s own rule exempts nothing: %s', (rule) => {
		expect(reason({}, { rule }).code).toBe('NOT_KNOWN');
	});

	it('is said to be uncovered where the kernel refuses for that', () => {
		expect(reason({}, { kernel: '7.2.1', listed: FW4 })).toEqual({
			code: 'NOT_COVERED', slow: [way('out', 'lan', 'wan', ['lan1', 'lan2', 'wan']), way('in', 'wan', 'lan', ['wan', 'lan1', 'lan2'])],
		});
	});
});

describe('a flagged flow', () => {
	const judged = (more: Row, parts: Parts = {}): [Reason, string] => {
		const flow = decodeFlow(row({ path: 1, ...more }));
		const found = reasonOf(flow, coverageFacts({ ...ROUTER, listed: ALL, ...parts }), [], NOW);
		return [found, shownPath(flow, found)];
	};

	it.each<[string, Row]>([
		['PPPoE', {}], ['IPv6 through 6in4', INSIDE6], ['WireGuard', VPN], ['between two LANs', { src: '192.168.1.21', dst: '192.168.2.7', reply: '' }],
		['a port forward', { src: '198.51.100.9', dst: '203.0.113.5', reply: '192.168.1.20 80 198.51.100.9 40000', flags: 5 }],
	])('is fast with every end listed: %s', (_name, more) => {
		expect(judged(more)).toEqual([{ code: 'OFFLOADED' }, 'software']);
		expect(judged({ ...more, path: 0 })[1]).toBe('hardware');
		expect(judged(more, { kernel: '7.2.1' })[1]).toBe('software');
	});

	it.each<[string, Row, unknown[]]>([
		['PPPoE', {}, [way('in', 'wan', 'lan', ['wan'])]],
		['IPv6 through 6in4', INSIDE6, [way('in', 'henet', 'lan', ['6in4-henet'])]],
		['WireGuard', VPN, [way('across', 'vpn', 'lan', ['wg0'])]],
		['a port forward', { src: '198.51.100.9', dst: '203.0.113.5', reply: '192.168.1.20 80 198.51.100.9 40000', flags: 5 }, [way('in', 'wan', 'lan', ['wan'])]],
	])('is slow one way with firewall4\'s devices: %s', (_name, more, slow) => {
		expect(judged(more, { listed: FW4 })).toEqual([{ code: 'FLAGGED_SLOW', slow }, 'one way']);
		expect(judged({ ...more, path: 0 }, { listed: FW4 })[1]).toBe('one way');
	});

	it('is slow where the bridge forwards its packets and only shows them to the firewall', () => {
		const inside: Row = { src: '192.168.1.21', dst: '192.168.1.30', reply: '' };
		expect(judged(inside, { bridged: true })).toEqual([{ code: 'SAME_NETWORK', network: 'lan' }, 'slow']);
		expect(judged({ ...inside, path: 0 }, { bridged: true })[1]).toBe('slow');
		expect(judged(inside)).toEqual([{ code: 'OFFLOADED' }, 'software']);
		expect(judged({ src: '192.168.2.7', dst: '192.168.2.8', reply: '' }, { bridged: true })[1]).toBe('software');
		expect(judged({}, { bridged: true })[1]).toBe('software');
	});

	it('is slow both ways where only another device is listed', () => {
		expect(judged({}, { listed: ['dummy0'] })[1]).toBe('slow');
	});

	it('is not called slow for one bridge port that is missing', () => {
		expect(judged({}, { listed: ['lan1', 'wan'] })).toEqual([{ code: 'OFFLOADED' }, 'software']);
	});

	it('whose counters stand still', () => {
		expect(judged({ path: 0, still: 75 })).toEqual([{ code: 'STILL', seconds: 75 }, 'hardware']);
		expect(judged({ path: 0, still: 20 })[0].code).toBe('OFFLOADED');
	});

	it('behind the second uplink is told by the address that NAT gave it', () => {
		const networks = [
			...ROUTER.networks!,
			network('lte', 'wwan0', { masq: true, default_route: true, addresses: ['100.64.0.9'], subnets: ['100.64.0.9/32'] }),
		];
		const links = [...ROUTER.links!, link('wwan0', 'rawip')];
		expect(judged({ reply: '198.51.100.7 443 203.0.113.5 40000' }, { networks, links })[1]).toBe('software');
		expect(judged({ src: '192.168.1.21', reply: '198.51.100.7 443 100.64.0.9 40000', flags: 9 }, { networks, links })[0])
			.toEqual({ code: 'FLAGGED_SLOW', slow: [way('in', 'lte', 'lan', ['wwan0'])] });
	});

	it('of which nothing tells the uplink is not called slow', () => {
		const networks = [...ROUTER.networks!, network('lte', 'wwan0', { default_route: true, addresses: ['2001:db8:77::9'] })];
		expect(judged(INSIDE6, { networks, links: [...ROUTER.links!, link('wwan0', 'rawip')], listed: FW4 })[0]).toEqual({ code: 'OFFLOADED' });
	});

	it('of a client behind a raw device of a zone is nobody\'s', () => {
		const facts = coverageFacts({ ...ROUTER, listed: FW4 });
		facts.zones[0]!.devices = ['tun0'];
		const flow = decodeFlow(row({ path: 1, src: '192.168.1.21', dst: '10.8.0.6', reply: '' }));
		expect(reasonOf(flow, facts, [], NOW)).toEqual({ code: 'OFFLOADED' });
	});
});

it('decodes a row', () => {
	expect(decodeFlow([2, 'tcp', 'ESTABLISHED', 9, 431, '192.168.1.20', 40000, '198.51.100.7', 443, '198.51.100.7 443 203.0.113.5 1024', 10, -1, 600, -1, -1, -6, 0])).toEqual({
		path: 'slow', family: 'ipv4', protocol: 'tcp', state: 'ESTABLISHED', assured: true, unreplied: false, dnat: false, snat: true, timeout: 431,
		original: { src: '192.168.1.20', sport: 40000, dst: '198.51.100.7', dport: 443 },
		reply: { src: '198.51.100.7', sport: 443, dst: '203.0.113.5', dport: 1024 },
		packets: [10, null], bytes: [600, null], rate: null, age: 5, exact: false, still: 0,
	});
	expect(decodeFlow(row({ src: '::1', reply: '', path: 0 }))).toMatchObject({
		path: 'hardware', family: 'ipv6', timeout: null, exact: true, reply: { src: '198.51.100.7', sport: 443, dst: '::1', dport: 40000 },
	});
});

it.each([
	['192.168.1.1', '11000000101010000000000100000001'],
	['::', '0'.repeat(128)],
	['::1', '0'.repeat(127) + '1'],
	['fe80::', '1111111010000000'.padEnd(128, '0')],
	['::ffff:1.2.3.4', '0'.repeat(80) + '1'.repeat(16) + '00000001000000100000001100000100'],
	['<b>lan</b>', ''], ['', ''], ['abcd', ''],
])('the bits of %s', (address, bits) => {
	expect(bitsOf(address)).toBe(bits);
});
