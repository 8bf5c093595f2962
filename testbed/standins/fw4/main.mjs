// SPDX-License-Identifier: Apache-2.0
/** What /sbin/fw4 leaves to its renderer: ACTION start, print, includes, network, device, zone. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { interfaceDump } from '../netifd/interfaces.mjs';
import { resolveFlowtable } from './offload.mjs';
import { renderRuleset } from './ruleset.mjs';
import { loadState } from './state.mjs';

const STATE = '/var/run/fw4.state';

/**
 * @typedef {object} Result
 * @property {number} code exit code; 254 when rendering throws, as ucode's
 * @property {string} stdout
 * @property {string} stderr
 */

function readState() {
	try { return JSON.parse(readFileSync(at(STATE), 'utf8')); }
	catch { return null; }
}

/** Runs `config include` scripts. */
function runIncludes(state) {
	let stderr = '';

	for (const { type, path } of state.includes) {
		if (type !== 'script')
			continue;

		const script = 'config() { echo "You cannot use UCI in firewall includes!" >&2; exit 1; }; . "$1"';
		const { status, stderr: said } = spawnSync('sh', ['-c', script, 'sh', at(path)], { encoding: 'utf8', timeout: 30000 });

		stderr += said ?? '';

		if (status !== 0)
			stderr += `Include '${path}' failed with exit code ${status ?? -1}\n`;
	}

	return stderr;
}

/** @returns {string[]|null} lines to print; null: exit code 1 */
function lookup(state, action, object, device) {
	const zoneOf = test => {
		const zone = state.zones.find(test);

		return zone ? [zone.name] : null;
	};

	if (action === 'network')
		return zoneOf(zone => (zone.network ?? []).some(({ value }) => value === object));

	if (action === 'device')
		return zoneOf(zone => zone.devices.includes(object));

	const zone = state.zones.find(({ name }) => name === object);

	return !zone ? null : !device ? zone.devices : zone.devices.includes(device) ? [device] : null;
}

/**
 * @param {{ ACTION?: string, OBJECT?: string, DEVICE?: string, QUIET?: string, TTY?: string }} environment
 * @returns {Result}
 */
export function fw4(environment) {
	let stderr = '';
	const say = message => {
		if (!environment.QUIET)
			stderr += environment.TTY ? `\x1b[33m${message}\x1b[m\n` : `[!] ${message}\n`;
	};
	const { ACTION: action = '' } = environment;

	if (action === 'start' || action === 'print') {
		try {
			const state = loadState(interfaceDump(), say);

			/* written before anybody knows whether nft will take the rules */
			if (action === 'start') {
				const { zones, networks, includes } = state;

				try { writeFileSync(at(STATE), JSON.stringify({ zones, ipsets: null, networks, ubus_rules: [], includes })); }
				catch (error) { stderr += `Unable to write '${STATE}': ${error.message}\n`; }
			}

			return { code: 0, stdout: renderRuleset(state, resolveFlowtable(state, say)), stderr };
		}
		catch (error) {
			const kind = error instanceof ReferenceError ? 'Reference error' : 'Error';

			return { code: 254, stdout: '', stderr: `${stderr}${kind}: ${error.message}\nIn fw4, the testbed's stand-in\n\n` };
		}
	}

	const state = readState();

	if (!state)
		return { code: 1, stdout: '', stderr: 'Unable to read firewall state - do you need to start the firewall?\n' };

	if (action === 'includes')
		return { code: 0, stdout: '', stderr: runIncludes(state) };

	const found = lookup(state, action, environment.OBJECT ?? '', environment.DEVICE ?? '');

	return { code: found ? 0 : 1, stdout: found?.map(line => `${line}\n`).join('') ?? '', stderr: '' };
}
