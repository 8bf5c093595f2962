// SPDX-License-Identifier: Apache-2.0
/**
 * Debian's kernel, by package name through apt, unpacked into the cache.
 *
 * The full flavour: the cloud flavour has no PPPoE. The kernel is started as
 * uncompressed ELF through its PVH entry, because unpacking it under emulation
 * costs 6 s; the image's payload is found as Documentation/x86/boot.rst says.
 */

import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cached, hash } from '../../host/cache.js';
import { run } from '../../host/run.js';
import { loadOrder, parseIndex, type ModuleIndex } from './modules.js';

/** Which modules load before init, and which are on the router's disk beside them. */
const wanted = JSON.parse(readFileSync(new URL('modules.json', import.meta.url), 'utf8')) as { boot: string[]; router: string[] };

export interface Kernel {
	/** `uname -r` */
	release: string;
	/** ELF image, or the packed image when its payload is of an unknown kind. */
	image: string;
	/** Directory with every module that the guest may need, flat, stripped and unpacked: NAME.ko */
	modules: string;
	/** Names to load before init, in order. */
	boot: string[];
	/** Names that are on the router's disk, each with what it needs. */
	router: string[];
	/** Directory to build modules in: `make -C`. */
	headers: string;
}

/** A binary package as apt would fetch it now. */
interface Package {
	name: string;
	version: string;
	depends: string[];
}

async function candidate(name: string): Promise<Package> {
	const text = (await run('apt-cache', ['show', '--no-all-versions', name])).toString();
	const field = (key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
	return {
		name,
		version: field('Version'),
		depends: field('Depends').split(',').map((part) => part.trim().split(/[ :]/)[0] ?? ''),
	};
}

/**
 * The package that holds a kernel.
 * @param choice name of a linux-image package, or a version as in `linux-image-<version>-amd64`; default: Debian's own
 */
async function imagePackage(choice: string | undefined): Promise<Package> {
	const name = !choice ? 'linux-image-amd64' : choice.startsWith('linux-image') ? choice : `linux-image-${choice}-amd64`;
	const found = await candidate(name);
	const real = found.depends.find((other) => /^linux-image-\d/.test(other));
	return real ? candidate(real) : found;
}

/** Packages that hold what modules are built with, for the kernel of `image`. */
async function headerPackages(image: Package): Promise<Package[]> {
	const headers = await candidate(image.name.replace('linux-image-', 'linux-headers-').replace(/-unsigned$/, ''));
	const others = headers.depends.filter((name) => /^linux-(headers|kbuild)-/.test(name));
	return [headers, ...await Promise.all(others.map(candidate))];
}

async function unpack(packages: Package[], directory: string): Promise<void> {
	const room = `${directory}.deb`;
	await mkdir(room, { recursive: true });
	/* apt's own download user cannot write here; as root that is only a warning */
	await run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', ...packages.map(({ name, version }) => `${name}=${version}`)], { cwd: room });
	await mkdir(directory, { recursive: true });
	for (const deb of await readdir(room))
		await run('dpkg-deb', ['-x', join(room, deb), directory]);
	await rm(room, { recursive: true });
}

const MAGIC: [Buffer, (payload: Buffer) => Promise<Buffer>][] = [
	[Buffer.from([0x1f, 0x8b]), async (payload) => gunzipSync(payload)],
	[Buffer.from([0xfd, 0x37, 0x7a]), (payload) => run('xz', ['-dc', '--single-stream'], { input: payload })],
	[Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), (payload) => run('zstd', ['-dc'], { input: payload })],
];

/**
 * The ELF image inside a bzImage.
 * @returns null when it is packed in a way that is not known here
 */
export async function elfImage(bzImage: Buffer): Promise<Buffer | null> {
	const setup = (bzImage.readUInt8(0x1f1) + 1) * 512;
	const start = setup + bzImage.readUInt32LE(0x248);
	/* its last four bytes are the unpacked size, not part of the stream */
	const payload = bzImage.subarray(start, start + bzImage.readUInt32LE(0x24c) - 4);
	for (const [magic, decompress] of MAGIC)
		if (payload.subarray(0, magic.length).equals(magic))
			return decompress(payload);
	return null;
}

/** Copies one module, unpacked and without debugging sections: each kilobyte is parsed under emulation. */
async function copyModule(from: string, to: string): Promise<void> {
	if (from.endsWith('.xz'))
		await writeFile(to, await run('xz', ['-dc', from]));
	else if (from.endsWith('.zst'))
		await writeFile(to, await run('zstd', ['-dc', from]));
	else
		await cp(from, to);
	await run('objcopy', ['--strip-debug', '--remove-section=.BTF', to]);
	await chmod(to, 0o644);
}

/** Lays the headers out so that they work where they are: Debian's name absolute paths. */
async function relocateHeaders(directory: string, release: string): Promise<string> {
	const headers = join(directory, 'usr/src', `linux-headers-${release}`);
	const makefile = join(headers, 'Makefile');
	const text = await readFile(makefile, 'utf8');
	await writeFile(makefile, text.replaceAll(/(?<=^include )\/usr\//gm, `${directory}/usr/`));
	return headers;
}

async function build(image: Package, directory: string): Promise<void> {
	const room = `${directory}.unpacked`;
	await unpack([image], room);
	const vmlinuz = (await readdir(join(room, 'boot'))).find((name) => name.startsWith('vmlinuz-'));
	if (!vmlinuz)
		throw new Error(`${image.name} holds no kernel`);
	const release = vmlinuz.slice('vmlinuz-'.length);
	/* depmod knows /lib only; newer packages use /usr/lib */
	await mkdir(join(room, 'lib'), { recursive: true });
	await rename(join(room, 'usr/lib/modules'), join(room, 'lib/modules')).catch(() => undefined);
	await run('depmod', ['-b', room, release]);
	const tree = join(room, 'lib/modules', release);
	const index: ModuleIndex = parseIndex(
		await readFile(join(tree, 'modules.dep'), 'utf8'), await readFile(join(tree, 'modules.builtin'), 'utf8'));
	const boot = loadOrder(wanted.boot, index);
	const router = loadOrder(wanted.router, index);

	await mkdir(join(directory, 'modules'), { recursive: true });
	for (const name of new Set([...boot, ...router]))
		await copyModule(join(tree, index.modules.get(name)!.path), join(directory, 'modules', `${name}.ko`));
	const packed = await readFile(join(room, 'boot', vmlinuz));
	await writeFile(join(directory, 'image'), await elfImage(packed) ?? packed);
	await writeFile(join(directory, 'kernel.json'), JSON.stringify({ release, boot, router }));
	await rm(room, { recursive: true });
}

/**
 * Gets the kernel that the environment variable KERNEL chooses, from the cache
 * or through apt, with the headers to build modules for it.
 */
export async function getKernel(choice = process.env['KERNEL']): Promise<Kernel> {
	const image = await imagePackage(choice);
	const key = hash(image.name, image.version, JSON.stringify(wanted));
	const directory = await cached('kernel', key, (path) => build(image, path));
	const { release, boot, router } = JSON.parse(await readFile(join(directory, 'kernel.json'), 'utf8')) as Pick<Kernel, 'release' | 'boot' | 'router'>;
	const headers = await cached('headers', hash(image.name, image.version), async (path) => unpack(await headerPackages(image), path));
	return {
		release, boot, router,
		image: join(directory, 'image'),
		modules: join(directory, 'modules'),
		headers: await relocateHeaders(headers, release),
	};
}
