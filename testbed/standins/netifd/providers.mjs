// SPDX-License-Identifier: Apache-2.0
/**
 * netifd's and procd's ubus objects, answered from the kernel and from
 * /etc/config: for the bus, and for the ucode runner's `ubus` module.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { at } from '../lib/paths.mjs';
import { sections } from '../lib/uci.mjs';
import { deviceStatus } from './devices.mjs';
import { interfaceDump } from './interfaces.mjs';

/** DISTRIB_… of /etc/openwrt_release */
function distribution() {
	const text = readFileSync(at('/etc/openwrt_release'), 'utf8');

	return name => new RegExp(`^DISTRIB_${name}=['"]?(.*?)['"]?$`, 'm').exec(text)?.[1] ?? '';
}

function board() {
	const distrib = distribution();
	const model = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown';

	return {
		kernel: release(),
		hostname: sections('system', 'system')[0]?.hostname ?? hostname(),
		system: model,
		model: 'Testbed router',
		board_name: 'testbed,router',
		rootfs_type: 'ext4',
		release: {
			distribution: distrib('ID'),
			version: distrib('RELEASE'),
			revision: distrib('REVISION'),
			target: distrib('TARGET'),
			description: distrib('DESCRIPTION'),
		},
	};
}

/** procd's reload triggers: a committed firewall is reloaded a second later. */
function event({ type, data }) {
	if (type === 'config.change' && data?.package === 'firewall')
		setTimeout(() => spawn('/etc/init.d/firewall', ['reload'], { stdio: 'ignore' }).on('error', () => undefined), 1000);

	return {};
}

/**
 * Object → method → { args: name → type, call }. `call` answers synchronously;
 * null is ubus status 4 (not found).
 * @type {Record<string, Record<string, { args: Record<string, string>, call: (args: any) => object|null }>>}
 */
export const providers = {
	'network.interface': {
		dump: { args: {}, call: interfaceDump },
	},
	'network.device': {
		status: { args: { name: 'String' }, call: deviceStatus },
	},
	system: {
		board: { args: {}, call: board },
	},
	service: {
		list: { args: { name: 'String', verbose: 'Boolean' }, call: () => ({}) },
		event: { args: { type: 'String', data: 'Table' }, call: event },
		get_data: { args: { name: 'String', instance: 'String', type: 'String' }, call: () => ({}) },
	},
};

/** `ubus call network.interface.<name> status`, for each interface of the configuration at start */
for (const { '.name': name } of sections('network', 'interface'))
	providers[`network.interface.${name}`] = {
		status: {
			args: {},
			call: () => {
				const found = interfaceDump().interface.find(entry => entry.interface === name);

				return found ? { ...found, interface: undefined } : null;
			},
		},
	};
