// SPDX-License-Identifier: Apache-2.0
/** apk's package and index, as `apk mkpkg` and `apk mkndx` make them for OpenWrt. */

import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { Adb, container, dataBlock, SCHEMA, type Signer, type Value } from './adb.js';
import { deflate } from './archive.js';
import { directoriesOf, type Member } from './contents.js';
import { apkScripts, origin, type Package } from './control.js';

// Field numbers of apk-tools' schemas
const PACKAGE = { info: 1, paths: 2, scripts: 3 } as const;
const INFO = {
	name: 1, version: 2, hashes: 3, description: 4, arch: 5, license: 6, origin: 7, maintainer: 8, url: 9,
	installedSize: 12, fileSize: 13, depends: 15, provides: 16,
} as const;
const DIRECTORY = { name: 1, acl: 2, files: 3 } as const;
const FILE = { name: 1, acl: 2, size: 3, mtime: 4, hash: 5 } as const;
const ACL = { mode: 1, user: 2, group: 3 } as const;
const SCRIPT: Record<string, number> = {
	'post-install': 3, 'pre-deinstall': 4, 'post-deinstall': 5, 'post-upgrade': 7,
};
const INDEX = { packages: 2 } as const;

/** How much of the database's SHA-256 a package carries as its identity, bytes. */
const IDENTITY = 20;

export interface Apk {
	file: string;
	data: Buffer;
	package: Package;
	/** Bytes of all files. */
	installed: number;
	/** SHA-256 of the database, by which an index names the package. */
	hash: Buffer;
}

function byName(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The list of its files that OpenWrt's functions.sh wants to find beside apk's own database. */
function fileList({ name, members }: Package): Member {
	return {
		path: `/lib/apk/packages/${name}.list`, mode: 0o644,
		data: Buffer.from(members.map(({ path }) => `${path}\n`).sort(byName).join('')),
	};
}

function dependencies(adb: Adb, names: string[]): Value {
	const unique = [...new Set(names)].map((name) => ({ name, value: adb.object({ 1: adb.blob(name) }) }));
	return adb.array(unique.sort((a, b) => byName(a.name, b.name)).map((dependency) => dependency.value));
}

function info(adb: Adb, pkg: Package): Record<number, Value> {
	return {
		[INFO.name]: adb.blob(pkg.name),
		[INFO.version]: adb.blob(pkg.version),
		[INFO.description]: adb.blob(pkg.description),
		[INFO.arch]: adb.blob('noarch'),
		[INFO.license]: adb.blob(pkg.license),
		[INFO.origin]: adb.blob(origin(pkg)),
		[INFO.maintainer]: adb.blob(pkg.maintainer),
		[INFO.url]: adb.blob(pkg.url),
		[INFO.depends]: dependencies(adb, pkg.depends),
		[INFO.provides]: dependencies(adb, [`${pkg.name}-any`]),
	};
}

function acl(adb: Adb, mode: number): Value {
	return adb.object({ [ACL.mode]: adb.int(mode), [ACL.user]: adb.blob('root'), [ACL.group]: adb.blob('root') });
}

function file(adb: Adb, { path, mode, data }: Member, epoch: number): Value {
	return adb.object({
		[FILE.name]: adb.blob(basename(path)),
		[FILE.hash]: adb.blob(createHash('sha256').update(data).digest()),
		[FILE.mtime]: adb.int(epoch),
		[FILE.size]: adb.int(data.length),
		[FILE.acl]: acl(adb, mode),
	});
}

/** @param epoch time of the sources, seconds since 1970 */
export async function apk(pkg: Package, epoch: number): Promise<Apk> {
	const adb = new Adb();
	const fields = info(adb, pkg);
	const members = [...pkg.members, fileList(pkg)];
	const contents: Buffer[] = [];

	const paths = ['/', ...directoriesOf(members)].map((directory, i) => {
		const files = members.filter(({ path }) => dirname(path) === directory)
			.sort((a, b) => byName(a.path, b.path))
			.map((member, j) => {
				if (member.data.length)
					contents.push(dataBlock(i + 1, j + 1, member.data));
				return file(adb, member, epoch);
			});
		return adb.object({
			[DIRECTORY.name]: adb.blob(directory.slice(1)),
			[DIRECTORY.acl]: acl(adb, 0o755),
			[DIRECTORY.files]: adb.array(files),
		});
	});

	const installed = members.reduce((sum, { data }) => sum + data.length, 0);
	fields[INFO.installedSize] = adb.int(installed);
	const identity = adb.room(IDENTITY);
	fields[INFO.hashes] = identity.value;

	const root = {
		[PACKAGE.info]: adb.object(fields),
		[PACKAGE.paths]: adb.array(paths),
		[PACKAGE.scripts]: adb.object(Object.fromEntries(Object.entries(apkScripts(pkg)).map(([name, text]) => [SCRIPT[name]!, adb.blob(text)]))),
	};
	const at = adb.object(root);
	identity.fill(createHash('sha256').update(adb.bytes(at)).digest());

	const database = adb.bytes(at);
	return {
		file: `${pkg.name}-${pkg.version}.apk`,
		data: await compressed(container(SCHEMA.package, database, null, contents)),
		package: pkg, installed,
		hash: createHash('sha256').update(database).digest(),
	};
}

async function compressed(plain: Buffer): Promise<Buffer> {
	return Buffer.concat([Buffer.from('ADBd'), await deflate(plain)]);
}

/** A feed's `packages.adb`. */
export async function apkIndex(packages: Apk[], signer: Signer): Promise<Buffer> {
	const adb = new Adb();
	const sorted = [...packages].sort((a, b) => byName(a.package.name, b.package.name));
	const infos = sorted.map(({ package: pkg, installed, data, hash }) => adb.object({
		...info(adb, pkg),
		[INFO.installedSize]: adb.int(installed),
		[INFO.fileSize]: adb.int(data.length),
		[INFO.hashes]: adb.blob(hash),
	}));
	return compressed(container(SCHEMA.index, adb.bytes(adb.object({ [INDEX.packages]: adb.array(infos) })), signer));
}
