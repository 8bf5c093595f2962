// SPDX-License-Identifier: Apache-2.0
/** Rewrites import and export. */
import { functionValue } from './functions.mjs';
import { text } from './operands.mjs';
import { unescape } from './parse.mjs';

function exportNames(e, node) {
	if (!e.options.module)
		e.fail('Exports may only appear at top level of a module', node.start + 7);
}

function load(e, node) {
	if (!node.source)
		e.refuse('import without a source', node);

	return { name: `$m${e.imports.length + 1}`, source: unescape(node.source.raw.slice(1, -1)) };
}

export const MODULES = {
	ImportDeclaration(e, node) {
		e.semicolon(node, false);

		if (e.scope.depth || e.scope.parent)
			e.fail('Imports may only appear at top level', node.start + 6);

		const { name, source } = load(e, node);
		const wanted = [], wildcards = [];

		for (const { type, local, imported } of node.specifiers) {
			if (e.scope.find(local.name))
				e.fail(`Import name '${local.name}' is already declared as local variable`, local.start);

			const declared = e.declareReady(local, true);

			if (type === 'ImportNamespaceSpecifier') {
				wildcards.push(declared);
				continue;
			}

			const key = type === 'ImportDefaultSpecifier' ? 'default' :
				imported.type === 'Literal' ? unescape(imported.raw.slice(1, -1)) : imported.name;

			declared.imported = true;
			declared.js = `${name}[${text(key)}]`;
			wanted.push(key);
		}

		e.mark(node.source.start);
		e.imports.push({ source, wanted, offset: node.source.start, end: node.source.end });
		e.put(`const ${name} = $vm.exports(${text(source)}, $file);`);

		for (const { js } of wildcards)
			e.put(`let ${js} = $vm.namespace(${name});`);
	},
	ExportNamedDeclaration(e, node) {
		exportNames(e, node);

		if (node.source)
			e.refuse('export … from', node);

		if (node.declaration) {
			const before = e.scope.locals.length;
			const isFunction = node.declaration.type === 'FunctionDeclaration';

			if (isFunction && e.source[node.end] !== ';')
				e.fail("Unexpected token\nExpecting ';' (ucode before 25.12 wants it after an exported function)", node.end);

			e.statement(node.declaration);

			for (const local of e.scope.locals.slice(before))
				e.exported.push([ local.name, local.js ]);

			return;
		}

		e.semicolon(node, false);

		for (const { local, exported } of node.specifiers) {
			const found = e.resolve(local);

			if (!found)
				e.fail(`Attempt to export undeclared or non-local variable '${local.name}'`, local.end);

			e.exported.push([ exported.type === 'Literal' ? unescape(exported.raw.slice(1, -1)) : exported.name, found.js ]);
		}
	},
	ExportDefaultDeclaration(e, node) {
		exportNames(e, node);

		const value = node.declaration;
		const name = `default$${++e.names}`;

		if (/(?:Function|Class)Declaration/.test(value.type)) {
			if (value.type === 'ClassDeclaration')
				e.refuse('class', value);
			if (e.source[value.end] !== ';')
				e.fail("Unexpected token\nExpecting ';'", node.end);

			e.put(`let ${name} = `);
			functionValue(e, value, value.id?.name ?? '');
		}
		else {
			e.semicolon(node, false);
			e.put(`let ${name} = `);
			e.expression(value);
		}

		e.put(';');
		e.exported.push([ 'default', name ]);
	}
};
