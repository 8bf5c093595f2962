// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';

/** Root directory that stands for the router's `/`; '' on the router itself. */
export const ROOT = (process.env.TESTBED_ROOT ?? '').replace(/\/+$/, '');

/**
 * Maps an absolute path of the router below TESTBED_ROOT, so that everything here
 * also runs on a development machine.
 * @param {string} path
 * @returns {string}
 */
export function at(path) {
	return ROOT ? join(ROOT, path) : path;
}

/** Where the stand-ins meet: the bus, and the command service of the thin clients. */
export const SOCKETS = {
	ubus: at('/var/run/ubus/ubus.sock'),
	tools: at('/var/run/testbed/tools.sock'),
};
