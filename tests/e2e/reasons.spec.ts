// SPDX-License-Identifier: Apache-2.0
import type { CoverageFacts, FlowsFacts, Survey } from '../../web/src/contract.ts';
import type { Flow } from '../../web/src/doctor/coverage-types.ts';
import { decodeFlow } from '../../web/src/doctor/flow.ts';
import { ruleOf } from '../../web/src/doctor/kernels.ts';
import { reasonOf, shownPath } from '../../web/src/doctor/reasons/index.ts';
import type { Reason, ReasonCode } from '../../web/src/doctor/reasons/index.ts';
import { reasonWords } from '../../web/src/view/reason-words.ts';
import { installGlobals } from '../unit/luci.ts';
import { expect, test, TEST_ALL } from './fixtures.ts';
import { quote } from './router.ts';
import type { Router } from './router.ts';
import { Stacks } from './stacks.ts';

/** All that is listed: a bridge, its port, and the bond that leads to FAST. */
const LISTED = ['br-lan', 'lan1', 'agg0'], FAST = '10.14.0.2';
const CLIENT = '192.168.1.2', SERVER = '203.0.113.2', NOBODY = '203.0.113.77', NEIGHBOUR = '192.168.1.9';
const ECHO = 7007;

/** Answers on the ports that the client's connections stay open on, and never ends one. */
const SERVE = `
const net = require('net');
for (const port of [21, 7010, 7011])
	net.createServer({ allowHalfOpen: true }, (socket) => {
		const timer = setInterval(() => socket.writable && socket.write('220 hello\\r\\n'), 500);
		socket.on('error', () => undefined).on('close', () => clearInterval(timer)).resume();
	}).listen(port);
`;

/** The neighbour's. */
const ANSWER = `
const socket = require('dgram').createSocket('udp4');
socket.on('message', (text, { port, address }) => socket.send(text, port, address)).bind(7020);
`;

/** Keeps one connection of each kind going. */
const BEGIN = `
const net = require('net'), dgram = require('dgram');
const again = (ms, run) => { run(); setInterval(run, ms); };
const connect = (port, host, more) => net.connect({ port, host, localAddress: '${CLIENT}', ...more }).on('error', () => undefined).resume();
again(15000, () => connect(81, '${NOBODY}'));
again(30000, () => { const socket = connect(7010, '${FAST}', { allowHalfOpen: true }); setTimeout(() => socket.end(), 2000); });
for (const [port, host] of [[21, '${SERVER}'], [7011, '${FAST}']])
	{ const socket = connect(port, host); setInterval(() => socket.write('NOOP\\r\\n'), 500); }
again(15000, () => { const socket = connect(80, '192.168.1.1'); setTimeout(() => socket.write('GET '), 1000); });
again(8000, () => { const socket = dgram.createSocket('udp4'); socket.on('error', () => undefined).bind(0, '${CLIENT}', () => socket.send('once', 7099, '${NOBODY}')); });
for (const [type, from, to, port] of [['udp4', '${CLIENT}', '${FAST}', ${ECHO}], ['udp4', '${CLIENT}', '10.8.0.2', ${ECHO}], ['udp4', '${CLIENT}', '10.10.0.2', ${ECHO}], ['udp6', 'fd00:1::2', 'fd00:64::2', ${ECHO}], ['udp4', '${CLIENT}', '${NEIGHBOUR}', 7020]]) {
	const socket = dgram.createSocket(type).on('error', () => undefined);
	socket.bind(0, from, () => setInterval(() => socket.send('echo', port, to), 400));
}
`;

const background = (command: string, pids: string): string => `${command} </dev/null >/dev/null 2>&1 & echo $! >>${pids}`;

/** Makes them all, over the flowtable that `list` makes; what is returned ends them. */
async function begin(router: Router, list: () => Promise<void>): Promise<() => Promise<void>> {
	const { target } = router;
	const must = async (ran: Promise<{ code: number; stdout: string; stderr: string }>): Promise<void> => {
		const { code, stdout, stderr } = await ran;
		expect(code, stdout + stderr).toBe(0);
	};
	/* a second host of the bridge, whose frames the firewall is shown */
	await router.breaks('modprobe br_netfilter; echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables',
		// all that it turns on: conntrack counts twice what the bridge hands to the router
		'for file in /proc/sys/net/bridge/bridge-nf-call-*; do echo 0 >$file; done');
	await must(target.tools(`
		ip netns add neighbour
		ip -n client link set eth1 netns neighbour
		ip -n neighbour link set eth1 up && ip -n neighbour addr add ${NEIGHBOUR}/24 dev eth1
		ip link set lan2 up
		ip netns exec neighbour node -e ${quote(ANSWER)} </dev/null >/dev/null 2>&1 & echo $! >/tmp/neighbour.pid
		ip -n client link add gk type gre local ${CLIENT} remote ${SERVER} ttl 64
		ip -n client addr add 10.99.0.1/30 dev gk && ip -n client link set gk up`));
	/* netifd tells the firewall of the port that has come up, and that loads its own list */
	await router.ready();
	await list();
	await router.sh(`modprobe nf_conntrack_ftp; modprobe nf_nat_ftp; nft -f - <<END
add ct helper inet fw4 ftp { type "ftp" protocol tcp; }
add chain inet fw4 helpers { type filter hook prerouting priority filter; }
add rule inet fw4 helpers tcp dport 21 ct helper set "ftp"
END`);
	await must(target.server(`${background(`node -e ${quote(SERVE)}`, '/tmp/server.pids')}; ${background(`options ${SERVER} 7031 203.0.113.1 7030`, '/tmp/server.pids')}`));
	await must(target.client(`
		${background(`node -e ${quote(BEGIN)}`, '/tmp/reasons.pids')}
		${background(`ping ${SERVER}`, '/tmp/reasons.pids')}
		${background('ping 10.99.0.2', '/tmp/reasons.pids')}
		${background(`options ${CLIENT} 7030 ${SERVER} 7031`, '/tmp/reasons.pids')}`));
	return async () => {
		await target.client('kill $(cat /tmp/reasons.pids /tmp/server.pids); rm -f /tmp/reasons.pids /tmp/server.pids');
		await target.tools('kill $(cat /tmp/neighbour.pid); ip -n client link del gk; ip -n neighbour link set eth1 netns client; ip netns del neighbour');
	};
}

/** What the page judges: rows, and why each is as it is. */
async function judged(router: Router, coverage: CoverageFacts): Promise<{ flow: Flow; reason: Reason }[]> {
	const { now } = await router.status();
	let facts: FlowsFacts | null = null;
	// its worker keeps to 2 % of a core, and an emulated one is slow
	await expect.poll(async () => (facts = (await router.call('flows', {}) as Survey<FlowsFacts>).facts)?.at ?? 0, { timeout: 240_000, intervals: [4000] }).toBeGreaterThan(now);
	const options = (await router.call('status', { watch: true })).watch?.slow?.options ?? [];
	return facts!.rows.map(decodeFlow).map((flow) => ({ flow, reason: reasonOf(flow, coverage, options, facts!.at) }));
}

test('each slow flow has its reason, and no fast one is called slow', { tag: TEST_ALL }, async ({ luci, router }) => {
	test.skip(!router.target.hasHosts, 'no hosts of their own');
	test.setTimeout(900_000);
	installGlobals();
	await router.change('software');
	let stacks: Stacks | null = null, end: (() => Promise<void>) | null = null;
	try {
		stacks = await Stacks.build(router);
		const there = stacks;
		end = await begin(router, () => there.list(LISTED));
		await luci.open();
		const coverage = await router.coverage();
		const uncovered: ReasonCode = ruleOf(coverage.kernel).strict ? 'NOT_COVERED' : 'FLAGGED_SLOW';
		const to = (address: string, port: number, protocol = 'udp') => ({ protocol: p, original }: Flow): boolean => p === protocol && original.dst === address && original.dport === port;
		const KINDS: [name: string, is: (flow: Flow) => boolean, code: ReasonCode][] = [
			['ICMP', ({ protocol, original }) => protocol === 'icmp' && original.src === CLIENT && original.dst === SERVER, 'PROTOCOL'],
			['GRE', ({ protocol, original }) => protocol === 'gre' && original.src === CLIENT, 'PROTOCOL'],
			['SYN only', to(NOBODY, 81, 'tcp'), 'NOT_ESTABLISHED'],
			['half closed', to(FAST, 7010, 'tcp'), 'CLOSING'],
			['FTP control', to(SERVER, 21, 'tcp'), 'HELPER'],
			['ends on the router', to('192.168.1.1', 80, 'tcp'), 'ROUTER'],
			/* the browser's, whose zone names a device */
			['ends on the router, in a network of no zone', ({ protocol, original }) => protocol === 'tcp' && coverage.own.includes(original.dst), 'ROUTER'],
			['in one bridge', to(NEIGHBOUR, 7020), 'SAME_NETWORK'],
			['PPPoE that is not listed', to('10.8.0.2', ECHO), uncovered],
			['WireGuard that is not listed', to('10.10.0.2', ECHO), uncovered],
			['IPv6 in 6in4', ({ original }) => original.dst.startsWith('fd00:64:') && original.dport === ECHO, uncovered],
			['6in4 itself', ({ protocol, original }) => /^(41|ipv6)$/.test(protocol) && [original.src, original.dst].includes(SERVER), 'TUNNEL'],
			['IPv4 options', to(SERVER, 7031), 'IP_OPTIONS'],
			['just begun', to(NOBODY, 7099), 'TOO_YOUNG'],
			['fast UDP', to(FAST, ECHO), 'OFFLOADED'],
			['fast TCP', to(FAST, 7011, 'tcp'), 'OFFLOADED'],
		];
		const wanted = Object.fromEntries(KINDS.map(([name, , code]) => [name, code]));
		let all: { flow: Flow; reason: Reason }[] = [];
		/* of those that are made again and again, the newest */
		const found = (is: (flow: Flow) => boolean) => all.filter(({ flow }) => is(flow)).sort((a, b) => a.flow.age - b.flow.age);
		await expect.poll(async () => {
			all = await judged(router, coverage);
			return Object.fromEntries(KINDS.map(([name, is, code]) => [name, found(is).map(({ reason }) => reason.code).sort((a) => (a === code ? -1 : 1))[0] ?? 'not there']));
		}, { timeout: 480_000, intervals: [1000] }).toEqual(wanted);

		for (const [name, is, code] of KINDS)
			for (const { flow, reason } of found(is).filter((one) => one.reason.code === code)) {
				expect(shownPath(flow, reason), name).toEqual(code === 'OFFLOADED' ? 'software' : code === 'FLAGGED_SLOW' ? expect.stringMatching(/^(one way|slow)$/) : 'slow');
				if (reason.code === 'FLAGGED_SLOW' || reason.code === 'NOT_COVERED')
					expect(reason.slow.map(({ missing }) => missing.length), name).not.toContain(0);
			}

		await test.step('the page says so', async () => {
			const rows = (await luci.connections()).getByRole('row');
			const more = luci.page.getByRole('button', { name: /^Show more/ });
			while (await more.isVisible())
				await more.click();
			for (const [name, is, code] of KINDS.filter(([, , code]) => !['TOO_YOUNG', 'NOT_ESTABLISHED', 'CLOSING', 'OFFLOADED'].includes(code))) {
				const { flow, reason } = found(is).find((one) => one.reason.code === code)!;
				await expect(rows.filter({ hasText: flow.original.dst }).filter({ hasText: flow.protocol.toUpperCase() }).filter({ hasText: reasonWords(reason) }).first(), name).toBeVisible();
			}
		});
	} finally {
		await end?.();
		await stacks?.remove();
	}
});
