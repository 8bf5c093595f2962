// SPDX-License-Identifier: Apache-2.0
/** What a package says of itself, and the scripts around its own, as OpenWrt's include/package-pack.mk makes them. */

import type { Member } from './contents.js';
import type { Recipe, Scripts } from './recipe.js';

export interface Package {
	name: string;
	version: string;
	/** One line. */
	description: string;
	depends: string[];
	license: string;
	/** The OpenWrt source package that it comes from. */
	source: string;
	section: string;
	/** Empty where the SDK leaves it out. */
	maintainer: string;
	url: string;
	scripts: Scripts;
	members: Member[];
}

const NO_SCRIPTS: Scripts = { postinst: '', prerm: '', postrm: '' };

/** The name that docs and examples give the feed; an SDK's packages carry the name of theirs. */
export const FEED = 'nft_offload';

/** Every package needs it, says the SDK. */
const LIBC = 'libc';

/** The package that a Makefile describes. */
export function packageOf(recipe: Recipe, members: Member[]): Package {
	const { name, version, title, depends, license, maintainer, url, postinst, prerm, postrm } = recipe;
	return {
		name, version, license, maintainer, url, members,
		description: title,
		depends: [LIBC, ...depends.filter((other) => other !== LIBC)],
		source: name,
		section: 'luci',
		scripts: { postinst, prerm, postrm },
	};
}

/** @param code the language as in the package's name, and `language` as LuCI lists it */
export function translationPackage(recipe: Recipe, code: string, language: string, members: Member[]): Package {
	const { name, translations, license } = recipe;
	return {
		name: `luci-i18n-${name.replace(/^luci-app-/, '')}-${code}`,
		version: translations,
		description: `Translation for ${name} - ${language}`,
		depends: [LIBC, name],
		license,
		source: name,
		section: 'luci',
		maintainer: '', url: '', scripts: NO_SCRIPTS, members,
	};
}

/** Where the SDK finds the package: what both formats call its source. */
export function origin({ source }: Package): string {
	return `feeds/${FEED}/${source}`;
}

function withText(scripts: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(scripts).filter(([, text]) => text));
}

function withoutShebang(script: string): string {
	return script ? `${script}\n`.replace(/^\s*#!.*\n/gm, '') : '';
}

const FUNCTIONS = '[ -s ${IPKG_INSTROOT}/lib/functions.sh ] || exit 0\n. ${IPKG_INSTROOT}/lib/functions.sh\n';
const UNLESS_FORBIDDEN = '[ "${IPKG_NO_SCRIPT}" = "1" ] && exit 0\n';

/**
 * The scripts of an .ipk by their file names. Ours are called by base-files'
 * default_postinst and default_prerm, which find them as *-pkg.
 */
export function ipkScripts({ scripts: { postinst, prerm, postrm } }: Package): Record<string, string> {
	return withText({
		postinst: `#!/bin/sh\n${UNLESS_FORBIDDEN}${FUNCTIONS}default_postinst $0 $@\n`,
		prerm: `#!/bin/sh\n${FUNCTIONS}default_prerm $0 $@\n`,
		'postinst-pkg': postinst && `${postinst}\n`,
		'prerm-pkg': prerm && `${prerm}\n`,
		postrm: postrm && `${postrm}\n`,
	});
}

/** The scripts of an .apk by apk's names. Ours stand below the calls of base-files' functions. */
export function apkScripts({ name, scripts: { postinst, prerm, postrm } }: Package): Record<string, string> {
	const self = `export root="\${IPKG_INSTROOT}"\nexport pkgname="${name}"\n`;
	const install = `${UNLESS_FORBIDDEN}${FUNCTIONS}${self}add_group_and_user\ndefault_postinst\n${withoutShebang(postinst)}`;
	return withText({
		'post-install': `#!/bin/sh\n${install}`,
		'pre-deinstall': `#!/bin/sh\n${FUNCTIONS}${self}default_prerm\n${withoutShebang(prerm)}`,
		'post-deinstall': postrm && `${postrm}\n`,
		'post-upgrade': `#!/bin/sh\nexport PKG_UPGRADE=1\n${install}`,
	});
}

/**
 * The file `control` of an .ipk.
 * @param installed size of the unpacked data archive, bytes
 * @param epoch time of the sources, seconds since 1970
 */
export function control(pkg: Package, installed: number, epoch: number): string {
	const fields: [string, string | number][] = [
		['Package', pkg.name],
		['Version', pkg.version],
		['Depends', pkg.depends.join(', ')],
		['Source', origin(pkg)],
		['SourceName', pkg.source],
		['License', pkg.license],
		['Section', pkg.section],
		['SourceDateEpoch', epoch],
		['URL', pkg.url],
		['Maintainer', pkg.maintainer],
		['Architecture', 'all'],
		['Installed-Size', installed],
		// the SDK indents every line of a description, the first one too
		['Description', ` ${pkg.description}`],
	];
	return fields.filter(([, value]) => value !== '').map(([field, value]) => `${field}: ${value}\n`).join('');
}
