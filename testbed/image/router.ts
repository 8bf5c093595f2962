// SPDX-License-Identifier: Apache-2.0
/** What every router's disk gets, whatever userland it has: configuration, logins, kernel modules, the product. */

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash, hashTree } from '../../host/cache.js';
import { run } from '../../host/run.js';
import type { Kernel } from '../vm/kernel.js';
import { installProduct, productKey } from '../../tools/package/install.js';

const ETC = fileURLToPath(new URL('../etc', import.meta.url));

/** Changes with anything that finishRouter() puts on a disk. */
export async function routerKey(kernel: Kernel): Promise<string> {
	const source = await readFile(new URL(import.meta.url));
	return hash(source, kernel.modules, await hashTree(ETC), await productKey());
}

/** Lines of `over` in the place of those of `base` that are about the same user. */
export function mergeUsers(base: string, over: string): string {
	const user = (line: string): string => line.split(':')[0] ?? '';
	const lines = over.split('\n').filter(Boolean);
	const replaced = new Set(lines.map(user));
	return [...base.split('\n').filter((line) => line && !replaced.has(user(line))), ...lines].join('\n') + '\n';
}

/** Puts a kernel's modules where OpenWrt has them. */
export async function installModules(tree: string, kernel: Kernel): Promise<void> {
	/* flat, as OpenWrt has them; modules.dep is for the testbed's modprobe, kmodloader needs none */
	const modules = join(tree, 'lib/modules', kernel.release);
	await mkdir(modules, { recursive: true });
	for (const name of kernel.router)
		await cp(join(kernel.modules, `${name}.ko`), join(modules, `${name}.ko`));
	await run('depmod', ['-b', tree, kernel.release]);
}

/** Turns a userland's tree into this testbed's router. */
export async function finishRouter(tree: string, kernel: Kernel): Promise<void> {
	await cp(join(ETC, 'config'), join(tree, 'etc/config'), { recursive: true });
	const shadow = join(tree, 'etc/shadow');
	const users = existsSync(shadow) ? await readFile(shadow, 'utf8') : '';
	await writeFile(shadow, mergeUsers(users, await readFile(join(ETC, 'shadow'), 'utf8')), { mode: 0o600 });

	await installModules(tree, kernel);
	await installProduct(tree);
}
