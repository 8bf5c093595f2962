// SPDX-License-Identifier: Apache-2.0
/** Who declares the names in ucode, and short ones for them. */
import type { AnyNode, Identifier, Pattern } from 'acorn';

/** Where a name stands, or `module.name`: what is replaced. */
export interface Use {
	start: number;
	end: number;
	/** What stays before it: of `{ name }`, that is an object's member. */
	before: string;
}

/** A declared name, from its declaration to the end of its scope. */
export interface Binding {
	name: string;
	scope: Scope;
	uses: number;
	/** Scopes in which it stands, with those around them up to its own. */
	seen: Set<Scope>;
	short: string;
}

export class Scope {
	readonly bindings = new Map<string, Binding>();
	/** What `import * as name` stands for: gives the binding of a member. */
	readonly namespaces = new Map<string, (member: string) => Binding>();

	constructor(readonly parent: Scope | null) {}

	find<T>(name: string, where: (scope: Scope) => Map<string, T>): T | null {
		return where(this).get(name) ?? this.parent?.find(name, where) ?? null;
	}
}

const SCOPES = new Set(['BlockStatement', 'ForStatement', 'ForInStatement', 'SwitchStatement', 'CatchClause', 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_';
/** Of two letters, and words of the language. */
const WORDS = new Set(['as', 'do', 'if', 'in']);

function* shortNames(): Generator<string, never> {
	yield* LETTERS;
	for (;;)
		for (const first of LETTERS)
			for (const second of LETTERS)
				if (!WORDS.has(first + second))
					yield first + second;
}

/** The nodes directly below one, in the order of the source. */
const childrenOf = (node: AnyNode): AnyNode[] => Object.values(node as object).flat().filter((value: unknown): value is AnyNode =>
	typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string').sort((a, b) => a.start - b.start);

function nameOf(pattern: Pattern): Identifier {
	const node = pattern.type === 'RestElement' ? pattern.argument : pattern;
	if (node.type !== 'Identifier')
		throw new Error(`ucode has no ${node.type}`);
	return node;
}

/** The names of one module, and where they stand in it. */
export class Names {
	readonly uses = new Map<Binding, Use[]>();

	/**
	 * @param whole the scope of the file that the module is a part of
	 * @param free gets what nobody declares: the language's own functions
	 */
	constructor(private readonly whole: Scope, private readonly free: Set<string>) {}

	declare(scope: Scope, id: Identifier): Binding {
		if (scope.bindings.has(id.name))
			throw new Error(`${id.name} is declared twice`);
		/* the names of all modules of a file are in one scope, although they do not know each other's */
		const owner = scope.parent === this.whole ? this.whole : scope;
		const binding: Binding = { name: id.name, scope: owner, uses: 0, seen: new Set([owner]), short: '' };
		scope.bindings.set(id.name, binding);
		this.note(scope, binding, id);
		return binding;
	}

	private note(scope: Scope, binding: Binding, { start, end }: AnyNode, before = ''): void {
		binding.uses++;
		this.uses.set(binding, [...this.uses.get(binding) ?? [], { start, end, before }]);
		for (let at = scope; at !== binding.scope; at = at.parent!)
			binding.seen.add(at);
	}

	private use(scope: Scope, id: Identifier, before = ''): void {
		const binding = scope.find(id.name, ({ bindings }) => bindings);
		if (binding)
			this.note(scope, binding, id, before);
		else if (scope.find(id.name, ({ namespaces }) => namespaces))
			throw new Error(`the module ${id.name} is used as a value`);
		else
			this.free.add(id.name);
	}

	/**
	 * Notes all that is declared and used in a node. Names are known from their
	 * declaration on: ucode hoists nothing.
	 * @param outer the scope around; a body is in the scope of its parameters
	 */
	visit(node: AnyNode, outer: Scope, isBody = false): void {
		let scope = outer;
		const below = childrenOf(node), done = new Set<AnyNode>();
		if (SCOPES.has(node.type) && !isBody) {
			scope = new Scope(outer);
			if ('id' in node && node.id) {
				if (node.type !== 'FunctionDeclaration')
					throw new Error(`a name inside of an expression: ${(node.id as Identifier).name}`);
				this.declare(outer, node.id);
				done.add(node.id);
			}
			for (const param of 'params' in node ? node.params : node.type === 'CatchClause' && node.param ? [node.param] : []) {
				this.declare(scope, nameOf(param));
				done.add(param);
			}
		}

		switch (node.type) {
		case 'Identifier':
			this.use(scope, node);
			break;

		case 'VariableDeclarator':
			this.declare(scope, nameOf(node.id));
			done.add(node.id);
			break;

		case 'MemberExpression': {
			const { object, property, computed } = node;
			const namespace = object.type === 'Identifier' && !scope.find(object.name, ({ bindings }) => bindings) && scope.find(object.name, ({ namespaces }) => namespaces);
			if (namespace && !computed && property.type === 'Identifier') {
				this.note(scope, namespace(property.name), node);
				done.add(object);
			}
			if (!computed)
				done.add(property);
			break;
		}

		case 'Property':
			if (node.shorthand) {
				this.use(scope, node.value as Identifier, `${(node.value as Identifier).name}:`);
				done.add(node.value);
			}
			if (!node.computed)
				done.add(node.key);
			break;

		case 'LabeledStatement':
			throw new Error('a label');
		}

		for (const child of below)
			if (!done.has(child))
				this.visit(child, scope, 'body' in node && node.body === child && !node.type.startsWith('For'));
	}
}

/** Whether two names may not be the same: one is seen where the other one is. */
const clash = (a: Binding, b: Binding): boolean => a.seen.has(b.scope) || b.seen.has(a.scope);

/** Gives each name of a file a short one. @param free names that stay as they are */
export function shorten(bindings: Iterable<Binding>, free: Set<string>): void {
	const taken = new Map<string, Binding[]>();
	for (const binding of [...bindings].sort((a, b) => b.uses - a.uses))
		for (const name of shortNames()) {
			const others = taken.get(name) ?? [];
			if (free.has(name) || others.some((other) => clash(other, binding)))
				continue;
			binding.short = name;
			taken.set(name, [...others, binding]);
			break;
		}
}
