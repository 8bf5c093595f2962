// SPDX-License-Identifier: Apache-2.0
/** `make run`: boots a router with traffic through it and says where its web interface is. Ctrl-C ends it. */

import { startTarget, type Started } from './targets/index.js';

const started = Date.now();

function progress(what: string): void {
	console.log(`[${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${what}`);
}

/** How a machine that went off by itself is told from one that is being stopped. */
let stopping = false;

async function stop(router: Started): Promise<void> {
	if (stopping)
		return;
	stopping = true;
	await router.stop();
	console.log('\nstopped');
}

async function main(): Promise<void> {
	const router = await startTarget({ progress });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => void stop(router).then(() => process.exit()));
	progress('starting the traffic');
	await router.traffic(true);
	console.log(`
	${router.url}${router.page}

	login     ${router.admin.username} / ${router.admin.password}
	read-only ${router.viewer.username} / ${router.viewer.password}

Ctrl-C stops the router and removes it.`);
	for (;;) {
		await router.off;
		if (stopping)
			return;
		/* somebody chose to reboot it */
		progress('the router went off: booting it again');
		await router.powerOn();
		await router.traffic(true);
		progress('the router is back');
	}
}

main().catch((error: unknown) => {
	if (stopping)
		return;
	console.error(`\n${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
});
