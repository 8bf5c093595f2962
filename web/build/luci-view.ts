// SPDX-License-Identifier: Apache-2.0
import { posix } from 'node:path';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import MagicString from 'magic-string';
import { minify } from 'terser';
import type { Plugin } from 'vite';

const SCHEME = 'luci:';
const LICENSE = '/* SPDX-License-Identifier: Apache-2.0 AND MIT; built. Contains Preact, copyright (c) 2015-present Jason Miller, MIT licence. */';
const LICENSE_OF_OURS = '/* SPDX-License-Identifier: Apache-2.0; built */';

/** What LuCI's loader calls the class of a file: its path below resources/, dotted. */
function className(from: string, id: string): string {
	return id.startsWith(SCHEME) ? id.slice(SCHEME.length)
		: posix.join(posix.dirname(from), id).replace(/\.js$/, '').replaceAll('/', '.');
}

/** The parameter that LuCI's loader passes a required class as. */
const parameterOf = (name: string): string => name.replace(/[^a-zA-Z0-9_]/g, '_');

/**
 * Turns a module into the body of a function as LuCI's loader evaluates it:
 * imports become `'require x'` literals at its head and members of the
 * parameters that they stand for, `import()` becomes `L.require()`, and the
 * exports members of the class that it returns: of the default export, or of a
 * plain `baseclass`. Throws on what Rollup does not emit.
 */
export function luciClass(fileName: string, code: string): { needs: string[]; body: string } {
	const text = new MagicString(code);
	const needs = new Set<string>();
	const exported: string[] = [];
	let main = '';
	const program = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
	for (const node of program.body) {
		if (node.type === 'ImportDeclaration') {
			const name = className(fileName, String(node.source.value));
			needs.add(name);
			const members = node.specifiers.map((specifier) => {
				if (specifier.type === 'ImportNamespaceSpecifier')
					throw new Error(`${fileName}: import * as ${specifier.local.name}`);
				return { local: specifier.local.name, imported: specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' ? specifier.imported.name : '' };
			});
			const whole = members.filter(({ imported, local }) => !imported && local !== parameterOf(name));
			const parts = members.filter(({ imported }) => imported);
			text.overwrite(node.start, node.end, [
				...whole.map(({ local }) => `const ${local} = ${parameterOf(name)};`),
				parts.length ? `const { ${parts.map(({ local, imported }) => `${imported}: ${local}`).join(', ')} } = ${parameterOf(name)};` : '',
			].join(''));
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
			text.overwrite(start, end, `L.require('${className(fileName, String(source.value))}')`);
		},
	});
	if (!main) {
		needs.add('baseclass');
		text.append(`\nreturn baseclass.extend({ ${exported.join(', ')} });`);
	}
	else
		text.append(`\n${exported.length ? `Object.assign(${main}.prototype, { ${exported.join(', ')} });` : ''}return ${main};`);
	return { needs: [...needs].sort(), body: text.toString() };
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

/**
 * Emits what LuCI's loader takes: a class a file, minified. Import LuCI's own
 * classes as `luci:x`.
 */
export function luciView(): Plugin {
	return {
		name: 'luci-view',
		enforce: 'post',
		config: () => ({ build: { minify: false, rollupOptions: { external: (id: string) => id.startsWith(SCHEME) } } }),
		async generateBundle(_options, bundle) {
			for (const chunk of Object.values(bundle)) {
				if (chunk.type !== 'chunk')
					continue;
				const { needs, body } = luciClass(chunk.fileName, chunk.code);
				const { code = '' } = await minify(body, {
					ecma: 2020,
					toplevel: true,
					parse: { bare_returns: true },
					compress: { passes: 3, pure_getters: true, keep_fargs: false, unsafe_arrows: true, unsafe_methods: true, booleans_as_integers: false },
					format: { comments: false },
				});
				const head = ['use strict', ...needs.map((name) => `require ${name}`)].map((literal) => `'${literal}';`);
				const preact = Object.keys(chunk.modules).some((id) => id.includes('/preact/'));
				chunk.code = [...head, preact ? LICENSE : LICENSE_OF_OURS, code.trim(), ''].join('\n');
			}
		},
	};
}
