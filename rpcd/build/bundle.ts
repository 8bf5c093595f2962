// SPDX-License-Identifier: Apache-2.0
/**
 * ucode as a router gets it: modules that are loaded together in one file, no
 * comments, no indentation, short names. A line of the sources is a line here,
 * if anything is left of it.
 */
import { Parser } from 'acorn';
import type { AnyNode, ImportDeclaration, Program, Token } from 'acorn';
import { full } from 'acorn-walk';
import { Names, Scope, shorten } from './names.js';
import type { Binding, Use } from './names.js';

/** A module or a program. */
export interface Source {
	/** A module's name, a program's file. */
	name: string;
	/** Bytes, as latin1. */
	text: string;
}

/** What becomes one file, each module before those that import it. */
export interface File {
	name: string;
	sources: Source[];
}

/** A file that was made. */
export interface Made {
	name: string;
	text: string;
	/** For each line, the source and its line: `state:12`; '' for lines that have none. */
	origins: string[];
	/** What other files may import: by what name of which module it is known in the sources. */
	exports: { module: string; name: string; short: string }[];
}

/* As testbed/ucode/parse.mjs: acorn's strict mode forbids 0755, and names that ucode allows. */
const UcodeParser = Parser.extend((Base) => class extends Base {
	strictDirective(): boolean {
		return false;
	}
});

const OURS = 'nft_offload.';

interface Module extends Source {
	program: Program;
	tokens: Token[];
	names: Names;
	scope: Scope;
	exported: Map<string, Binding>;
}

interface Linked {
	name: string;
	modules: Module[];
	scope: Scope;
	free: Set<string>;
	/** What comes from elsewhere: from the system's modules by name, or another file's. */
	imported: Map<string, { from: string; name: string; origin: Binding | null; here: Binding }>;
	/** What other files want. */
	wanted: Set<Binding>;
}

class Linker {
	private readonly modules = new Map<string, { module: Module; file: Linked }>();
	readonly files: Linked[] = [];

	add({ name, sources }: File): void {
		const file: Linked = { name, modules: [], scope: new Scope(null), free: new Set(), imported: new Map(), wanted: new Set() };
		for (const { name: module, text } of sources) {
			const tokens: Token[] = [];
			const program = UcodeParser.parse(text, {
				ecmaVersion: 'latest', sourceType: 'script', allowImportExportEverywhere: true, allowReturnOutsideFunction: true, allowHashBang: true, onToken: tokens,
			});
			const made: Module = { name: module, text, program, tokens: tokens.filter(({ start, end }) => end > start), names: new Names(file.scope, file.free), scope: new Scope(file.scope), exported: new Map() };
			this.visit(made, file);
			file.modules.push(made);
			this.modules.set(module, { module: made, file });
		}
		this.files.push(file);
	}

	private visit({ program, names, scope, exported }: Module, file: Linked): void {
		for (const node of program.body) {
			if (node.type === 'ImportDeclaration')
				this.import(node, scope, file);
			else if (node.type === 'ExportNamedDeclaration' && node.declaration) {
				const before = new Set(scope.bindings.keys());
				names.visit(node.declaration, scope);
				for (const [name, binding] of scope.bindings)
					if (!before.has(name))
						exported.set(name, binding);
			}
			else if (/^(Import|Export)/.test(node.type))
				throw new Error(`${node.type} is not known here`);
			else
				names.visit(node, scope);
		}
	}

	private import({ source, specifiers }: ImportDeclaration, scope: Scope, file: Linked): void {
		const from = String(source.value);
		for (const { type, local, ...specifier } of specifiers) {
			if (type === 'ImportNamespaceSpecifier' && from.startsWith(OURS))
				scope.namespaces.set(local.name, (member) => this.find(from, member, file));
			else if ('imported' in specifier && specifier.imported.type === 'Identifier')
				scope.bindings.set(local.name, this.find(from, specifier.imported.name, file));
			else
				throw new Error(`import ${local.name} from ${from}`);
		}
	}

	/** What a module exports, as a name of the file that wants it. */
	private find(from: string, name: string, file: Linked): Binding {
		const found = from.startsWith(OURS) ? this.modules.get(from.slice(OURS.length)) : null;
		const origin = found?.module.exported.get(name) ?? null;
		/* of modules in the same file, those before */
		const same = from.startsWith(OURS) && file.modules.find((module) => module.name === from.slice(OURS.length))?.exported.get(name);
		if (same)
			return same;
		if (from.startsWith(OURS) && !origin)
			throw new Error(`${from} exports no ${name}`);
		const key = `${from} ${name}`;
		let imported = file.imported.get(key);
		if (!imported) {
			found?.file.wanted.add(origin!);
			const here: Binding = { name, scope: file.scope, uses: 1, seen: new Set([file.scope]), short: '' };
			imported = { from: found ? `${OURS}${found.file.name}` : from, name, origin, here };
			file.imported.set(key, imported);
		}
		return imported.here;
	}
}

/** Where a semicolon ends an expression: before `}` ucode needs none there. */
function expressionEnds(program: Program): Set<number> {
	const ends = new Set<number>();
	full(program, (node: AnyNode) => {
		if (node.type === 'ExpressionStatement')
			ends.add(node.end - 1);
	});
	return ends;
}

/** Whether two tokens would be read as another one. */
const merge = (before: string, after: string): boolean =>
	/[\w$]$/.test(before) && /^[\w$]/.test(after) || ['++', '--', '//', '/*'].includes((before.at(-1) ?? '') + (after[0] ?? ''));

/** A module's own statements: each line that is left, with its number. */
function linesOf({ program, tokens, names, text }: Module): { line: number; text: string }[] {
	const ends = expressionEnds(program);
	const replaced = new Map<number, Use & { short: string }>();
	for (const [binding, uses] of names.uses)
		for (const use of uses)
			replaced.set(use.start, { ...use, short: binding.short });
	/* what the file says once, or not at all */
	const dropped = program.body.flatMap((node) => {
		if (node.type === 'ImportDeclaration' || node.type === 'ExpressionStatement' && node.directive)
			return [{ start: node.start, end: node.end }];
		return node.type === 'ExportNamedDeclaration' ? [{ start: node.start, end: node.declaration!.start }] : [];
	});

	const lines: { line: number; text: string }[] = [];
	let before = '', until = 0, inTemplate = false;
	let line = 1, at = 0;
	tokens.forEach(({ start, end, type }, index) => {
		line += text.slice(at, start).split('\n').length - 1;
		at = start;
		const next = tokens[index + 1];
		if (start < until || dropped.some((range) => start >= range.start && start < range.end))
			return;
		if (text[start] === ';' && ends.has(start) && next && text[next.start] === '}')
			return;
		const use = replaced.get(start);
		until = use?.end ?? end;
		const token = use ? use.before + use.short : text.slice(start, end);
		const verbatim = type.label === 'template';
		let last = lines.at(-1);
		/* nothing may be put into a template, or at its end */
		if (last && (verbatim || inTemplate))
			last.line = line;
		else if (last?.line !== line) {
			last = { line, text: '' };
			lines.push(last);
			before = '';
		}
		last.text += (!verbatim && !inTemplate && merge(before, token) ? ' ' : '') + token;
		before = token;
		inTemplate = verbatim;
	});
	return lines;
}

function importsOf({ imported }: Linked): string[] {
	const lists = new Map<string, string[]>();
	for (const { from, name, origin, here } of imported.values())
		lists.set(from, [...lists.get(from) ?? [], `${origin?.short ?? name} as ${here.short}`]);
	return [...lists].map(([from, list]) => `import{${list.join(',')}}from'${from}';`);
}

/**
 * Makes files of sources.
 * @param files those that are imported before those that import
 * @param everything whether others may import all that modules export; else only what `files` import is
 * @throws SyntaxError; Error on what ucode has not, or what is not known here
 */
export function bundle(files: File[], everything = false): Made[] {
	const linker = new Linker();
	files.forEach((file) => { linker.add(file); });
	for (const { modules, imported, free, wanted } of linker.files) {
		if (everything)
			modules.forEach(({ exported }) => { exported.forEach((binding) => { wanted.add(binding); }); });
		const bindings = new Set([...imported.values()].map(({ here }) => here));
		for (const { names } of modules)
			for (const binding of names.uses.keys())
				bindings.add(binding);
		shorten(bindings, free);
	}
	return linker.files.map((file) => {
		const [{ text }] = file.modules as [Module];
		const head = /^(#!.*\n)?\/\/ SPDX-License-Identifier: .*\n'use strict';\n/.exec(text)?.[0];
		if (!head)
			throw new Error(`${file.name} begins neither with its licence nor strictly`);
		const lines = [
			...[...head.trimEnd().split('\n'), ...importsOf(file)].map((line) => ({ text: line, origin: '' })),
			...file.modules.flatMap((module) => linesOf(module).map((line) => ({ text: line.text, origin: `${module.name}:${line.line}` }))),
			...file.wanted.size ? [{ text: `export{${[...file.wanted].map(({ short }) => short).join(',')}};`, origin: '' }] : [],
		];
		const exports = file.modules.flatMap((module) => [...module.exported].filter(([, binding]) => file.wanted.has(binding)).map(([name, { short }]) => ({ module: module.name, name, short })));
		/* a template's text can be of several lines */
		return { exports, name: file.name, text: `${lines.map((line) => line.text).join('\n')}\n`, origins: lines.flatMap((line) => line.text.split('\n').map(() => line.origin)) };
	});
}
