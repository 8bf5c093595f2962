// SPDX-License-Identifier: Apache-2.0
/**
 * Boots a target (chosen by the environment, see targets/index.ts) and runs
 * each line of standard input in it:
 *
 *	npx tsx testbed/try.ts
 *	ip addr			on the router
 *	@client ping -c1 192.168.1.1
 *	@server … / @tools …	(tools: Debian's programs in the router's network)
 *	!traffic on / !hardware none / !cut
 */

import { createInterface } from 'node:readline';
import type { Hardware } from './target.js';
import { startTarget } from './targets/index.js';
import type { Place } from './vm/command.js';

const started = Date.now();
const say = (what: string): void => console.error(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${what}`);

const target = await startTarget({ progress: say });
say(target.url);
for await (const line of createInterface({ input: process.stdin })) {
	const [, place = 'router', command = ''] = /^(?:@(\w+) )?(.*)$/.exec(line) ?? [];
	const [word, ...rest] = line.split(/\s+/);
	if (word === '!cut') {
		await target.powerOff();
		await target.powerOn();
	} else if (word === '!traffic') {
		await target.traffic(rest[0] === 'on');
	} else if (word === '!hardware') {
		const accept = (rest.length > 1 ? 'devices' : rest[0]) as Hardware['accept'];
		await target.hardware(accept === 'devices' ? { accept, names: rest } : { accept });
	} else {
		const ran = await target.run(place as Place, command);
		process.stdout.write(ran.stdout);
		process.stderr.write(ran.stderr);
		say(`exit ${ran.code}`);
		continue;
	}
	say(line);
}
await target.stop();
