// SPDX-License-Identifier: Apache-2.0
/**
 * Networks of every kind on one router, side by side: what netifd, firewall4
 * and the kernel make of them is theirs, whichever target it is.
 */
import { readFileSync } from 'node:fs';
import type { SlowPath } from '../../web/src/contract.ts';
import type { Ran } from '../../testbed/target.ts';
import { quote } from './router.ts';
import type { Router } from './router.ts';

const ECHO = readFileSync(new URL('echo.mjs', import.meta.url), 'utf8');
const PORT = 7007;
/** Datagrams each way, by default. */
export const COUNT = 40;

/** One way across the router, and where its ends are. */
export interface Stack {
	/** What it stands for: the network that is at one of its ends and in no other stack. */
	name: string;
	/** The networks where packets of the client come in and go out, and their routed devices. */
	inside: string;
	outside: string;
	iif: string;
	oif: string;
	/** Addresses of the client and of the server. */
	from: string;
	to: string;
}

const CLIENT = '192.168.1.2', CLIENT6 = 'fd00:1::2', SERVER = '203.0.113.2', ROUTER = '203.0.113.1';
const inner = (name: string, iif: string, from: string): Stack =>
	({ name, inside: name, outside: 'wan', iif, oif: 'wan', from, to: SERVER });
const outer = (name: string, oif: string, to: string, from = CLIENT): Stack =>
	({ name, inside: 'lan', outside: name, iif: 'br-lan', oif, from, to });

export const STACKS: Stack[] = [
	outer('wan', 'wan', SERVER),
	outer('wan6', 'wan', '2001:db8::2', CLIENT6),
	inner('dmz', 'lan3', '192.168.3.2'),
	inner('guest', 'br-lan.10', '192.168.10.2'),
	outer('vlan', 'wan.7', '10.7.0.2'),
	outer('dsl', 'pppoe-dsl', '10.8.0.2'),
	outer('fibre', 'pppoe-fibre', '10.9.0.2'),
	outer('vpn', 'vpn', '10.10.0.2'),
	outer('six', '6in4-six', 'fd00:64::2', CLIENT6),
	outer('ipip', 'ipip-ipip', '10.11.0.2'),
	outer('gre', 'gre4-gre', '10.12.0.2'),
	outer('mac', 'mac0', '10.13.0.2'),
	outer('bond', 'agg0', '10.14.0.2'),
];

const MODULES = '8021q pppoe wireguard sit ipip ip_gre macvlan bonding dummy';

const batch = (netns: string, ...lines: string[]): string => `ip ${netns && `-n ${netns}`} -batch - <<-END\n${lines.join('\n')}\nEND\n`;

/** Cables, and what not every target's own tools can make; before netifd. */
const CABLES = [
	batch('',
		'link add lan3 type veth peer name eth3 netns client', 'link set lan3 up',
		'link add wan3 type veth peer name eth3 netns server',
		'link add mac0 link wan type macvlan mode bridge',
		'link add agg0 type bond mode active-backup', 'link set wan3 master agg0', 'link set wan3 up',
		'link add dummy7 type dummy', 'link set dummy7 up'),
	batch('client',
		'link set eth3 up', 'addr add 192.168.3.2/24 dev eth3',
		'link add link eth0 name eth0.10 type vlan id 10', 'link set eth0.10 up', 'addr add 192.168.10.2/24 dev eth0.10',
		'rule add from 192.168.3.2 lookup 3', 'route add default via 192.168.3.1 dev eth3 table 3',
		'rule add from 192.168.10.2 lookup 10', 'route add default via 192.168.10.1 dev eth0.10 table 10'),
	batch('server',
		'link set eth3 up', 'addr add 10.14.0.2/24 dev eth3', 'addr add 10.13.0.2/24 dev eth0',
		'link add link eth0 name eth0.7 type vlan id 7', 'link set eth0.7 up', 'addr add 10.7.0.2/24 dev eth0.7',
		'link add link eth0 name eth0.8 type vlan id 8', 'link set eth0.8 up',
		'link add vpn type wireguard', 'addr add 10.10.0.2/24 dev vpn',
		`link add six type sit local ${SERVER} remote ${ROUTER} ttl 64`, 'addr add fd00:64::2/64 dev six nodad',
		`link add tun1 type ipip local ${SERVER} remote ${ROUTER} ttl 64`, 'addr add 10.11.0.2/24 dev tun1',
		`link add tun2 type gre local ${SERVER} remote ${ROUTER} ttl 64`, 'addr add 10.12.0.2/24 dev tun2'),
	'ip -n server -6 rule add from fd00:64::2 lookup 64',
].join('');

/** What carries the networks whose protos make a device; after netifd has made the VLANs. */
const TUNNELS = `
late=$(( $(date +%s) + 60 ))
until ip -o link show wan.8 up 2>/dev/null | grep -q .; do [ $(date +%s) -lt $late ] || exit 1; sleep 0.2; done
mac() { ip $1 -o link show $2 | sed 's/.*link.ether \\([^ ]*\\) .*/\\1/'; }
pppoe wan.8 $(mac '-n server' eth0.8) 8 pppoe-dsl
pppoe wan $(mac '-n server' eth0) 9 pppoe-fibre
ip netns exec server pppoe eth0.8 $(mac '' wan.8) 8 ppp8
ip netns exec server pppoe eth0 $(mac '' wan) 9 ppp9
umask 77
wg genkey >/tmp/here
wg genkey >/tmp/there
${batch('',
		'link add vpn type wireguard',
		`link add 6in4-six type sit local ${ROUTER} remote ${SERVER} ttl 64`,
		`link add ipip-ipip type ipip local ${ROUTER} remote ${SERVER} ttl 64`,
		`link add gre4-gre type gre local ${ROUTER} remote ${SERVER} ttl 64`)}
wg set vpn listen-port 51820 private-key /tmp/here peer $(wg pubkey </tmp/there) allowed-ips 0.0.0.0/0 endpoint ${SERVER}:51820
ip netns exec server wg set vpn listen-port 51820 private-key /tmp/there peer $(wg pubkey </tmp/here) allowed-ips 0.0.0.0/0
${batch('',
		'link set pppoe-dsl mtu 1492 up', 'addr replace 10.8.0.1 peer 10.8.0.2 dev pppoe-dsl',
		'link set pppoe-fibre mtu 1492 up', 'addr replace 10.9.0.1 peer 10.9.0.2 dev pppoe-fibre',
		'link set vpn up', 'addr replace 10.10.0.1/24 dev vpn',
		'link set 6in4-six up', 'addr replace fd00:64::1/64 dev 6in4-six nodad',
		'link set ipip-ipip up', 'addr replace 10.11.0.1/24 dev ipip-ipip',
		'link set gre4-gre up', 'addr replace 10.12.0.1/24 dev gre4-gre')}
${batch('server',
		'link set ppp8 mtu 1492 up', 'addr add 10.8.0.2 peer 10.8.0.1 dev ppp8',
		'link set ppp9 mtu 1492 up', 'addr add 10.9.0.2 peer 10.9.0.1 dev ppp9',
		'link set vpn up', 'link set six up', 'link set tun1 up', 'link set tun2 up',
		'route add ::/0 dev six table 64')}`;

const CUT = [
	'for pid in $(pgrep -x pppoe); do kill $pid; done',
	'for link in lan3 wan3 mac0 agg0 dummy7 vpn 6in4-six ipip-ipip gre4-gre wan.7 wan.8 br-lan.10; do ip link del $link; done',
	'ip -n client link del eth0.10; ip -n client rule del lookup 3; ip -n client rule del lookup 10',
	'for link in vpn six tun1 tun2 eth0.7 eth0.8; do ip -n server link del $link; done',
	'ip -n server -6 rule del lookup 64; ip -n server addr del 10.13.0.2/24 dev eth0',
].join('\n');

/** What /etc/config/network says of each. */
const NETWORKS: Record<string, Record<string, string>> = {
	dmz: { proto: 'static', device: 'lan3', ipaddr: '192.168.3.1/24' },
	guest: { proto: 'static', device: 'br-lan.10', ipaddr: '192.168.10.1/24' },
	vlan: { proto: 'static', device: 'wan.7', ipaddr: '10.7.0.1/24' },
	mac: { proto: 'static', device: 'mac0', ipaddr: '10.13.0.1/24' },
	bond: { proto: 'static', device: 'agg0', ipaddr: '10.14.0.1/24' },
	dsl: { proto: 'pppoe', device: 'wan.8', local: '10.8.0.1', mask: '32', remote: '10.8.0.2' },
	fibre: { proto: 'pppoe', device: 'wan', local: '10.9.0.1', mask: '32', remote: '10.9.0.2' },
	vpn: { proto: 'wireguard', local: '10.10.0.1', mask: '24' },
	six: { proto: '6in4', peeraddr: SERVER, local: 'fd00:64::1', mask: '64' },
	ipip: { proto: 'ipip', peeraddr: SERVER, local: '10.11.0.1', mask: '24' },
	gre: { proto: 'gre', peeraddr: SERVER, local: '10.12.0.1', mask: '24' },
};

const ZONES = {
	dmz: ['dmz'],
	guest: ['guest'],
	more: ['vlan', 'dsl', 'fibre', 'vpn', 'six', 'ipip', 'gre', 'mac', 'bond'],
};
const FORWARDINGS = [{ src: 'lan', dest: 'more' }, { src: 'dmz', dest: 'wan' }, { src: 'guest', dest: 'wan' }];

const section = (head: string, options: Record<string, string>): string =>
	`\nconfig ${head}\n${Object.entries(options).map(([name, value]) => `\toption ${name} '${value}'\n`).join('')}`;

const NETWORK = Object.entries(NETWORKS).map(([name, options]) => section(`interface '${name}'`, options)).join('');
const FIREWALL = [
	...Object.entries(ZONES).map(([name, networks]) => section('zone', {
		name, input: 'ACCEPT', output: 'ACCEPT', forward: 'REJECT', masq: name === 'more' ? '1' : '0',
	}) + networks.map((network) => `\tlist network '${network}'\n`).join('')),
	...FORWARDINGS.map((options) => section('forwarding', options)),
].join('');

/**
 * netifd's handlers of protos whose packages not every target has. They report
 * a device that somebody else makes, in the way the real ones do.
 */
const HANDLERS = '/lib/netifd/proto';
const HANDLER = `#!/bin/sh
[ -n "$INCLUDE_ONLY" ] || { . /lib/functions.sh; . ../netifd-proto.sh; init_proto "$@"; }
setup() {
	local config="$1" link="$2" local mask remote
	json_get_vars local mask remote
	until [ -e "/sys/class/net/$link" ]; do sleep 1; done
	proto_init_update "$link" 1
	case "$local" in
	*:*) proto_add_ipv6_address "$local" "$mask" ;;
	*) proto_add_ipv4_address "$local" "$mask" "" "$remote" ;;
	esac
	proto_send_update "$config"
}
options() { proto_config_add_string local; proto_config_add_string mask; proto_config_add_string remote; proto_config_add_string peeraddr; }
tunnel() { options; no_device=1; available=1; }
proto_pppoe_init_config() { options; }
${Object.entries({ wireguard: '', '6in4': '6in4-', ipip: 'ipip-', gre: 'gre4-', pppoe: 'pppoe-' }).map(([proto, prefix]) => `
${proto === 'pppoe' ? '' : `proto_${proto}_init_config() { tunnel; }`}
proto_${proto}_setup() { setup "$1" "${prefix}$1"; }
proto_${proto}_teardown() { :; }
[ -n "$INCLUDE_ONLY" ] || add_protocol ${proto}
`).join('')}`;

/** Packets of a stack that took the slow path, each way; as many were sent as `answered`. */
export interface Slow {
	answered: number;
	out: number;
	back: number;
	/** Of these, packets of connections that conntrack flags as offloaded. */
	flagged: { out: number; back: number };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

function must(what: string, { code, stdout, stderr }: Ran): string {
	if (code !== 0)
		throw new Error(`${what}: exit ${code}\n${stdout}${stderr}`);
	return stdout;
}

export class Stacks {
	readonly router: Router;
	#server = '';
	/** The reading that ended the last measurement. */
	#last: SlowPath | null = null;

	private constructor(router: Router) {
		this.router = router;
	}

	/** Builds them all; remove() takes them away, also when this fails half-way. */
	static async build(router: Router): Promise<Stacks> {
		const stacks = new Stacks(router);
		const { target } = router;
		await router.sh(`for name in ${MODULES}; do modprobe $name; done; cp /etc/config/network /tmp/network.before; mkdir -p ${HANDLERS}`);
		must('cables', await target.tools(CABLES));
		await target.put(`${HANDLERS}/stacks.sh`, Buffer.from(HANDLER));
		await router.sh(`chmod 755 ${HANDLERS}/stacks.sh
			printf %s ${quote(NETWORK)} >>/etc/config/network
			printf %s ${quote(FIREWALL)} >>/etc/config/firewall
			/etc/init.d/network restart`);
		must('tunnels', await target.tools(TUNNELS, 120_000));
		const addresses = new Set(STACKS.map(({ to }) => to));
		stacks.#server = must('server', await target.server(
			`node --input-type=module -e ${quote(ECHO)} server ${PORT} ${[...addresses].join(' ')} </dev/null >/tmp/echo 2>&1 & echo $!`)).trim();
		await stacks.#up();
		// a reload for a network that came up would undo list()
		await router.ready();
		await router.sh('fw4 reload', 120_000);
		return stacks;
	}

	/** Waits until netifd says that every network is up. */
	async #up(): Promise<void> {
		for (let left = 60; ; left--) {
			const { interface: all } = JSON.parse(await this.router.sh('ubus -S call network.interface dump')) as { interface: { interface: string; up: boolean }[] };
			const down = STACKS.filter(({ name }) => !all.some((one) => one.interface === name && one.up));
			if (!down.length)
				return;
			if (!left)
				throw new Error(`still down: ${down.map(({ name }) => name).join(' ')}`);
			await pause(1000);
		}
	}

	async remove(): Promise<void> {
		const { target } = this.router;
		if (this.#server)
			await target.server(`kill ${this.#server}`);
		await target.sh(`cp /tmp/network.before /etc/config/network; rm -f ${HANDLERS}/stacks.sh`);
		await target.tools(CUT);
		await target.sh('/etc/init.d/network restart');
		await this.router.ready();
	}

	/** Sends datagrams there and back on these ways, all at once; how many answers each got. */
	async exchange(ways: Pick<Stack, 'from' | 'to'>[] = STACKS, count = COUNT): Promise<number[]> {
		const pairs = ways.map(({ from, to }) => `${from},${to}`).join(' ');
		return JSON.parse(must('client', await this.router.target.client(
			`node --input-type=module -e ${quote(ECHO)} client ${PORT} ${count} ${pairs}`, 120_000))) as number[];
	}

	/** The counters before and after an exchange. An emulated router that is busy may take them away meanwhile, and install them anew: then once more. */
	async #counted(stacks: Stack[]): Promise<{ before: SlowPath; after: SlowPath; answered: number[] }> {
		for (let left = 2; ; left--) {
			const before = this.#last ?? await this.router.slow();
			// somebody has to look, or the counters go
			const watching = setInterval(() => { void this.router.target.sh('ubus -S call luci.nft-offload status \'{"watch":true}\' >/dev/null'); }, 4000);
			const answered = await this.exchange(stacks).finally(() => clearInterval(watching));
			const after = this.#last = await this.router.slow();
			if (after.since === before.since)
				return { before, after, answered };
			console.log(`counters of ${before.since} were installed anew at ${after.since}`);
			if (!left)
				throw new Error('the counters were installed anew while packets were counted');
		}
	}

	/** Which way the packets of each stack really go. Nothing else may send meanwhile. */
	async measure(stacks = STACKS): Promise<Record<string, Slow>> {
		const { before, after, answered } = await this.#counted(stacks);
		return Object.fromEntries(stacks.map(({ name, iif, oif, from }, index) => {
			const moved = (a: string, b: string, field: 'packets' | 'flagged_packets'): number => {
				const of = ({ pairs }: SlowPath): number => pairs.find((pair) => pair.iif === a && pair.oif === b
					&& pair.family === (from.includes(':') ? 'ipv6' : 'ipv4') && pair.protocol === 'udp')?.[field] ?? 0;
				return of(after) - of(before);
			};
			return [name, {
				answered: answered[index]!,
				out: moved(iif, oif, 'packets'), back: moved(oif, iif, 'packets'),
				flagged: { out: moved(iif, oif, 'flagged_packets'), back: moved(oif, iif, 'flagged_packets') },
			}];
		}));
	}

	/** Replaces the flowtable of fw4's ruleset by one with these devices, as somebody could by hand. */
	async list(devices: string[]): Promise<void> {
		await this.router.sh(`
			handle=$(nft -a list chain inet fw4 forward | sed -n 's/.* flow add @ft # handle //p')
			nft -f - <<END
			delete rule inet fw4 forward handle $handle
			delete flowtable inet fw4 ft
			add flowtable inet fw4 ft { hook ingress priority 0; devices = { ${devices.map((name) => `"${name}"`).join(', ')} }; counter; }
			insert rule inet fw4 forward meta l4proto { tcp, udp } flow add @ft
END`);
	}
}
