// SPDX-License-Identifier: Apache-2.0
/** Which router is tested: the environment decides. */

import { UnreachableError } from '../image/download.js';
import { getImage, imageIn } from '../image/official.js';
import { getRelease, pinnedRelease, pinOf, RELEASES } from '../image/release.js';
import type { Ran, Target } from '../target.js';
import type { Image } from '../vm/bare.js';
import { SMOKE, type BoardName } from '../vm/boards.js';
import type { Place } from '../vm/command.js';
import { getInstalledDisk, ImageRouter } from './image.js';
import { startRelease } from './release.js';
import { startRootfs } from './rootfs.js';
import type { StartOptions } from './router.js';
import { startTestbed } from './testbed.js';

/** What the environment names. */
export type Choice =
	| { kind: 'testbed' }
	/** OPENWRT_ROOTFS=<directory or tar>, on Debian's kernel. */
	| { kind: 'rootfs'; path: string }
	/** OPENWRT_IMAGE=<directory>, on its own kernel. */
	| { kind: 'directory'; path: string }
	/** OPENWRT=<version>, on its own kernel. */
	| { kind: 'image'; version: string }
	/** OPENWRT=<version> OPENWRT_KERNEL=debian: that release's root filesystem. */
	| { kind: 'release'; version: string };

/**
 * An official release runs on its own kernel unless Debian's is asked for; a
 * root filesystem has none.
 * @throws Error when the variables contradict each other
 */
export function chooseTarget(environment: NodeJS.ProcessEnv = process.env): Choice {
	const { OPENWRT_ROOTFS: rootfs, OPENWRT_IMAGE: image, OPENWRT: version, OPENWRT_KERNEL: kernel = '' } = environment;
	if (!['', 'own', 'debian'].includes(kernel))
		throw new Error(`OPENWRT_KERNEL is "own" or "debian", not "${kernel}"`);
	if ([rootfs, image, version].filter(Boolean).length > 1)
		throw new Error('only one of OPENWRT_ROOTFS, OPENWRT_IMAGE and OPENWRT can choose the router');
	if (rootfs) {
		if (kernel === 'own')
			throw new Error('a root filesystem has no kernel of its own: OPENWRT_IMAGE takes a directory that has both');
		return { kind: 'rootfs', path: rootfs };
	}
	if (image) {
		if (kernel === 'debian')
			throw new Error('OPENWRT_IMAGE runs on its own kernel: OPENWRT_ROOTFS takes a root filesystem for Debian\'s');
		return { kind: 'directory', path: image };
	}
	if (version)
		return { kind: kernel === 'debian' ? 'release' : 'image', version };
	return { kind: 'testbed' };
}

/** A target that `make run` and the shell of try.ts can use as well. */
export interface Started extends Target {
	/** Resolves when the machine went off, on command or by itself (a reboot). */
	readonly off: Promise<void>;
	run(place: Place, command: string, timeout?: number): Promise<Ran>;
}

/** Boots the target that the environment names. */
export async function startTarget(options: StartOptions = {}): Promise<Started> {
	const choice = chooseTarget();
	switch (choice.kind) {
	case 'rootfs':
		return startRootfs(choice.path, options);
	case 'release':
		return startRelease(choice.version, options);
	case 'directory':
		return ImageRouter.start(await imageIn(choice.path), options);
	case 'image':
		options.progress?.(`fetching OpenWrt ${choice.version}`);
		return ImageRouter.start(await getImage(choice.version, 'x86/64'), options);
	case 'testbed':
		return startTestbed(options);
	}
}

/**
 * Gets ready what startTarget() would make slowly in every process: downloads,
 * and the installation from the feed.
 * @returns why it cannot be had, in one line; null when it is there. Only a
 *   release that no server gives is a reason; with STRICT=1 it is an error like any other.
 */
export async function missingTarget(options: StartOptions = {}): Promise<string | null> {
	const choice = chooseTarget();
	try {
		if (choice.kind === 'release')
			await getRelease(choice.version);
		else if (choice.kind === 'image')
			await getInstalledDisk(await getImage(choice.version, 'x86/64'), options);
		else if (choice.kind === 'directory')
			await getInstalledDisk(await imageIn(choice.path), options);
		return null;
	} catch (error) {
		if (!(error instanceof UnreachableError) || !('version' in choice) || isStrict())
			throw error;
		return `OpenWrt ${choice.version} is not here: ${error.message}`;
	}
}

/** The images that are only tested for whether the product starts and switches there: each with a way to get it. */
export function smokeImages(choice: Choice = chooseTarget()): { board: string; get: () => Promise<Image> }[] {
	switch (choice.kind) {
	case 'image':
		return SMOKE.map((board) => ({ board, get: () => getImage(choice.version, board) }));
	case 'directory':
		return [{ board: 'x86/64', get: () => imageIn(choice.path) }];
	default:
		return [];
	}
}

/** Boards whose official image nobody has pinned, as lines to print. Not even STRICT=1 makes an error of them. */
export function unpinned(choice: Choice = chooseTarget(), releases = RELEASES): { board: BoardName; reason: string }[] {
	if (choice.kind !== 'image')
		return [];
	const release = pinnedRelease(choice.version, releases);
	return SMOKE.filter((board) => !pinOf(release, board, releases)).map((board) => ({ board, reason: `${board} of ${release} is not pinned` }));
}

/** Whether what cannot be tested is an error. */
export function isStrict(): boolean {
	return !['', '0'].includes(process.env['STRICT'] ?? '');
}
