// SPDX-License-Identifier: Apache-2.0
/**
 * Copies the app, with the library of its charts, onto a router for development:
 * the files that the packages would install, as one archive through ssh.
 *
 *	npx tsx tools/deploy.ts root@192.168.1.1
 *
 * rpcd is reloaded, not restarted: sessions survive, nobody is logged out.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { installProduct } from './package/install.ts';

const UNPACK = 'tar -xz -C / -f - && rm -rf /tmp/luci-indexcache* /tmp/luci-modulecache && /etc/init.d/rpcd reload';

const router = process.argv[2];
if (!router || router.startsWith('-')) {
	console.error('usage: make deploy ROUTER=root@192.168.1.1');
	process.exit(2);
}

const tree = mkdtempSync(join(tmpdir(), 'nft-offload-deploy-'));
try {
	await installProduct(tree);
	// files only: an entry for a directory would give the router's own directories our modes
	const files = readdirSync(tree, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(tree, join(entry.parentPath, entry.name)));
	const archive = spawnSync('tar', ['-cz', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar', '-C', tree, ...files], { maxBuffer: 1 << 26 });
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
