// SPDX-License-Identifier: Apache-2.0
// firewall4 and nft, as far as a transaction meets them, with their traps
'use strict';

import { state } from 'mock';
import { cursor } from 'uci';

/**
 * loaded: 'off', 'software', 'hardware', or null for no table. refuses: names of
 * devices. check, reload: how the next ones go wrong ('invalid', 'rejected',
 * 'throws', 'ignored'); `then(command)` runs after each command.
 */
export const fw4 = { loaded: 'off', handle: 100, devices: [ 'lan1', 'wan' ], refuses: [], check: null, reload: null, state_file: true, then: null };

function asked() {
	let uci = cursor(), section = null;

	uci.load('firewall');
	uci.foreach('firewall', 'defaults', (s) => { section ??= s; });

	if (section?.flow_offloading != '1')
		return 'off';

	return section.flow_offloading_hw == '1' && !length(fw4.refuses) ? 'hardware' : 'software';
}

function fallback() {
	let uci = cursor(), hardware = false;

	uci.load('firewall');
	uci.foreach('firewall', 'defaults', (s) => { hardware ||= s.flow_offloading_hw == '1'; });

	return hardware && length(fw4.refuses)
		? '[!] Hardware flow offloading unavailable, falling back to software offloading\n' : '';
}

function flowtable(mode) {
	if (mode == 'off')
		return '';

	return '\tflowtable ft {\n\t\thook ingress priority filter\n\t\tdevices = { ' + join(', ', fw4.devices) + ' }\n' +
		(mode == 'hardware' ? '\t\tflags offload\n' : '') + '\t\tcounter\n\t}\n';
}

function load() {
	if (fw4.reload == 'ignored')
		return [ 0, '' ];

	if (fw4.reload == 'rejected')
		return [ 0, '/dev/stdin:2:12-13: Error: Could not process rule: Operation not supported\n' ];

	fw4.loaded = asked();
	fw4.handle += 10;

	return [ 0, fallback() ];
}

function answer(line) {
	switch (line) {
	case '/sbin/fw4 check':
		return fw4.check == 'invalid' ? [ 1, 'Error: syntax error, unexpected add\n' ]
			: [ 0, fallback() + 'Ruleset passes nftables check.\n' ];

	case '/sbin/fw4 reload':
		if (fw4.reload == 'throws') {
			fw4.reload = null;
			fw4.state_file = false;
		}

		return fw4.state_file ? load() : [ 1, 'The fw4 firewall does not appear to be loaded.\n' ];

	case '/sbin/fw4 start':
		fw4.state_file = true;

		return load();

	case '/sbin/fw4 -q print':
		return [ 0, `table inet fw4 {\n\tflowtable ft {\n\t\thook ingress priority 0;\n\t\tdevices = { "${join('", "', fw4.devices)}" };\n\t\tcounter;\n\t}\n}\n` ];

	case '/usr/sbin/nft -a -t list flowtables inet; list chain inet fw4 forward':
		if (!fw4.loaded)
			return [ 1, 'Error: No such file or directory; did you mean table ‘fw4’?\n' ];

		return [ 0, (fw4.loaded == 'off' ? '' : `table inet fw4 {\n${flowtable(fw4.loaded)}}\n`) +
			'table inet fw4 {\n\tchain forward {\n' +
			(fw4.loaded == 'off' ? '' : '\t\tmeta l4proto { tcp, udp } flow add @ft\n') + '\t}\n}\n' ];

	case '/usr/sbin/nft -a -t list chain inet fw4 forward':
		return fw4.loaded ? [ 0, `table inet fw4 {\n\tchain forward { # handle 3\n\t\tct state vmap # handle ${fw4.handle}\n\t}\n}\n` ] : [ 1, '' ];

	case 'df -k /tmp':
	case 'df -k /etc/config':
		return [ 0, 'Filesystem 1K-blocks Used Available Use% Mounted on\ntmpfs 60000 10 59990 0% /tmp\n' ];
	}

	let probed = match(line, /^\/usr\/sbin\/nft -c .*devices = \{ "([^"]+)" \}/);

	if (probed)
		return probed[1] in fw4.refuses ? [ 1, 'Error: Could not process rule: Operation not supported\n' ] : [ 0, '' ];

	return null;
}

state.handlers.fw4 ??= (line) => {
	let answered = answer(line);

	if (answered && fw4.then)
		fw4.then(line);

	return answered;
};
