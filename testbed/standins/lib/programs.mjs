// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';

/**
 * A program that a router does not have: where the guest keeps the testbed's own,
 * else by its name in PATH.
 * @param {string} name
 * @returns {string}
 */
export function program(name) {
	const own = `/usr/lib/testbed/bin/${name}`;

	return existsSync(own) ? own : name;
}
