// SPDX-License-Identifier: Apache-2.0
/** Machines that official images boot on with their own kernel, and what their files are called. */

export interface Board {
	/** QEMU, and the Debian package that has it. */
	qemu: string;
	package: string;
	machine: string[];
	console: string;
	/** The kernel's and the ext4 root filesystem's names in a release's list of checksums, after `openwrt-<release>-`. */
	kernelFile: RegExp;
	rootFile: RegExp;
}

/** By target and subtarget, as OpenWrt names them. */
export const BOARDS = {
	/* no ACPI: interpreting its tables costs a second, and a reboot needs none */
	'x86/64': {
		qemu: 'qemu-system-x86_64', package: 'qemu-system-x86',
		machine: ['-machine', 'pc,acpi=off', '-cpu', 'max'],
		console: 'ttyS0',
		kernelFile: /^x86-64-generic-kernel\.bin$/, rootFile: /^x86-64-generic-ext4-rootfs\.img\.gz$/,
	},
	'armsr/armv8': {
		qemu: 'qemu-system-aarch64', package: 'qemu-system-arm',
		machine: ['-machine', 'virt', '-cpu', 'cortex-a57'],
		console: 'ttyAMA0',
		kernelFile: /^armsr-armv8-generic-kernel\.bin$/, rootFile: /^armsr-armv8-generic-ext4-rootfs\.img\.gz$/,
	},
} satisfies Record<string, Board>;

export type BoardName = keyof typeof BOARDS;

/** Boards that are only tested for whether the product starts and switches. */
export const SMOKE: BoardName[] = ['armsr/armv8'];
