// SPDX-License-Identifier: Apache-2.0
/**
 * Copies the app onto a router for development: the files the package would
 * install, as one archive through ssh.
 *
 *	npx tsx tools/deploy.ts root@192.168.1.1
 *
 * rpcd is reloaded, not restarted: sessions survive, nobody is logged out.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installProduct } from '../testbed/image/product.ts';

const UNPACK = 'tar -xz -C / -f - && rm -rf /tmp/luci-indexcache* /tmp/luci-modulecache && /etc/init.d/rpcd reload';

const router = process.argv[2];
if (!router || router.startsWith('-')) {
	console.error('usage: make deploy ROUTER=root@192.168.1.1');
	process.exit(2);
}

const tree = mkdtempSync(join(tmpdir(), 'nft-offload-deploy-'));
try {
	await installProduct(tree);
	const archive = spawnSync('tar', ['-cz', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar', '-C', tree, '.'], { maxBuffer: 1 << 26 });
	if (archive.status !== 0)
		throw new Error(`tar: ${String(archive.stderr)}`);
	const sent = spawnSync('ssh', [router, UNPACK], { input: archive.stdout, stdio: ['pipe', 'inherit', 'inherit'] });
	if (sent.error)
		throw sent.error;
	process.exitCode = sent.status ?? 1;
} finally {
	rmSync(tree, { recursive: true, force: true });
}

if (process.exitCode === 0)
	console.log(`Installed on ${router}: Network → Flow Offloading`);
