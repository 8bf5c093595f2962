// SPDX-License-Identifier: Apache-2.0
/** How long each test took, kept from the runners until the last of them has ended; see longest.ts. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Lines of JSON, one a test; not in git. */
export const FILE = join(import.meta.dirname, '../../.cache/durations.jsonl');

export interface Duration {
	seconds: number;
	/** File and title. */
	name: string;
}

export function record(duration: Duration): void {
	mkdirSync(dirname(FILE), { recursive: true });
	appendFileSync(FILE, `${JSON.stringify(duration)}\n`);
}
