// SPDX-License-Identifier: Apache-2.0
/**
 * Makes LuCI modules of what Rollup emits. luci.js evaluates a module as the
 * body of a function: string literals at its head name what it requires
 * (`'require nft-offload.common-1a2b3c4d as common';`), and it returns a class.
 *
 * A chunk that several views share becomes a class whose members are its
 * exports. Import LuCI's own classes as `luci:x`.
 */
import { posix } from 'node:path';
import { format } from 'prettier';
import { transformWithEsbuild } from 'vite';
import type { Plugin, Rollup } from 'vite';

const SCHEME = 'luci:';

/** Whose work a chunk carries, by what is in the paths of its modules. */
const LICENCES = [
	{ within: '/web/src/', says: 'luci-app-nft-offload (Apache-2.0): web/src' },
	{ within: '/preact/', says: 'Preact (MIT), copyright (c) 2015-present Jason Miller: https://preactjs.com' },
];

/** `nft-offload/common-1a2b3c4d.js` as luci.js names it: `nft-offload.common-1a2b3c4d`. */
const moduleName = (fileName: string): string => fileName.replace(/\.js$/, '').replaceAll('/', '.');

/** The name of a chunk inside of those that require it: `common`. */
const localName = (fileName: string): string => posix.basename(fileName).replace(/-[0-9a-f]+\.js$/, '').replaceAll('-', '_');

/** `a as b, c` of an import or export, as members of an object: `a: b, c`. */
const members = (list: string): string => list.split(',').map((member) => member.trim().replace(/^(\S+) as (\S+)$/, '$1: $2')).join(', ');

/** A style sheet in a string, as lines that can be read. */
const asTemplate = (text: string): string => `\`${(JSON.parse(text) as string).replace(/[\\`]|\$\{/g, '\\$&')}\``;

/** The module for one chunk. @throws Error on a form of import or export that is not known here */
export function luciModule(chunk: Pick<Rollup.OutputChunk, 'fileName' | 'code' | 'isEntry' | 'moduleIds'>): string {
	const required: string[] = [], taken: string[] = [];
	let returned = '';
	const body = chunk.code
		.replace(/^import (?:(\w+)|\{ (.+) \}) from ['"](.+)['"];\n/gm, (_statement, whole: string | undefined, some: string | undefined, from: string) => {
			if (from.startsWith(SCHEME))
				required.push(`require ${from.slice(SCHEME.length)} as ${whole}`);
			else {
				const file = posix.join(posix.dirname(chunk.fileName), from);
				required.push(`require ${moduleName(file)} as ${localName(file)}`);
				taken.push(`const { ${members(some ?? `default: ${whole}`)} } = ${localName(file)};`);
			}
			return '';
		})
		.replace(/(?<!\{)\bimport\(['"](.+?)['"]\)/g, (_call, from: string) => `L.require('${moduleName(posix.join(posix.dirname(chunk.fileName), from))}')`)
		.replace(/^(const \w+ = )("(?:[^"\\]|\\.)*\\n(?:[^"\\]|\\.)*");$/gm, (_statement, declared: string, text: string) => `${declared}${asTemplate(text)};`)
		.replace(/^export \{ (.+) \};\n?/m, (_statement, list: string) => {
			/* of an export it is the other way round: `local as exported` */
			const exported = members(list.replace(/(\S+) as ([^\s,]+)/g, '$2 as $1'));
			returned = chunk.isEntry ? exported.replace(/^default: /, '') : `baseclass.extend({ ${exported} })`;
			return '';
		});
	if (!returned || /^(import|export) /m.test(body))
		throw new Error(`${chunk.fileName}: an import or export that web/build does not know`);
	if (!chunk.isEntry)
		required.unshift('require baseclass');

	return [
		"'use strict';",
		...required.map((directive) => `'${directive}';`),
		'',
		'/*',
		' * Built by `npm run build`; do not edit. It is made from, and under the licence of:',
		...LICENCES.filter(({ within }) => chunk.moduleIds.some((id) => id.includes(within))).map(({ says }) => ` * - ${says}`),
		' */',
		'',
		...taken,
		body.trim(),
		`return ${returned};`,
		'',
	].join('\n');
}

/** esbuild writes a whole component into one line; on the router it is to be read as it was written. */
const STYLE = { parser: 'babel', useTabs: true, singleQuote: true, printWidth: 140 } as const;

/** The Vite plugin: LuCI's classes stay outside, every chunk becomes a module. */
export function luciModules(): Plugin {
	return {
		name: 'luci-modules',
		enforce: 'post',
		config: () => ({ build: { minify: false, rollupOptions: { external: (id: string) => id.startsWith(SCHEME) } } }),
		/* as our own sources: without comments and types, in the same hand */
		transform: (code, id) => (id.includes('/node_modules/') ? transformWithEsbuild(code, id, { target: 'es2020', legalComments: 'none', sourcemap: false }) : null),
		async generateBundle(_options, bundle) {
			for (const chunk of Object.values(bundle))
				if (chunk.type === 'chunk')
					chunk.code = await format(luciModule(chunk), STYLE);
		},
	};
}
