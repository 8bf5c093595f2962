// SPDX-License-Identifier: Apache-2.0
'use strict';

import { access, glob, readfile } from 'fs';

function line(path) {
	let text = readfile(path);

	return text == null ? null : trim(text);
}

/** The value of DISTRIB_`name` of /etc/openwrt_release, '' where it does not say. */
export function distribution(name) {
	let value = '';

	for (let entry in split(readfile('/etc/openwrt_release') ?? '', '\n')) {
		let pair = split(entry, '=', 2);

		if (pair[0] == `DISTRIB_${name}`)
			value = trim(pair[1], "'\"");
	}

	return value;
};

/** { hostname, model, release, kernel }, '' where the router does not say. */
export function board() {
	return {
		hostname: line('/proc/sys/kernel/hostname') ?? '',
		model: line('/tmp/sysinfo/model') ?? '',
		release: distribution('DESCRIPTION'),
		kernel: line('/proc/sys/kernel/osrelease') ?? ''
	};
};

/**
 * 'loaded', 'available' or 'missing'. OpenWrt keeps modules flat in
 * /lib/modules/<release>, others below kernel/net; a built-in one has a line
 * in modules.builtin.
 */
export function module_state(name) {
	if (access(`/sys/module/${name}`))
		return 'loaded';

	let directory = '/lib/modules/' + line('/proc/sys/kernel/osrelease');

	if (index(readfile(`${directory}/modules.builtin`) ?? '', `/${name}.ko\n`) >= 0)
		return 'loaded';

	return length(glob(`${directory}/${name}.ko*`, `${directory}/kernel/net/*/${name}.ko*`)) ? 'available' : 'missing';
};

/** The states of kmod-nft-offload's modules by their names. */
export function offload_modules() {
	let states = {};

	for (let name in [ 'nf_flow_table', 'nf_flow_table_inet', 'nft_flow_offload' ])
		states[name] = module_state(name);

	return states;
};

/** net.netfilter: { accounting, conntrack_count, conntrack_max }, null where conntrack is not loaded. */
export function conntrack() {
	let read = (name) => line(`/proc/sys/net/netfilter/nf_conntrack_${name}`),
	    number = (text) => text == null ? null : int(text),
	    acct = read('acct');

	return {
		accounting: acct == null ? null : acct == '1',
		conntrack_count: number(read('count')),
		conntrack_max: number(read('max'))
	};
};
