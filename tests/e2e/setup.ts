// SPDX-License-Identifier: Apache-2.0
import { missingTarget, unpinned } from '../../testbed/targets/index.ts';

/** Set when there is no router to test: why. The workers inherit it. */
export const SKIPPED = 'E2E_SKIPPED';

/** Before any worker starts: a release that cannot be fetched means that every test is skipped, and one line says so. */
export default async function setup(): Promise<void> {
	for (const { reason } of unpinned())
		console.log(`SKIPPED: ${reason}`);
	const reason = await missingTarget({ progress: (what) => console.log(what) });
	delete process.env[SKIPPED];
	if (reason) {
		process.env[SKIPPED] = reason;
		console.log(`SKIPPED, no end-to-end test is run: ${reason} (an error with STRICT=1)`);
	}
}
