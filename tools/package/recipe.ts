// SPDX-License-Identifier: Apache-2.0
/** What the packages' Makefiles say, so that a package without an SDK cannot say something else. */

import { join } from 'node:path';
import { REPOSITORY } from '../../host/repository.js';
import { run } from '../../host/run.js';

/** The package of the page. */
export const APP = 'luci-app-nft-offload';

/** The package of the library that draws its charts, which other apps may use too. */
export const LIBRARY = 'luci-lib-uplot';

/** All packages with a Makefile, each in the folder of its name. */
export const PACKAGES = [APP, LIBRARY];

/** A package's folder, in a feed and here. */
export const folderOf = (name: string): string => join(REPOSITORY, name);

/** Has a rules.mk and a luci.mk in place of an SDK's. */
const SDK = join(import.meta.dirname, 'sdk');

/** The texts of a package's own scripts, empty where there is none. */
export interface Scripts {
	postinst: string;
	prerm: string;
	postrm: string;
}

export interface Recipe extends Scripts {
	name: string;
	/** With release, as in a package's name: `1.2.3-r4`. */
	version: string;
	/** The version of the translations' packages; empty where there are none. */
	translations: string;
	license: string;
	title: string;
	/** Names, in the Makefile's order. */
	depends: string[];
	arch: string;
	maintainer: string;
	url: string;
}

function words(text: string): string[] {
	return text.split(/\s+/).filter(Boolean);
}

/**
 * The name in a word of LUCI_DEPENDS: `+name` is chosen with us, `name` must be.
 * @throws Error for the SDK's other forms, which need its configuration
 */
export function dependency(word: string): string {
	const [, name] = /^\+?([a-z0-9][a-z0-9._+-]*)$/.exec(word) ?? [];
	if (!name)
		throw new Error(`LUCI_DEPENDS: "${word}" depends on an SDK's configuration`);
	return name;
}

/** Runs make on a target of a package's Makefile, without an SDK. */
export async function make(name: string, target: string, ...variables: string[]): Promise<string> {
	// not the flags of a make that called us
	const env = { ...process.env, MAKEFLAGS: '', MAKELEVEL: '' };
	return (await run('make', ['-s', '-C', folderOf(name), `TOPDIR=${SDK}`, target, ...variables], { env })).toString();
}

/** @throws Error when the Makefile says what only an SDK understands */
export async function readRecipe(name: string): Promise<Recipe> {
	const { release, version, depends, conffiles, preinst, ...said } =
		JSON.parse(await make(name, 'recipe')) as Record<keyof Recipe | 'release' | 'conffiles' | 'preinst', string>;
	// all that is configured is in firewall4's /etc/config/firewall, which firewall4 keeps
	if (conffiles || preinst)
		throw new Error('the packages have neither conffiles nor preinst');
	return {
		...said,
		version: `${version}-r${release}`,
		depends: words(depends).map(dependency),
	};
}
