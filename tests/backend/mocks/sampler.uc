// SPDX-License-Identifier: Apache-2.0
// The sampler, its counters and a WAN port, as far as a comparison meets them:
// 1000 packets a second pass, all of them slow while nothing is offloaded, 10 else
'use strict';

import { files, state } from 'mock';
import { fw4 } from 'firewall4';
import * as kept from 'nft_offload.run.state';

const DIRECTORY = '/var/run/nft-offload';
const STATISTICS = '/sys/class/net/eth1/statistics';

/** starts: a start succeeds. handle: the table's, null when it is not there. error: nft's words for every list. then: runs before each list. */
export const sampler = { starts: true, handle: null, error: null, then: null };

let moved = 0, slow = 0, seen = state.now, installed = 0;

files['/sys/class/net/eth1.7/uevent'] = 'DEVTYPE=vlan\n';
files['/sys/class/net/eth1.7/lower_eth1/x'] = '';
files['/sys/class/net/eth1/type'] = '1\n';

export function die_of_it() {
	delete files[`${DIRECTORY}/sampler.pid`];
	sampler.handle = null;
	kept.remove('watch');
};

function pass() {
	let seconds = state.now - seen;

	seen = state.now;
	moved += int(seconds * 1000);
	slow += int(seconds * (fw4.loaded == 'off' ? 1000 : 10));

	for (let way in [ 'rx', 'tx' ]) {
		files[`${STATISTICS}/${way}_packets`] = `${moved / 2}\n`;
		files[`${STATISTICS}/${way}_bytes`] = `${moved * 50}\n`;
	}

	files['/proc/stat'] = `cpu  ${moved} 0 0 ${moved * 2} 0 0 ${slow} 0 0 0\n`;
}

state.handlers.sampler ??= (line) => {
	if (index(line, 'guard -- sampler run') > 0) {
		if (!sampler.starts)
			return [ 1, '' ];

		files[`${DIRECTORY}/sampler.pid`] = '88\n';
		files['/proc/88/cmdline'] = '/usr/libexec/nft-offload/guard';
		sampler.handle = 100 + ++installed;
		slow = 0;
		kept.write('watch', { slow: { at: state.now, error: sampler.error } });

		return [ 0, '' ];
	}

	if (line != '/usr/sbin/nft -a list table inet nft_offload')
		return null;

	pass();

	if (sampler.then)
		sampler.then();

	if (sampler.error || !sampler.handle)
		return [ 1, `${sampler.error ?? 'Error: No such file or directory'}\n` ];

	return [ 0, `table inet nft_offload { # handle ${sampler.handle}\n\tset slow { # handle 2\n` +
		`\t\telements = { "br-lan" . "pppoe-wan" . ipv4 . tcp counter packets ${slow} bytes ${slow * 100},\n` +
		'\t\t\t     "pppoe-wan" . "br-lan" . ipv6 . udp counter packets 5 bytes 500 }\n\t}\n}\n' ];
};
