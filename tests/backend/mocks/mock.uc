// SPDX-License-Identifier: Apache-2.0
// The router of a test case: what it has, from the JSON in the environment
// variable MOCK, and what was done to it, in `log`.
'use strict';

// A program that is loaded at run time has modules of its own; they share this
const router = (global.MOCKED_ROUTER ??= { ...json(getenv('MOCK') ?? '{}'), log: [], state: null });

export const files = (router.files ??= {});
export const links = (router.links ??= {});
export const uci = (router.uci ??= {});
export const ubus = (router.ubus ??= {});

// [ prefix, exit code, output ] each; the last of a kind answers again and again
const scripted = (router.commands ??= []);

/** What happened, a line each. */
export const log = router.log;

/**
 * deltas: uncommitted changes to firewall. readonly, full: prefixes of paths.
 * mtime: of every file. handlers: functions that take a command line and return [ exit code, output ] or null.
 */
export const state = (router.state ??= { deltas: router.deltas ?? [], readonly: [], full: [], handlers: {}, now: 1000.0, mtime: 940 });

files['/dev/urandom'] ??= '12345678';
files['/proc/self/stat'] ??= '4242 (ucode) S 1 1 1 0 -1 0 0 0 0 0 7 2 3 1 20 0\n';
links['/proc/self'] ??= '4242';

if (uci.firewall)
	files['/etc/config/firewall'] ??= 'config';

export function below(path, prefixes) {
	for (let prefix in prefixes)
		if (substr(path, 0, length(prefix)) == prefix)
			return true;

	return false;
};

/** Answers a command line as the case says: [ exit code, output ]. */
export function execute(line) {
	push(log, line);

	for (let name in keys(state.handlers)) {
		let answer = state.handlers[name](line);

		if (answer)
			return answer;
	}

	for (let i = 0; i < length(scripted); i++) {
		let command = scripted[i];

		if (substr(line, 0, length(command[0])) != command[0])
			continue;

		for (let later in slice(scripted, i + 1))
			if (later[0] == command[0]) {
				splice(scripted, i, 1);
				break;
			}

		return [ command[1], command[2] ];
	}

	return [ 127, `no such command: ${line}\n` ];
};

global.clock = (monotonic) => [ int(state.now), int((state.now - int(state.now)) * 1000000000) ];
global.sleep = (ms) => { state.now += ms / 1000.0; return true; };
global.system = (argv) => execute(`system ${join(' ', argv)}`)[0];
