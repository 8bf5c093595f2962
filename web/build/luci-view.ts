// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipAsync } from '@gfx/zopfli';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import MagicString from 'magic-string';
import { minify } from 'terser';
import { transformWithEsbuild } from 'vite';
import type { Plugin } from 'vite';

const SCHEME = 'luci:';
const UNPACK = fileURLToPath(new URL('../src/unpack.ts', import.meta.url));
const LICENSE = '/* SPDX-License-Identifier: Apache-2.0 AND MIT; built. The parts in nft-offload/ contain Preact, copyright (c) 2015-present Jason Miller, MIT licence. */';

/** One of LuCI's classes, or a part of ours, and the members that are taken of it. */
interface Import {
	/** LuCI's name of the class; '' for a part. */
	luci: string;
	/** The part's file name; '' for a class. */
	part: string;
	/** What the whole is called here, or a pattern of members. */
	as: string;
}

/** A module's own statements, and what stood around them. */
interface Module {
	imports: Import[];
	/** Of an object: `a: b, c: d`. */
	exported: string;
	/** The default export's name, or ''. */
	main: string;
	body: string;
}

/** The file that a chunk becomes. */
export const packed = (fileName: string): string => posix.basename(fileName).replace(/\.js$/, '.pack');

/** Takes a module apart. `import()` becomes `unpack()`. Throws on what Rollup does not emit. */
export function moduleOf(fileName: string, code: string): Module {
	const text = new MagicString(code);
	const imports: Import[] = [], exported: string[] = [];
	let main = '';
	const program = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
	for (const node of program.body) {
		if (node.type === 'ImportDeclaration') {
			const id = String(node.source.value);
			const from = id.startsWith(SCHEME) ? { luci: id.slice(SCHEME.length), part: '' } : { luci: '', part: packed(id) };
			const members: string[] = [];
			for (const { type, local, ...specifier } of node.specifiers) {
				if (type === 'ImportNamespaceSpecifier')
					throw new Error(`${fileName}: import * as ${local.name}`);
				if ('imported' in specifier && specifier.imported.type === 'Identifier')
					members.push(`${specifier.imported.name}: ${local.name}`);
				else
					imports.push({ ...from, as: local.name });
			}
			if (members.length)
				imports.push({ ...from, as: `{ ${members.join(', ')} }` });
			text.remove(node.start, node.end);
		}
		else if (node.type === 'ExportNamedDeclaration' && !node.declaration && !node.source) {
			for (const { local, exported: as } of node.specifiers) {
				if (local.type !== 'Identifier' || as.type !== 'Identifier')
					throw new Error(`${fileName}: an export that is not an identifier`);
				if (as.name === 'default')
					main = local.name;
				else
					exported.push(`${as.name}: ${local.name}`);
			}
			text.remove(node.start, node.end);
		}
		else if (node.type.startsWith('Export'))
			throw new Error(`${fileName}: ${node.type}`);
	}
	simple(program, {
		ImportExpression({ source, start, end }) {
			if (source.type !== 'Literal')
				throw new Error(`${fileName}: import() of no literal`);
			text.overwrite(start, end, `unpack('${packed(String(source.value))}')`);
		},
	});
	return { imports, exported: exported.join(', '), main, body: text.toString() };
}

/**
 * A file as LuCI's loader evaluates it, as the body of a function: `'require x'`
 * literals at its head, whose classes it gets as parameters, and the class that
 * it returns. `unpack`: what is needed to load parts.
 */
export function luciClass(fileName: string, code: string, unpack: string): { head: string[]; body: string } {
	const { imports, exported, main, body } = moduleOf(fileName, code);
	if (!main || exported || imports.some(({ luci, as }) => luci !== as))
		throw new Error(`${fileName}: a class of LuCI imports classes by their names, and has a default export only`);
	return {
		head: ['use strict', ...imports.map(({ luci }) => `require ${luci}`).sort()],
		body: `${unpack}\n${body}\nreturn ${main};`,
	};
}

/** A part as `unpack` evaluates it, as the body of a function: it returns a promise of its exports. */
export function part(fileName: string, code: string): string {
	const { imports, exported, main, body } = moduleOf(fileName, code);
	if (main)
		throw new Error(`${fileName}: a part has no default export`);
	return `'use strict';
return Promise.all([${imports.map(({ luci, part }) => (luci ? `L.require('${luci}')` : `unpack('${part}')`)).join(', ')}]).then(([${imports.map(({ as }) => as).join(', ')}]) => {
${body}
return { ${exported} };
});`;
}

/** The modules that one imports when it is loaded, and theirs. `of`: what a module imports by itself. */
export function importsOf(module: string, of: (module: string) => readonly string[] | undefined, seen = new Set<string>()): Set<string> {
	for (const id of of(module) ?? [])
		if (!seen.has(id)) {
			seen.add(id);
			importsOf(id, of, seen);
		}
	return seen;
}

async function minified(body: string): Promise<string> {
	const { code = '' } = await minify(body, {
		ecma: 2020,
		toplevel: true,
		parse: { bare_returns: true },
		compress: { passes: 4, pure_getters: true, keep_fargs: false, unsafe_arrows: true, unsafe_methods: true, booleans_as_integers: false },
		format: { comments: false },
	});
	return code.trim();
}

/**
 * Emits what LuCI's loader takes for each entry, minified, and every other
 * chunk as a part, packed. Import LuCI's own classes as `luci:x`.
 */
export function luciView(): Plugin {
	return {
		name: 'luci-view',
		enforce: 'post',
		config: () => ({ build: { minify: false, rollupOptions: { external: (id: string) => id.startsWith(SCHEME) } } }),
		async generateBundle(_options, bundle) {
			const unpack = (await transformWithEsbuild(await readFile(UNPACK, 'utf8'), UNPACK, { target: 'es2020' })).code.replace(/^export /gm, '').replace(/^import .*/gm, '');
			for (const chunk of Object.values(bundle)) {
				if (chunk.type !== 'chunk')
					continue;
				if (chunk.isEntry) {
					const { head, body } = luciClass(chunk.fileName, chunk.code, unpack);
					chunk.code = [...head.map((literal) => `'${literal}';`), LICENSE, await minified(body), ''].join('\n');
				}
				else {
					delete bundle[chunk.fileName];
					const code = await minified(part(chunk.fileName, chunk.code));
					/* zopfli, because its bytes depend on nothing but its input */
					this.emitFile({ type: 'asset', fileName: posix.join(posix.dirname(chunk.fileName), packed(chunk.fileName)), source: await gzipAsync(Buffer.from(code), { numiterations: 30 }) });
				}
			}
		},
	};
}
