// SPDX-License-Identifier: Apache-2.0
'use strict';

import { glob, readfile, stat } from 'fs';
import { run } from 'nft_offload.run.program';
import { now } from 'nft_offload.run.process';
import { fitted } from 'nft_offload.survey.fitted';
import { links } from 'nft_offload.facts.links';
import { probe } from 'nft_offload.facts.hardware';
import { underlay } from 'nft_offload.facts.underlay';
import * as config from 'nft_offload.facts.config';
import * as kernel from 'nft_offload.facts.kernel';
import * as networks from 'nft_offload.facts.networks';
import * as router from 'nft_offload.facts.router';
import * as state from 'nft_offload.run.state';

const NFT = '/usr/sbin/nft';
const FW4_STATE = '/var/run/fw4.state';

// Whether bridged packets meet iptables' rules: either switch is enough (br_nf_pre_routing(), net/bridge/br_netfilter_hooks.c)
const BRIDGED = [ '/proc/sys/net/bridge/bridge-nf-call-ip*tables', '/sys/class/net/*/bridge/nf_call_ip*tables' ];

// Ports of one rule that are told apart, and helpers in all
const PORTS = 16;
const HELPERS = 64;

// '21', '5060-5061' or '{ 5060, 5061 }' as numbers
function ports_of(text) {
	let found = [];

	for (let part in split(trim(text, ' {}'), ',')) {
		let ends = map(split(part, '-', 2), (end) => int(end)),
		    last = ends[1] ?? ends[0];

		for (let port = ends[0]; port <= last && length(found) < PORTS; port++)
			push(found, port);
	}

	return found;
}

/**
 * Parses what `nft list table inet fw4` prints into the contract's Helper[]:
 * the ports of rules such as `tcp dport 21 ct helper set "ftp"`, and the
 * kernel's name of the object that such a rule names (`type "ftp" protocol tcp;`).
 */
export function helpers(text) {
	let types = {}, object = null, found = {};

	for (let line in split(text, '\n')) {
		line = trim(line);

		if (substr(line, 0, 10) == 'ct helper ') {
			object = rtrim(substr(line, 10), ' {');
			continue;
		}

		if (object && substr(line, 0, 6) == 'type "') {
			types[object] = split(line, '"')[1];
			object = null;
			continue;
		}

		let rule = split(line, ' ct helper set "', 2),
		    name = rule[1] ? split(rule[1], '"', 2)[0] : null;

		if (!name)
			continue;

		for (let protocol in [ 'tcp', 'udp' ]) {
			let at = split(rule[0], `${protocol} dport `, 2)[1];

			for (let port in at ? ports_of(at) : [])
				found[`${name} ${protocol} ${port}`] = { name: types[name] ?? name, protocol, port };
		}
	}

	return slice(values(found), 0, HELPERS);
};

// The rules that assign helpers are in a chain for each zone, so the whole table is listed
function loaded_helpers(loaded) {
	return loaded.table ? helpers(run([ NFT, '-t', 'list', 'table', 'inet', 'fw4' ]).output) : [];
}

// A file has the wall clock's time. Where that clock jumped since, as it does at
// the first answer of NTP on a router without a battery, it is not known.
function loaded_since() {
	let written = stat(FW4_STATE)?.mtime, wall = clock(),
	    since = written == null ? null : now() - wall[0] - wall[1] / 1000000000.0 + written;

	return since != null && since >= 0 && since <= now() + 1 ? since : null;
}

function seconds(name) {
	let value = int(readfile(`/proc/sys/net/netfilter/nf_conntrack_${name}`) ?? 'none');

	return value == value ? value : null;
}

// Whether hardware offloading is asked for, or loaded
function in_hardware(loaded) {
	return !!loaded.flowtable?.offload || config.mode_of(config.effective().options) == 'hardware';
}

// What the answers of a probe depend on. The time of the load is computed from two clocks and
// may differ by a second from look to look.
function setting(facts) {
	return sprintf('%J', [
		facts.loaded_since == null ? null : int(facts.loaded_since / 4), facts.loaded.flowtable,
		map(facts.links, (link) => [ link.name, link.ifindex, link.lower ])
	]);
}

// Rendering the rules takes a slow router a second, so it is done only when something changed
function probed(facts) {
	if (!in_hardware(facts.loaded))
		return null;

	let before = state.read('coverage');

	if (before?.probed && setting(before) == setting(facts))
		return before.probed;

	return probe(facts.loaded.flowtable?.offload ? facts.loaded.flowtable.devices : []);
}

/** What decides which packets can take the fast path, as the contract's `CoverageFacts`. */
export function survey() {
	let loaded = kernel.look(),
	    interfaces = networks.interfaces(),
	    zones = networks.zones(interfaces);

	let facts = {
		at: now(),
		ruleset: loaded.ruleset,
		kernel: router.board().kernel,
		loaded,
		loaded_since: loaded_since(),
		zones,
		forwardings: networks.forwardings(),
		networks: networks.addressed(zones, interfaces),
		own: networks.addresses_elsewhere(zones, interfaces),
		links: links(interfaces, (name) => underlay(name, interfaces)),
		helpers: loaded_helpers(loaded),
		bridged: length(filter(glob(...BRIDGED), (file) => int(readfile(file)) > 0)) > 0,
		timeouts: {
			established: seconds('tcp_timeout_established'),
			udp: seconds('udp_timeout'),
			udp_stream: seconds('udp_timeout_stream')
		},
		probed: null
	};

	facts.probed = probed(facts);

	return fitted(facts);
};
