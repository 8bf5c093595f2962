// SPDX-License-Identifier: Apache-2.0
/** rpcd: one thread, one call after the other. */
import { mkdirSync } from 'node:fs';
import { setProviders } from '../../ucode/embed.mjs';
import { Bus } from '../lib/bus.mjs';
import { at, SOCKETS } from '../lib/paths.mjs';
import ubusProviders from '../netifd/ubus.mjs';
import { pluginObjects } from './plugins.mjs';
import { Sessions } from './session.mjs';
import { UciObject } from './uci.mjs';

/** @returns {Promise<() => void>} ends it, and keeps the sessions */
async function start(resumed) {
	const bus = await Bus.open(SOCKETS.ubus);
	const sessions = new Sessions();
	const uci = new UciObject(sessions, config => void bus.call('service', 'event', { type: 'config.change', data: { package: config } }, 1000));

	/* rpcd serves nobody before it has its sessions again (main.c: thaw, then uloop_run) */
	if (resumed)
		sessions.thaw();
	else
		uci.purge();

	await bus.add('session', sessions.methods());
	await bus.add('uci', uci.methods());

	for (const [path, methods] of pluginObjects())
		await bus.add(path, methods);

	const expiry = setInterval(() => sessions.expire(), 1000);

	/* without the bus there is nobody to serve; the supervisor starts anew */
	bus.socket.once('close', () => process.exit(1));

	return () => {
		clearInterval(expiry);
		sessions.freeze();
		bus.socket.removeAllListeners('close');
		bus.close();
	};
}

mkdirSync(at('/var/run/rpcd'), { recursive: true, mode: 0o700 });
setProviders(ubusProviders);

let stop = await start(false);

/* a reload may come while the one before it is under way */
let reloading = Promise.resolve();

process.on('SIGHUP', () => {
	reloading = reloading.then(async () => {
		stop();
		stop = await start(true);
	});
});
