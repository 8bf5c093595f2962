// SPDX-License-Identifier: Apache-2.0
/** Which kernel modules the guest needs, and in which order they load. */

import { basename } from 'node:path';

/** What depmod knows of a kernel: files by module name, relative to its directory. */
export interface ModuleIndex {
	/** Path of each module and the names of the modules it needs directly or not, nearest first. */
	modules: Map<string, { path: string; needs: string[] }>;
	builtin: Set<string>;
}

/** A module's name as the kernel spells it: `kernel/net/nf-x.ko.xz` → `nf_x`. */
export function moduleName(path: string): string {
	return basename(path).replace(/\.ko(\.\w+)?$/, '').replaceAll('-', '_');
}

/**
 * Reads depmod's files.
 * @param dep text of modules.dep (`path: path path …`)
 * @param builtin text of modules.builtin (a path per line)
 */
export function parseIndex(dep: string, builtin: string): ModuleIndex {
	const modules: ModuleIndex['modules'] = new Map();
	for (const line of dep.split('\n')) {
		const colon = line.indexOf(':');
		if (colon < 0)
			continue;
		const path = line.slice(0, colon);
		const needs = line.slice(colon + 1).split(' ').filter(Boolean).map(moduleName);
		modules.set(moduleName(path), { path, needs });
	}
	return { modules, builtin: new Set(builtin.split('\n').filter(Boolean).map(moduleName)) };
}

/**
 * The modules to load so that all `wanted` are there, each after what it needs,
 * none twice. Names that are built into the kernel need no module; a name that
 * ends in `?` may be missing (another kernel has it in another place).
 * @throws Error naming a module that this kernel does not have
 */
export function loadOrder(wanted: string[], index: ModuleIndex): string[] {
	const order = new Set<string>();
	const visit = (name: string, optional: boolean): void => {
		if (order.has(name) || index.builtin.has(name))
			return;
		const found = index.modules.get(name);
		if (!found) {
			if (optional)
				return;
			throw new Error(`this kernel has no module ${name}`);
		}
		/* depmod lists the needs of needs too, the deepest last */
		for (const need of [...found.needs].reverse())
			visit(need, false);
		order.add(name);
	};
	for (const name of wanted)
		visit(name.replace(/\?$/, '').replaceAll('-', '_'), name.endsWith('?'));
	return [...order];
}
