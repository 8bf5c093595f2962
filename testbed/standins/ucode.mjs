// SPDX-License-Identifier: Apache-2.0
/**
 * What /usr/bin/ucode is on the router: the runner as one file for the router, with the router's ubus objects and
 * its programs rewritten already: under emulation a worker starts in half the
 * time. image/bundle.ts makes it, and image/snapshot.ts what it is when it was
 * loaded.
 */
import { startupSnapshot } from 'node:v8';
import '../ucode/known.mjs';
import providers from './netifd/ubus.mjs';
import { main } from '../ucode/command.mjs';
import { setProviders } from '../ucode/embed.mjs';
import { flushAll } from '../ucode/stdio.mjs';

setProviders(providers);

function run() {
	const code = main(process.argv.slice(2));

	flushAll();
	process.exit(code);
}

if (startupSnapshot.isBuildingSnapshot())
	startupSnapshot.setDeserializeMainFunction(run);
else
	run();
