// SPDX-License-Identifier: Apache-2.0
/** fw4's names of ICMP types: numbers of RFC 792 and RFC 4443; `code` null means any. */
const type = (number, code = null) => ({ type: number, code });

/** @type {Record<string, { type: number, code: number|null }>} */
export const ICMP4 = {
	'echo-reply': type(0), pong: type(0),
	'destination-unreachable': type(3), 'network-unreachable': type(3, 0), 'host-unreachable': type(3, 1),
	'protocol-unreachable': type(3, 2), 'port-unreachable': type(3, 3), 'fragmentation-needed': type(3, 4),
	'source-quench': type(4),
	redirect: type(5),
	'echo-request': type(8), ping: type(8),
	'router-advertisement': type(9), 'router-solicitation': type(10),
	'time-exceeded': type(11), 'ttl-exceeded': type(11), 'ttl-zero-during-transit': type(11, 0), 'ttl-zero-during-reassembly': type(11, 1),
	'parameter-problem': type(12), 'ip-header-bad': type(12, 0), 'required-option-missing': type(12, 1),
	'timestamp-request': type(13), 'timestamp-reply': type(14),
	'address-mask-request': type(17), 'address-mask-reply': type(18),
};

/** @type {Record<string, { type: number, code: number|null }>} */
export const ICMP6 = {
	'destination-unreachable': type(1), 'no-route': type(1, 0), 'communication-prohibited': type(1, 1),
	'address-unreachable': type(1, 3), 'port-unreachable': type(1, 4),
	'packet-too-big': type(2),
	'time-exceeded': type(3), 'ttl-exceeded': type(3), 'ttl-zero-during-transit': type(3, 0), 'ttl-zero-during-reassembly': type(3, 1),
	'parameter-problem': type(4), 'bad-header': type(4, 0), 'unknown-header-type': type(4, 1), 'unknown-option': type(4, 2),
	'echo-request': type(128), ping: type(128), 'echo-reply': type(129), pong: type(129),
	'multicast-listener-query': type(130), 'multicast-listener-report': type(131), 'multicast-listener-done': type(132),
	'router-solicitation': type(133), 'router-advertisement': type(134),
	'neighbour-solicitation': type(135), 'neighbor-solicitation': type(135),
	'neighbour-advertisement': type(136), 'neighbor-advertisement': type(136),
	redirect: type(137),
	'v2-multicast-listener-report': type(143),
};
