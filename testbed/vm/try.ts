// SPDX-License-Identifier: Apache-2.0
/**
 * Boots a testbed and runs each line of standard input in it:
 *
 *	npx tsx testbed/vm/try.ts
 *	> ip addr                 on the router
 *	> @client ping -c1 192.168.1.1
 *	> @server … / @tools …    (tools: Debian's programs in the router's network)
 */

import { createInterface } from 'node:readline';
import { getTestbedDisk } from '../image/testbed.js';
import { getTools } from '../image/tools.js';
import type { Place } from './channel.js';
import { getInitramfs } from './initramfs.js';
import { getKernel } from './kernel.js';
import { Machine } from './machine.js';

const started = Date.now();
const say = (what: string): void => console.error(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${what}`);

const kernel = await getKernel();
const machine = await Machine.create({
	kernel: kernel.image, initramfs: await getInitramfs(kernel, {}), disk: await getTestbedDisk(kernel), tools: await getTools(), memory: 512,
});
say(`booting Linux ${kernel.release}`);
await machine.powerOn();
say(`the agent answers; port 80 is http://127.0.0.1:${machine.port}`);
for await (const line of createInterface({ input: process.stdin })) {
	const [, place = 'router', command = ''] = /^(?:@(\w+) )?(.*)$/.exec(line) ?? [];
	const ran = await machine.run({ place: place as Place, command, timeout: 60_000 });
	process.stdout.write(ran.stdout);
	process.stderr.write(ran.stderr);
	say(`exit ${ran.code}`);
}
machine.destroy();
