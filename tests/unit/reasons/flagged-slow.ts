// SPDX-License-Identifier: Apache-2.0
import type { ReasonCase } from '../fixtures/reason-case.ts';
import { FORWARDED, HARDWARE, IPV6, LISTED_BY_FIREWALL4, secondUplink, SOFTWARE, VPN } from '../fixtures/reason-case.ts';

export default {
	examples: [
		{
			what: 'PPPoE', flow: { path: SOFTWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] }, shown: 'one way',
		},
		{
			what: 'PPPoE, in hardware', flow: { path: HARDWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] }, shown: 'one way',
		},
		{
			what: 'IPv6 through 6in4', flow: { ...IPV6, path: SOFTWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'henet', to: 'lan', missing: ['6in4-henet'] }] }, shown: 'one way',
		},
		{
			what: 'IPv6 through 6in4, in hardware', flow: { ...IPV6, path: HARDWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'henet', to: 'lan', missing: ['6in4-henet'] }] }, shown: 'one way',
		},
		{
			what: 'WireGuard', flow: { ...VPN, path: SOFTWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'across', from: 'vpn', to: 'lan', missing: ['wg0'] }] }, shown: 'one way',
		},
		{
			what: 'WireGuard, in hardware', flow: { ...VPN, path: HARDWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'across', from: 'vpn', to: 'lan', missing: ['wg0'] }] }, shown: 'one way',
		},
		{
			what: 'a port forward', flow: { ...FORWARDED, path: SOFTWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] }, shown: 'one way',
		},
		{
			what: 'a port forward, in hardware', flow: { ...FORWARDED, path: HARDWARE }, parts: { listed: LISTED_BY_FIREWALL4 },
			says: { slow: [{ way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] }, shown: 'one way',
		},
		{
			what: 'both ways, where only another device is listed', flow: { path: SOFTWARE }, parts: { listed: ['dummy0'] },
			says: { slow: [{ way: 'out', from: 'lan', to: 'wan', missing: ['lan1', 'lan2'] }, { way: 'in', from: 'wan', to: 'lan', missing: ['wan'] }] }, shown: 'slow',
		},
		{
			what: 'behind the second uplink, as the address tells that NAT gave it', flow: { src: '192.168.1.21', reply: '198.51.100.7 443 100.64.0.9 40000', flags: 9, path: SOFTWARE },
			parts: secondUplink({ masq: true, addresses: ['100.64.0.9'], subnets: ['100.64.0.9/32'] }),
			says: { slow: [{ way: 'in', from: 'lte', to: 'lan', missing: ['wwan0'] }] }, shown: 'one way',
		},
	],
	others: [
		{ what: 'one port of the bridge is missing', flow: { path: SOFTWARE }, parts: { listed: ['lan1', 'wan'] }, reason: 'OFFLOADED', shown: 'software' },
		{
			what: 'behind the first uplink', flow: { reply: '198.51.100.7 443 203.0.113.5 40000', path: SOFTWARE },
			parts: secondUplink({ masq: true, addresses: ['100.64.0.9'], subnets: ['100.64.0.9/32'] }), reason: 'OFFLOADED', shown: 'software',
		},
		{
			what: 'nothing tells the uplink', flow: { ...IPV6, path: SOFTWARE },
			parts: { ...secondUplink({ addresses: ['2001:db8:77::9'] }), listed: LISTED_BY_FIREWALL4 }, reason: 'OFFLOADED', shown: 'software',
		},
	],
	words: 'Flagged as offloaded, but slow on the way in (the flowtable lacks wan)',
} satisfies ReasonCase;
