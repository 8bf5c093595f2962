// SPDX-License-Identifier: Apache-2.0
/**
 * The runner as one file for the router, with the router's ubus objects and
 * its programs rewritten already: under emulation a worker starts in half the
 * time. image/bundle.ts makes it, and image/snapshot.ts what it is when it was
 * loaded.
 */
import { startupSnapshot } from 'node:v8';
import './known.mjs';
import providers from '../standins/netifd/ubus.mjs';
import { main } from './command.mjs';
import { setProviders } from './embed.mjs';
import { flushAll } from './stdio.mjs';

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
