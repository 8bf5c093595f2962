// SPDX-License-Identifier: Apache-2.0
/** A directory that stands for a router's `/`, for stand-ins that run on the host. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const STANDINS = fileURLToPath(new URL('../../testbed/standins', import.meta.url));
export const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));

export interface Root {
	path: string;
	/** Writes a file below the root, with its directories. */
	write(path: string, content: string, mode?: number): void;
	remove(): void;
}

/**
 * Makes the directory with the stand-ins' files, a configuration, and an nft
 * that notes its arguments in nft.log, keeps what `-f` gives it in nft.input,
 * prints nft.output and exits with the code in nft.code, 0 without.
 * The stand-ins read TESTBED_ROOT when they load: import them afterwards.
 */
export function makeRoot(): Root {
	const path = mkdtempSync(join(tmpdir(), 'standins-'));
	const write = (name: string, content: string, mode = 0o644): void => {
		mkdirSync(dirname(join(path, name)), { recursive: true });
		writeFileSync(join(path, name), content, { mode });
	};

	cpSync(join(STANDINS, 'root'), path, { recursive: true, verbatimSymlinks: true });

	for (const directory of ['etc/config', 'tmp/.uci', 'var/run', 'proc', 'usr/lib/testbed', 'usr/share/rpcd/ucode'])
		mkdirSync(join(path, directory), { recursive: true });

	cpSync(join(FIXTURES, 'network'), join(path, 'etc/config/network'));
	cpSync(join(FIXTURES, 'firewall'), join(path, 'etc/config/firewall'));
	symlinkSync(STANDINS, join(path, 'usr/lib/testbed/standins'));
	write('etc/config/system', 'config system\n\toption hostname \'Box\'\n');
	write('proc/uptime', '12.34 5.67\n');
	write('bin/nft', `#!/bin/sh
echo "$*" >>${path}/nft.log
case "$*" in
*-f*) cat >${path}/nft.input ;;
esac
cat ${path}/nft.output 2>/dev/null
exit $(cat ${path}/nft.code 2>/dev/null || echo 0)
`, 0o755);

	process.env['TESTBED_ROOT'] = path;
	process.env['TESTBED_NFT'] = join(path, 'bin/nft');

	return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const DEVTYPES: Record<string, string> = { 'br-lan': 'bridge', 'wan.7': 'vlan' };

/** Gives the root a network device in sysfs, with the devices below it. */
export function addDevice(root: Root, name: string, lowers: string[] = []): void {
	const device = `sys/class/net/${name}`;

	root.write(`${device}/flags`, '0x1003\n');
	root.write(`${device}/carrier`, '1\n');
	root.write(`${device}/mtu`, '1500\n');
	root.write(`${device}/type`, '1\n');
	root.write(`${device}/address`, '52:54:00:12:34:56\n');
	root.write(`${device}/tx_queue_len`, '1000\n');
	root.write(`${device}/uevent`, DEVTYPES[name] ? `DEVTYPE=${DEVTYPES[name]}\nINTERFACE=${name}\n` : `INTERFACE=${name}\n`);
	root.write(`${device}/statistics/rx_bytes`, '5265\n');

	for (const lower of lowers) {
		mkdirSync(join(root.path, device, `lower_${lower}`), { recursive: true });

		if (DEVTYPES[name] === 'bridge')
			mkdirSync(join(root.path, device, 'brif', lower), { recursive: true });
	}
}
