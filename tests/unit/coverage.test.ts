// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Link } from '../../web/src/contract.ts';
import { judgeCoverage } from '../../web/src/doctor/coverage.ts';
import type { Coverage, NetworkCoverage } from '../../web/src/doctor/coverage-types.ts';
import { ruleOf } from '../../web/src/doctor/kernels.ts';
import { wouldList } from '../../web/src/doctor/listing.ts';
import { coverageFacts, LAN, link, network, WAN } from './fixtures/coverage.ts';
import type { Parts } from './fixtures/coverage.ts';

interface Stack { lan: string; wan: string; links: Link[] }

const STACKS: Record<string, Stack> = {
	plain: { lan: 'lan', wan: 'wan', links: [link('lan'), link('wan')] },
	bridge: { lan: 'br-lan', wan: 'wan', links: [link('br-lan', 'bridge', 'lan'), link('lan'), link('wan')] },
	'bridge whose forwarding database does not know the client': { lan: 'br-lan', wan: 'wan', links: [link('br-lan', 'bridge'), link('lan'), link('wan')] },
	vlan: { lan: 'lan', wan: 'wan.7', links: [link('lan'), link('wan.7', 'vlan', 'wan'), link('wan')] },
	'vlan-aware bridge': {
		lan: 'br-lan.10', wan: 'wan', links: [link('br-lan.10', 'vlan', 'br-lan'), link('br-lan', 'bridge', 'lan'), link('lan'), link('wan')],
	},
	pppoe: { lan: 'lan', wan: 'ppp0', links: [link('lan'), link('ppp0', 'ppp', 'wan'), link('wan')] },
	'pppoe over vlan': {
		lan: 'br-lan', wan: 'ppp0',
		links: [link('br-lan', 'bridge', 'lan'), link('lan'), link('ppp0', 'ppp', 'wan.7'), link('wan.7', 'vlan', 'wan'), link('wan')],
	},
	wireguard: { lan: 'lan', wan: 'wg0', links: [link('lan'), link('wg0', 'wireguard', 'wan'), link('wan')] },
	ipip: { lan: 'lan', wan: 'tun0', links: [link('lan'), link('tun0', 'ipip', 'wan'), link('wan')] },
	sit: { lan: 'lan', wan: '6in4', links: [link('lan'), link('6in4', 'sit', 'wan'), link('wan')] },
	gre: { lan: 'lan', wan: 'gre1', links: [link('lan'), link('gre1', 'gre', 'wan'), link('wan')] },
	macvlan: { lan: 'lan', wan: 'mac0', links: [link('lan'), link('mac0', 'macvlan', 'wan'), link('wan')] },
	bond: { lan: 'lan', wan: 'bond0', links: [link('lan'), link('bond0', 'bond', 'wan'), link('wan')] },
};

/**
 * Measured with slow-path counters: stack, devices in the flowtable, whether
 * lan→wan and wan→lan are fast on 6.12, whether both are on 7.2.
 */
const MEASURED: [keyof typeof STACKS, string, boolean, boolean, boolean | null][] = [
	['plain', 'lan wan', true, true, true],
	['plain', 'lan', true, false, false],
	['plain', 'wan', false, true, false],
	['bridge', 'br-lan wan', true, true, false],
	['bridge', 'lan wan', true, true, true],
	['bridge', 'br-lan lan wan', true, true, true],
	['bridge whose forwarding database does not know the client', 'lan wan', false, true, false],
	['bridge whose forwarding database does not know the client', 'br-lan lan wan', true, true, false],
	['vlan', 'lan wan.7', true, true, false],
	['vlan', 'lan wan', true, true, true],
	['vlan-aware bridge', 'br-lan.10 wan', true, true, false],
	['vlan-aware bridge', 'br-lan wan', false, true, false],
	['vlan-aware bridge', 'lan wan', true, true, true],
	['pppoe', 'lan ppp0', true, true, false],
	['pppoe', 'lan wan', true, true, true],
	['pppoe over vlan', 'lan wan.7', true, false, false],
	['pppoe over vlan', 'lan ppp0', true, true, false],
	['pppoe over vlan', 'lan wan', true, true, true],
	['pppoe over vlan', 'br-lan wan.7', true, false, false],
	['pppoe over vlan', 'br-lan wan', true, true, false],
	['pppoe over vlan', 'br-lan lan ppp0 wan.7 wan', true, true, true],
	['wireguard', 'lan wg0', true, true, true],
	['wireguard', 'lan wan', true, false, false],
	['ipip', 'lan tun0', true, true, false],
	['ipip', 'lan wan', true, false, true],
	['ipip', 'lan tun0 wan', true, true, true],
	['sit', 'lan 6in4', true, true, true],
	['gre', 'lan gre1', true, true, true],
	['macvlan', 'lan mac0', true, true, true],
	['macvlan', 'lan wan', true, false, false],
	['bond', 'lan bond0', true, true, true],
	['bond', 'lan wan', true, false, false],
];

const named = (coverage: Coverage, name: string): NetworkCoverage => coverage.networks.find((one) => one.name === name)!;
const standing = (fast: boolean): string => (fast ? 'covered' : 'not covered');

describe('the measured table', () => {
	const judge = (stack: keyof typeof STACKS, listed: string, kernel: string): Coverage => {
		const { lan, wan, links } = STACKS[stack]!;
		return judgeCoverage(coverageFacts({
			kernel, links, listed: listed.split(' '), networks: [network('lan', lan, LAN), network('wan', wan, WAN)],
		}));
	};

	it.each(MEASURED)('6.12: %s with %s', (stack, listed, out, back) => {
		const coverage = judge(stack, listed, '6.12.107');
		const [lan, wan] = [named(coverage, 'lan'), named(coverage, 'wan')];
		expect(coverage.rule).toEqual({ strict: false, ipip: false, measured: true });
		expect([lan.in.standing, lan.out.standing]).toEqual([standing(out), standing(back)]);
		expect([wan.in.standing, wan.out.standing]).toEqual([standing(back), standing(out)]);
		expect(lan.overall).toBe(out === back ? standing(out) : 'one direction');
	});

	it.each(MEASURED)('7.2: %s with %s', (stack, listed, _out, _back, both) => {
		const coverage = judge(stack, listed, '7.2.13');
		expect(coverage.rule).toEqual({ strict: true, ipip: true, measured: true });
		for (const one of coverage.networks)
			expect([one.in.standing, one.out.standing, one.overall]).toEqual(Array(3).fill(standing(both!)));
	});
});

it.each([
	['6.12.107', false, false, true],
	['7.2.13', true, true, true],
	['6.1.0-53-amd64', false, false, true],
	['6.6.93', false, false, false],
	['6.18.4', false, false, false],
	['6.19.1', false, true, false],
	['7.1.0', false, true, false],
	['7.3.0', true, true, false],
	['8.0.0-rc1', true, true, false],
	['', false, false, false],
])('the rule of kernel %s', (kernel, strict, ipip, measured) => {
	expect(ruleOf(kernel)).toEqual({ strict, ipip, measured });
});

/** mt7621: bridged LAN with Wi-Fi, PPPoE over a VLAN of a DSA port, WireGuard, a guest bridge without ports. */
const ROUTER: Parts = {
	networks: [
		network('lan', 'br-lan', LAN),
		network('guest', 'br-guest', { subnets: ['192.168.3.0/24'] }),
		network('wan', 'pppoe-wan', { ...WAN, device: 'wan.7', proto: 'pppoe' }),
		network('wan6', 'pppoe-wan', { zone: 'wan', device: null, proto: 'dhcpv6', default_route: true }),
		network('vpn', 'wg0', { device: null, proto: 'wireguard', subnets: ['10.9.0.0/24'] }),
		network('down', null),
	],
	links: [
		link('br-lan', 'bridge', ['lan1', 'lan2', 'phy0-ap0']), link('lan1', 'dsa', 'eth0'), link('lan2', 'dsa', 'eth0'), link('phy0-ap0', 'wlan'),
		link('br-guest', 'bridge'), link('eth0'), link('wan', 'dsa', 'eth0'), link('wan.7', 'vlan', 'wan'),
		link('pppoe-wan', 'ppp', 'wan.7'), link('wg0', 'wireguard'),
	],
};
const HARDWARE = ['lan1', 'lan2', 'phy0-ap0', 'wan'];

describe('a whole router', () => {
	it('draws the chain of each network', () => {
		const coverage = judgeCoverage(coverageFacts({ ...ROUTER, listed: ['br-lan', 'wan.7'] }));
		const drawn = (name: string): string => named(coverage, name).chain
			.map((level) => level.map((one) => `${one.name}${one.listed ? '*' : ''}${one.end ? '.' : ''}`).join(',')).join(' → ');
		expect(drawn('wan')).toBe('pppoe-wan → wan.7* → wan.');
		expect(drawn('lan')).toBe('br-lan* → lan1.,lan2.,phy0-ap0.');
		expect(drawn('vpn')).toBe('wg0.');
		expect(named(coverage, 'down')).toMatchObject({ l3: null, chain: [], in: { standing: 'not known', why: { code: 'DOWN' } } });
	});

	it('software as firewall4 loads it: downloads over PPPoE stay slow, by the other side', () => {
		const coverage = judgeCoverage(coverageFacts({ ...ROUTER, listed: ['br-guest', 'br-lan', 'wan.7'] }));
		expect(named(coverage, 'wan')).toMatchObject({
			overall: 'one direction',
			in: { standing: 'not covered', why: { code: 'NOT_LISTED', missing: ['wan'] } },
			out: { standing: 'partly', why: { code: 'OTHER_SIDE', networks: ['vpn'], missing: ['wg0'] } },
		});
		expect(named(coverage, 'lan')).toMatchObject({
			overall: 'one direction',
			in: { standing: 'covered', why: { code: 'LISTED', devices: ['br-lan'] } },
			out: { standing: 'not covered', why: { code: 'OTHER_SIDE', networks: ['wan', 'wan6'], missing: ['wan'] } },
		});
	});

	it('hardware: an access point that came later is named, and covered in part', () => {
		const facts = coverageFacts({ ...ROUTER, mode: 'hardware', listed: HARDWARE.filter((name) => name !== 'phy0-ap0') });
		const { networks, would } = judgeCoverage(facts);
		expect(would).toEqual(HARDWARE);
		expect(networks[0]).toMatchObject({
			in: { standing: 'partly', why: { code: 'SOME_LISTED', devices: ['lan1', 'lan2'], missing: ['phy0-ap0'] } },
			out: { standing: 'covered' }, overall: 'partly', late: [{ code: 'APPEARED', device: 'phy0-ap0' }],
		});
	});

	it('a device that carries two networks of the other side is named once', () => {
		const networks = [network('lan', 'lan', LAN), network('wan', 'wan', WAN), network('wan6', 'wan', { zone: 'wan' })];
		expect(named(judgeCoverage(coverageFacts({ networks, listed: ['lan', 'wan'] })), 'lan').out)
			.toEqual({ standing: 'covered', why: { code: 'LISTED', devices: ['wan'] } });
	});

	it('nothing is late when all is listed', () => {
		const { networks } = judgeCoverage(coverageFacts({ ...ROUTER, mode: 'hardware', listed: HARDWARE }));
		expect(networks.flatMap(({ late }) => late)).toEqual([]);
	});

	it('ports listed in software mode, as 22.03 does, are not late', () => {
		const { networks } = judgeCoverage(coverageFacts({ ...ROUTER, listed: HARDWARE }));
		expect(networks[0]!.late).toEqual([]);
	});

	it('names what came up after the load', () => {
		const networks = ROUTER.networks!.map((one) => (one.name === 'vpn' ? { ...one, uptime: 20 } : one));
		const { networks: judged } = judgeCoverage(coverageFacts({ ...ROUTER, networks, listed: HARDWARE, loaded_since: 900 }));
		expect(judged.filter(({ late }) => late.length).map(({ name, late }) => [name, late]))
			.toEqual([['guest', [{ code: 'APPEARED', device: 'br-guest' }]], ['vpn', [{ code: 'CAME_UP', device: 'wg0', seconds: 80 }]]]);
	});

	it('shows what nft said of each device of the chain', () => {
		const probed = [{ name: 'wan', accepted: false, output: 'Operation not supported' }, { name: 'lan1', accepted: true, output: '' }];
		expect(named(judgeCoverage(coverageFacts({ ...ROUTER, mode: 'hardware', probed })), 'wan').probed).toEqual([probed[0]]);
	});

	it('7.2 names the side that is missing', () => {
		const coverage = judgeCoverage(coverageFacts({ ...ROUTER, kernel: '7.2.0', listed: ['lan1', 'lan2', 'phy0-ap0', 'wan.7'] }));
		expect(named(coverage, 'lan').in).toEqual({ standing: 'not covered', why: { code: 'OTHER_SIDE', networks: ['wan', 'wan6'], missing: ['wan'] } });
		expect(named(coverage, 'wan').in).toEqual({ standing: 'not covered', why: { code: 'NOT_LISTED', missing: ['wan'] } });
	});
});

describe('what cannot be told, and what cannot be', () => {
	const judged = (parts: Parts): NetworkCoverage[] => judgeCoverage(coverageFacts(parts)).networks;

	it('off, without a rule, or unread', () => {
		expect(judged({ mode: 'off' })[0]).toMatchObject({ in: { standing: 'not covered', why: { code: 'OFF' } }, overall: 'not covered' });
		expect(judged({ listed: ['lan', 'wan'], rule: null })[0]!.in.why).toEqual({ code: 'OFF' });
		expect(judged({ listed: ['lan', 'wan'], error: 'netlink: busy' })[0]!.in.standing).toBe('not known');
	});

	it('IPsec never takes it', () => {
		const parts = { networks: [network('lan', 'lan'), network('wan', 'xfrm0')], links: [link('lan'), link('xfrm0', 'ipsec')], listed: ['lan', 'xfrm0'] };
		expect(judged(parts)[1]).toMatchObject({
			overall: 'cannot be', in: { standing: 'cannot be', why: { code: 'NEVER', device: 'xfrm0', kind: 'ipsec' } }, out: { standing: 'cannot be' },
		});
	});

	it('a PPP session whose carrier is not known', () => {
		const parts = { networks: [network('lan', 'lan'), network('wan', 'ppp0')], links: [link('lan'), link('wan'), link('ppp0', 'ppp')] };
		expect(judged({ ...parts, listed: ['lan', 'wan'] })[1]!.in).toEqual({ standing: 'not known', why: { code: 'CARRIER', device: 'ppp0' } });
		expect(judged({ ...parts, listed: ['lan', 'ppp0'] })[1]!.in.standing).toBe('covered');
		expect(judged({ ...parts, listed: ['lan', 'ppp0'], kernel: '7.2.1' })[1]!.in.standing).toBe('not known');
	});

	it('a zone that forwards nowhere', () => {
		expect(judged({ listed: ['lan', 'wan'], forwardings: [] })[0]).toMatchObject({
			in: { standing: 'covered' }, out: { standing: 'not known', why: { code: 'NOT_FORWARDED' } }, overall: 'covered',
		});
	});

	it('a raw device of a zone', () => {
		const facts = coverageFacts({ listed: ['lan', 'wan'], links: [link('lan'), link('wan'), link('tun0', 'tun')] });
		facts.zones[0]!.devices = ['tun0'];
		expect(judgeCoverage(facts).networks[2]).toMatchObject({
			name: 'tun0', raw: true, zone: 'lan', l3: 'tun0', overall: 'one direction', in: { standing: 'not covered', why: { missing: ['tun0'] } },
		});
	});

	it('devices that are each other\'s lower ones end', () => {
		const parts = { links: [link('lan', 'vlan', 'wan'), link('wan', 'bridge', ['lan', 'wan'])], listed: ['lan'] };
		expect(judged(parts)[0]!.chain.flat().map(({ name }) => name)).toEqual(['lan', 'wan']);
	});
});

it.each([
	['off', []],
	['software', ['br-guest', 'br-lan', 'wan.7']],
	['hardware', HARDWARE],
] as const)('firewall4 would list, %s', (mode, devices) => {
	expect(wouldList(coverageFacts(ROUTER), mode)).toEqual(devices);
});
