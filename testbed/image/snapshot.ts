// SPDX-License-Identifier: Apache-2.0
/**
 * What a Node program has become when it is loaded, as a file that Node starts
 * from: loading the ucode runner is two thirds of what its start costs an
 * emulated CPU. A snapshot holds for one Node on one kind of CPU, so the guest
 * makes it itself.
 */

import { Machine } from '../vm/machine.js';
import { Qemu } from '../vm/qemu.js';
import { getInitramfs } from '../vm/initramfs.js';
import type { Kernel } from '../vm/kernel.js';
import { getTools } from './tools.js';

/** Those of root/usr/bin/ucode; a snapshot holds for the same ones only. */
const NODE_FLAGS = '--jitless --no-expose-wasm';

/** ms */
const BOOT_TIMEOUT = 120_000;
const BUILD_TIMEOUT = 60_000;
/** MiB */
const MEMORY = 512;

/**
 * Boots a machine to make a program's snapshot.
 * @param disk image of a router's disk, which is copied
 * @param program a CommonJS file that calls v8.startupSnapshot.setDeserializeMainFunction()
 * @returns the snapshot; null where this Node makes none, and why is on stderr
 */
export async function makeSnapshot(kernel: Kernel, disk: string, program: Buffer): Promise<Buffer | null> {
	const [initramfs, tools] = [await getInitramfs(kernel, {}), await getTools()];
	const machine = await Machine.create({
		disk, ports: 1,
		start: ({ ports: [port], ...room }) => Qemu.start({ ...room, kernel: kernel.image, initramfs, tools, memory: MEMORY, port: port! }, BOOT_TIMEOUT),
	});
	try {
		await machine.powerOn();
		const { code, stdout, stderr } = await machine.run({
			place: 'tools', timeout: BUILD_TIMEOUT, input: program,
			command: `cat >/tmp/program.cjs && node ${NODE_FLAGS} --snapshot-blob /tmp/blob --build-snapshot /tmp/program.cjs >&2 && base64 /tmp/blob`,
		});
		if (code === 0)
			return Buffer.from(stdout, 'base64');
		console.error(`no snapshot, the router's ucode will start slowly: ${stderr.trim().split('\n').at(-1)}`);
		return null;
	} finally {
		await machine.powerOff();
		machine.destroy();
	}
}
