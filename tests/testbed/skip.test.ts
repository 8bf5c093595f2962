// SPDX-License-Identifier: Apache-2.0
/** The end-to-end tests of a release that cannot be fetched: skipped, never passed, and an error where that is asked for. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { unpinned } from '../../testbed/targets/index.js';
import { REPOSITORY } from '../../host/repository.js';

const TIMEOUT = 300_000;
const output = mkdtempSync(join(tmpdir(), 'skip-test-'));
afterAll(() => rmSync(output, { recursive: true }));

/** Runs one file of the end-to-end tests against a mirror where nobody listens. What is kept of the real server is not that mirror's. */
function run(environment: Record<string, string>): Promise<{ status: number; stdout: string }> {
	const env = { ...process.env, OPENWRT_ROOTFS: '', OPENWRT_IMAGE: '', OPENWRT_KERNEL: '', STRICT: '', OPENWRT: '24.10', OPENWRT_MIRROR: 'http://127.0.0.1:1', ...environment };
	return new Promise((resolve) => {
		const child = execFile('npx', ['playwright', 'test', '--output', output, 'viewer'], {
			cwd: REPOSITORY, env,
		}, (_error, stdout) => resolve({ status: child.exitCode ?? -1, stdout }));
	});
}

it.each(['own', 'debian'])('on the kernel "%s": one line says why, all are counted as skipped, and that is no failure', async (kernel) => {
	const { status, stdout } = await run({ OPENWRT_KERNEL: kernel });
	expect(stdout.match(/^SKIPPED, .*$/gm)).toEqual([expect.stringMatching(/OpenWrt 24\.10 is not here: http:\/\/127\.0\.0\.1:1\/24\.10\.\d+\/.* cannot be fetched: /)]);
	expect(stdout).toMatch(/^ {2}\d+ skipped$/m);
	expect(stdout).not.toMatch(/\d+ (passed|failed|did not run)/);
	expect(status).toBe(0);
}, TIMEOUT);

it('with STRICT=1 it is a failure', async () => {
	const { status, stdout } = await run({ STRICT: '1' });
	expect(stdout).toContain('cannot be fetched');
	expect(stdout).not.toContain('SKIPPED, ');
	expect(status).not.toBe(0);
}, TIMEOUT);

it('a release that is not pinned is a failure', async () => {
	const { status, stdout } = await run({ OPENWRT: '0.0' });
	expect(stdout).toContain('no checksum is pinned for OpenWrt 0.0');
	expect(status).not.toBe(0);
}, TIMEOUT);

it('a line for each target whose checksums are not pinned says so, and no root filesystem has any', async () => {
	const own = await run({}), debian = await run({ OPENWRT_KERNEL: 'debian' });
	expect(own.stdout.match(/^SKIPPED: .*$/gm) ?? []).toEqual(unpinned({ kind: 'image', version: '24.10' }).map(({ reason }) => `SKIPPED: ${reason}`));
	expect(debian.stdout).not.toMatch(/^SKIPPED: /m);
}, TIMEOUT);
