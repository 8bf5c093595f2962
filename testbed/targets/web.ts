// SPDX-License-Identifier: Apache-2.0
/** The web interface that every target has: where it is, who may log in, and whether it answers. */

import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Login } from '../target.js';
import type { Machine } from '../vm/machine.js';

export const ADMIN: Login = { username: 'root', password: 'testbed' };
export const VIEWER: Login = { username: 'viewer', password: 'viewer' };

export const LUCI = '/cgi-bin/luci/';
export const PAGE = `${LUCI}admin/network/nft-offload`;

/** ms */
const TIMEOUT = 240_000;

/** HTTP status of a GET; null when nobody answers. */
function status(url: string): Promise<number | null> {
	return new Promise((resolve) => {
		const request = get(url, { agent: false, timeout: 20_000 }, (response) => {
			response.resume();
			response.once('end', () => resolve(response.statusCode ?? null));
			response.once('error', () => resolve(null));
		});
		request.once('timeout', () => request.destroy());
		request.once('error', () => resolve(null));
	});
}

/**
 * Waits until LuCI answers.
 * @throws Error with the end of the console's text when the machine goes off, or takes too long
 */
export async function webAnswers(url: string, machine: Machine): Promise<void> {
	let off = false;
	void machine.off.then(() => { off = true; });
	const late = Date.now() + TIMEOUT;
	for (;;) {
		const answer = await status(url);
		/* without a session LuCI answers its login page with 403 */
		if (answer !== null && answer < 500 && answer !== 404)
			return;
		if (off || Date.now() > late)
			throw new Error(`the router's web interface does not answer (HTTP status ${answer}):\n${machine.console.split('\n').slice(-25).join('\n')}`);
		await sleep(200);
	}
}
