// SPDX-License-Identifier: Apache-2.0
/** signal(): ignoring and not. Node runs handlers between turns of its loop, which a ucode script never ends. */
import os from 'node:os';
import { refuse } from './values.mjs';

const ignored = new Map();

/** @param {unknown} name 'TERM', 'SIGTERM', 15 @param {unknown} handler 'ignore' or 'default' */
export function setSignal(name, handler, given) {
	const { signals } = os.constants;
	const full = typeof name === 'string' ? `SIG${name.toUpperCase().replace(/^SIG/, '')}` :
		Object.keys(signals).find((key) => signals[key] === name);

	if (!full || !(full in signals))
		return null;
	if (given < 2)
		return ignored.has(full) ? 'ignore' : 'default';
	if (typeof handler === 'function')
		refuse(`signal('${name}', function)`);
	if (handler !== 'ignore' && handler !== 'default')
		return null;

	if (handler === 'ignore' && !ignored.has(full)) {
		const nothing = () => {};

		process.on(full, nothing);
		ignored.set(full, nothing);
	}
	else if (handler === 'default' && ignored.has(full)) {
		process.off(full, ignored.get(full));
		ignored.delete(full);
	}

	return handler;
}
