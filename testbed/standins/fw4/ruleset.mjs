// SPDX-License-Identifier: Apache-2.0
/** fw4's ruleset as text, in the order and the words of the real one. */
import { quoted, set } from './text.mjs';

const FAMILY = { 4: 'IPv4', 6: 'IPv6' };
const VERDICTS = ['accept', 'reject', 'drop'];

const nfproto = zone => zone.family ? `meta nfproto ipv${zone.family} ` : '';
const words = zone => FAMILY[zone.family] ?? 'IPv4/IPv6';

function heading(title) {
	return ['', '\t#', `\t# ${title}`, '\t#', ''];
}

function chain(name, ...lines) {
	return [`\tchain ${name} {`, ...lines.flat().map(line => line && `\t\t${line}`), '\t}', ''];
}

const match = (zone, direction) => zone.devices.length ? `${direction}ifname ${set(zone.devices)} ` : '';

/** Zones without a device match nothing, and get no jump. */
function jump(zone, chainName) {
	const egress = chainName === 'output' || chainName === 'srcnat';

	return zone.devices.length
		? [`${nfproto(zone)}${match(zone, egress ? 'o' : 'i')}jump ${chainName}_${zone.name} comment "!fw4: Handle ${zone.name} ${words(zone)} ${chainName} ${chainName === 'helper' ? 'assignment' : 'traffic'}"`]
		: [];
}

function verdict(zone, action, egress) {
	if (!zone.devices.length)
		return [];

	const act = action === 'reject' ? 'jump handle_reject' : action;

	return [`${nfproto(zone)}${match(zone, egress ? 'o' : 'i')}${zone.counter ? 'counter ' : ''}${act} comment "!fw4: ${action} ${zone.name} ${words(zone)} traffic"`];
}

function natLeakage(zone) {
	const family = !!zone.masq !== !!zone.masq6 ? `meta nfproto ${zone.masq ? 'ipv4' : 'ipv6'} ` : '';

	return zone.devices.length
		? [`${family}${match(zone, 'o')}ct state invalid ${zone.counter ? 'counter ' : ''}drop comment "!fw4: Prevent NAT leakage"`]
		: [];
}

function mssFix(zone, egress) {
	return zone.mtu_fix && zone.devices.length
		? [`${nfproto(zone)}${match(zone, egress ? 'o' : 'i')}tcp flags syn / syn,fin,rst tcp option maxseg size set rt mtu comment "!fw4: Zone ${zone.name} ${words(zone)} ${egress ? 'egress' : 'ingress'} MTU fixing"`]
		: [];
}

/** `handle_reject` drops politely; a policy cannot reject. */
function policy(value) {
	return value === 'reject' ? 'drop' : value;
}

function reject(code) {
	return code === 'tcp-reset' ? 'tcp reset' : `icmpx type ${code}`;
}

/**
 * @param {any} state as of loadState()
 * @param {{ devices: string[], hardware: boolean, loaded: boolean }} flowtable `loaded`: the kernel has one already
 * @returns {string}
 */
export function renderRuleset(state, flowtable) {
	const { defaults, zones } = state;
	const rules = name => state.rules.filter(rule => rule.chain === name).map(rule => rule.text);
	const included = (position, name) => state.includes
		.filter(include => include.type === 'nftables' && include.position === position && (!name || include.chain === name))
		.map(include => `include ${quoted(include.path)}`);
	const states = comment => `ct state vmap { established : accept, related : accept${defaults.drop_invalid ? ', invalid : drop' : ''} } comment "!fw4: ${comment}"`;
	const synflood = defaults.synflood_protect && defaults.synflood_rate;

	const hooked = (name, hook, priority, ...lines) => chain(name, `type ${hook} priority ${priority}; policy accept;`, ...lines);
	const extended = (name, ...lines) => [...included('chain-prepend', name), ...lines.flat(), ...included('chain-append', name)];

	const zoneChains = zones.flatMap(zone => [
		...chain(`input_${zone.name}`, extended(`input_${zone.name}`, rules(`input_${zone.name}`),
			zone.dnat ? ['ct status dnat accept comment "!fw4: Accept port redirections"'] : []),
		`jump ${zone.input}_from_${zone.name}`),
		...chain(`output_${zone.name}`, extended(`output_${zone.name}`, rules(`output_${zone.name}`)), `jump ${zone.output}_to_${zone.name}`),
		...chain(`forward_${zone.name}`, extended(`forward_${zone.name}`, rules(`forward_${zone.name}`),
			zone.dnat ? ['ct status dnat accept comment "!fw4: Accept port forwards"'] : []),
		`jump ${zone.forward}_to_${zone.name}`),
		...zone.helper ? chain(`helper_${zone.name}`) : [],
		...VERDICTS.flatMap(action => [
			...zone.from.has(action) ? chain(`${action}_from_${zone.name}`, verdict(zone, action, false)) : [],
			...zone.to.has(action) ? chain(`${action}_to_${zone.name}`,
				action === 'accept' && !defaults.drop_invalid && (zone.masq || zone.masq6) ? natLeakage(zone) : [],
				verdict(zone, action, true)) : [],
		]),
	]);

	const natChains = zones.flatMap(zone => [
		...zone.dnat ? chain(`dstnat_${zone.name}`, extended(`dstnat_${zone.name}`,
			state.redirects.filter(({ chain: name }) => name === `dstnat_${zone.name}`).map(({ text }) => text))) : [],
		...zone.snat ? chain(`srcnat_${zone.name}`, extended(`srcnat_${zone.name}`,
			zone.masq ? [`meta nfproto ipv4 masquerade comment "!fw4: Masquerade IPv4 ${zone.name} traffic"`] : [],
			zone.masq6 ? [`meta nfproto ipv6 masquerade comment "!fw4: Masquerade IPv6 ${zone.name} traffic"`] : [])) : [],
	]);

	const lines = [
		'table inet fw4',
		'flush table inet fw4',
		...flowtable.loaded ? ['delete flowtable inet fw4 ft'] : [],
		...included('ruleset-prepend'),
		'',
		'table inet fw4 {',

		...flowtable.devices.length ? [
			...heading('Flowtable').slice(1),
			'\tflowtable ft {',
			'\t\thook ingress priority 0;',
			`\t\tdevices = ${set(flowtable.devices, true)};`,
			'\t\tcounter;',
			...flowtable.hardware ? ['\t\tflags offload;'] : [],
			'\t}',
			'', '',
		] : [],

		...heading('Defines').slice(1),
		...zones.flatMap(zone => {
			const name = zone.name.replace(/^[0-9]/, '_$&');

			return [`\tdefine ${name}_devices = ${set(zone.devices, true)}`, `\tdefine ${name}_subnets = ${set(zone.subnets, true)}`, ''];
		}),

		...heading('User includes'),
		'\tinclude "/etc/nftables.d/*.nft"',
		...included('table-prepend').map(line => `\t${line}`),
		'',

		...heading('Filter rules'),
		...chain('input', `type filter hook input priority filter; policy ${policy(defaults.input)};`, '',
			'iif "lo" accept comment "!fw4: Accept traffic from loopback"', '',
			included('chain-prepend', 'input'),
			states('Handle inbound flows'),
			synflood ? ['tcp flags & (fin | syn | rst | ack) == syn jump syn_flood comment "!fw4: Rate limit TCP syn packets"'] : [],
			rules('input'), zones.flatMap(zone => jump(zone, 'input')),
			defaults.input === 'reject' ? ['jump handle_reject'] : [],
			included('chain-append', 'input')),
		...chain('forward', `type filter hook forward priority filter; policy ${policy(defaults.forward)};`, '',
			flowtable.devices.length ? ['meta l4proto { tcp, udp } flow offload @ft;'] : [],
			included('chain-prepend', 'forward'),
			states('Handle forwarded flows'),
			rules('forward'), zones.flatMap(zone => jump(zone, 'forward')),
			included('chain-append', 'forward'),
			defaults.forward === 'reject' ? ['jump handle_reject'] : []),
		...chain('output', `type filter hook output priority filter; policy ${policy(defaults.output)};`, '',
			'oif "lo" accept comment "!fw4: Accept traffic towards loopback"', '',
			included('chain-prepend', 'output'),
			states('Handle outbound flows'),
			rules('output'), zones.flatMap(zone => jump(zone, 'output')),
			included('chain-append', 'output'),
			defaults.output === 'reject' ? ['jump handle_reject'] : []),
		...hooked('prerouting', 'filter hook prerouting', 'filter', zones.filter(zone => zone.helper).flatMap(zone => jump(zone, 'helper'))),
		...chain('handle_reject',
			`meta l4proto tcp reject with ${reject(defaults.tcp_reject_code)} comment "!fw4: Reject TCP traffic"`,
			`reject with ${reject(defaults.any_reject_code)} comment "!fw4: Reject any other traffic"`),
		...synflood ? chain('syn_flood',
			`limit rate ${synflood.rate}/${synflood.unit}${defaults.synflood_burst ? ` burst ${defaults.synflood_burst} packets` : ''} return comment "!fw4: Accept SYN packets below rate-limit"`,
			'drop comment "!fw4: Drop excess packets"') : [],
		...zoneChains,

		...heading('NAT rules'),
		...hooked('dstnat', 'nat hook prerouting', 'dstnat', extended('dstnat', zones.filter(zone => zone.dnat).flatMap(zone => jump(zone, 'dstnat')))),
		...hooked('srcnat', 'nat hook postrouting', 'srcnat', extended('srcnat', zones.filter(zone => zone.snat).flatMap(zone => jump(zone, 'srcnat')))),
		...natChains,

		...heading('Raw rules (notrack)'),
		...hooked('raw_prerouting', 'filter hook prerouting', 'raw', included('chain-append', 'raw_prerouting')),
		...hooked('raw_output', 'filter hook output', 'raw', extended('raw_output')),

		...heading('Mangle rules'),
		...hooked('mangle_prerouting', 'filter hook prerouting', 'mangle', extended('mangle_prerouting')),
		...hooked('mangle_postrouting', 'filter hook postrouting', 'mangle', extended('mangle_postrouting', zones.flatMap(zone => mssFix(zone, true)))),
		...hooked('mangle_input', 'filter hook input', 'mangle', extended('mangle_input')),
		...hooked('mangle_output', 'route hook output', 'mangle', extended('mangle_output')),
		...hooked('mangle_forward', 'filter hook forward', 'mangle', extended('mangle_forward', zones.flatMap(zone => mssFix(zone, false)))).slice(0, -1),
		...included('table-append').map(line => `\t${line}`),
		'}',
		...included('ruleset-append'),
	];

	return `${lines.join('\n')}\n`;
}
