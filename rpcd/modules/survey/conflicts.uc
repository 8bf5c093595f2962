// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, basename, glob, lsdir, readfile } from 'fs';
import { cursor } from 'uci';
import { run } from 'nft_offload.run.program';
import { now } from 'nft_offload.run.process';
import { kind } from 'nft_offload.facts.links';
import { fitted } from 'nft_offload.survey.fitted';
import { log } from 'nft_offload.survey.kernel_log';
import { qdiscs, sqm } from 'nft_offload.survey.shaping';
import { short_text } from 'nft_offload.survey.short_text';
import { interfaces } from 'nft_offload.facts.networks';
import { still } from 'nft_offload.explore.still';
import { bool, enabled, words } from 'nft_offload.facts.uci_values';
import * as bound from 'nft_offload.facts.bound';
import * as kernel from 'nft_offload.facts.kernel';
import * as router from 'nft_offload.facts.router';

const NFT = '/usr/sbin/nft';
const SYSCTL = '/proc/sys/net/netfilter';

// Init scripts of services that offloaded packets do not meet, or that change what is offloaded
const SERVICES = [
	// queues and limits, which offloaded packets do not pass (luci#1826, qosmate#91)
	'sqm', 'qosify', 'qosmate', 'nft-qos', 'qos',
	// policies that a flow keeps from its first packets (packages#5943)
	'mwan3', 'pbr', 'vpn-policy-routing',
	// they look at packets that stop coming (zapret#355, b4#213)
	'zapret', 'b4', 'snort',
	// transparent proxies: their flows end on the router
	'xray', 'sing-box', 'passwall', 'openclash',
	// they count (openwrt#10399)
	'nlbwmon', 'vnstat', 'bandwidthd', 'collectd',
	// portals and blocks, which a running flow does not meet again
	'opennds', 'nodogsplash', 'banip',
	// other offloads, who serves the interrupts, and IPsec, which keeps what has a policy
	'bridger', 'turboacc', 'irqbalance', 'ipsec', 'swanctl'
];

// netifd's protos of tunnels
const TUNNELS = [
	'6in4', '6rd', '6to4', 'dslite', 'map', '464xlat', 'ipip', 'gre', 'gretap', 'grev6', 'grev6tap',
	'vti', 'vtiv6', 'xfrm', 'wireguard', 'openvpn', 'openconnect', 'l2tp', 'pptp', 'sstp', 'vxlan', 'vxlan6'
];

// Programs that measure or watch while they run
const OBSERVERS = [ 'tcpdump', 'tshark', 'iftop', 'iperf', 'iperf3', 'netperf', 'netserver', 'speedtest', 'speedtest-go', 'speedtest-netpe' ];

// Options of a firewall rule that applies at some times only
const TIMES = [ 'start_time', 'stop_time', 'start_date', 'stop_date', 'weekdays', 'monthdays' ];

// What a reply names of each sort, and of the firewall's rules
const MOST = 64;
const BLOCKS = 32;

// How long a flow's counters have to stand still, s
const STILL = 60;

// The number in a file, null where there is none
function number(path) {
	let value = int(readfile(path) ?? 'none');

	return value == value ? value : null;
}

function services() {
	return map(filter(SERVICES, (name) => access(`/etc/init.d/${name}`)),
		(name) => ({ name, enabled: length(glob(`/etc/rc.d/S[0-9]${name}`, `/etc/rc.d/S[0-9][0-9]${name}`)) > 0 }));
}

function blocks() {
	let found = [];

	cursor().foreach('firewall', 'rule', (rule) => {
		let clients = slice(map([ ...words(rule.src_mac), ...words(rule.src_ip), ...words(rule.dest_ip) ], short_text), 0, 8),
		    timed = length(filter(TIMES, (option) => rule[option] != null)) > 0,
		    target = short_text(rule.target ?? 'DROP');

		if (enabled(rule) && length(found) < BLOCKS && (timed || (length(clients) && uc(target) in [ 'REJECT', 'DROP' ])))
			push(found, { name: short_text(rule.name), timed, clients, target });
	});

	return found;
}

/** A line each: number, port id of the reader, which is its pid, … (nfqnl seq_show(), nfnetlink_queue.c). */
function queues() {
	let found = [];

	for (let line in split(readfile('/proc/net/netfilter/nfnetlink_queue') ?? '', '\n')) {
		let fields = map(filter(split(line, ' '), (field) => length(field)), (field) => int(field));

		if (type(fields[0]) == 'int' && type(fields[1]) == 'int')
			push(found, { number: fields[0], pid: fields[1], process: short_text(trim(readfile(`/proc/${fields[1]}/comm`) ?? '')) });
	}

	return slice(found, 0, MOST);
}

function wed() {
	return map(glob('/sys/module/*/parameters/wed_enable'), (path) => ({
		module: split(path, '/')[3], enabled: trim(readfile(path) ?? '') in [ 'Y', '1' ]
	}));
}

// The names of files with rules. One that has comments only, as firewall4's own example, is left out.
function includes() {
	let found = [];

	cursor().foreach('firewall', 'include', (include) => {
		if (enabled(include) && include.path)
			push(found, basename(`${include.path}`));
	});

	for (let path in glob('/etc/nftables.d/*.nft'))
		if (length(filter(split(readfile(path) ?? '', '\n'), (line) => !(substr(trim(line), 0, 1) in [ '', '#' ]))))
			push(found, basename(path));

	return slice(map(found, short_text), 0, MOST);
}

/** Parses `nft list flowtables`: `family table name` of every flowtable but fw4's. */
export function other_flowtables(listed) {
	let found = [], table = '';

	for (let line in split(listed, '\n')) {
		if (substr(line, 0, 6) == 'table ')
			table = rtrim(substr(line, 6), ' {');
		else if (substr(trim(line), 0, 10) == 'flowtable ')
			push(found, `${table} ${rtrim(substr(trim(line), 10), ' {')}`);
	}

	return slice(map(filter(found, (name) => name != 'inet fw4 ft'), short_text), 0, MOST);
};

function listed_flowtables() {
	let listed = run([ NFT, 'list', 'flowtables' ]);

	return listed.code == 0 ? other_flowtables(listed.output) : [];
}

function tunnels() {
	let found = [], networks = interfaces();

	for (let name in keys(networks))
		if (networks[name].proto in TUNNELS)
			push(found, { network: short_text(name), proto: networks[name].proto });

	return slice(found, 0, MOST);
}

function observers() {
	let running = {};

	for (let entry in lsdir('/proc') ?? [])
		if (int(entry) > 0)
			running[trim(readfile(`/proc/${entry}/comm`) ?? '')] = true;

	return filter(OBSERVERS, (name) => running[name]);
}

/** What else on the router meets offloading, as the contract's `ConflictFacts`. */
export function survey() {
	let loaded = kernel.look(),
	    listed = loaded.flowtable?.devices ?? [],
	    timestamps = number(`${SYSCTL}/nf_conntrack_timestamp`);

	return fitted({
		at: now(),
		ruleset: loaded.ruleset,
		release: short_text(router.distribution('RELEASE')),
		target: short_text(router.distribution('TARGET')),
		kernel: router.board().kernel,
		services: services(),
		sqm: sqm(),
		qdiscs: qdiscs(),
		blocks: blocks(),
		queues: queues(),
		wed: wed(),
		...log(),
		bound: bound.tables(),
		debugfs: length(lsdir('/sys/kernel/debug') ?? []) > 0,
		flow_timeouts: {
			tcp: number(`${SYSCTL}/nf_flowtable_tcp_timeout`),
			udp: number(`${SYSCTL}/nf_flowtable_udp_timeout`)
		},
		timestamps: timestamps == null ? null : timestamps == 1,
		includes: includes(),
		other_flowtables: listed_flowtables(),
		wlan_listed: filter(listed, (device) => kind(device) == 'wlan'),
		still: still(STILL),
		tunnels: tunnels(),
		observers: observers()
	});
};
