// SPDX-License-Identifier: Apache-2.0
/** Collects the rewritten code, remembers which source byte each part comes from, and keeps the scopes. */
import { Local, Scope } from './scope.mjs';
import { syntaxError } from './source.mjs';
import { Refusal } from './values.mjs';

/** ucode's reserved words that JavaScript reads as names; `as` and `from` are of 23.05 only. */
const KEYWORDS = new Set([ 'as', 'elif', 'endif', 'endfor', 'endwhile', 'endfunction', 'from', 'let' ]);

export class Emitter {
	/**
	 * @param {string} source bytes
	 * @param {{ filename: string, strict: boolean, module: boolean, inserted: Set<number>, trailing: Set<number> }} options
	 * @param {Record<string, (e: Emitter, node: object) => void>} rules by type of node: each emits such a node, and what
	 *   is inside by expression() and statement(), so that no file of rules needs another
	 */
	constructor(source, options, rules) {
		this.source = source;
		this.options = options;
		this.rules = rules;
		/** @type {string[]} */
		this.chunks = [];
		/** [ index of chunk, source offset ] */
		this.marks = [];
		/** { from, to: indexes of chunks, name } of every function */
		this.functions = [];
		this.constants = [];
		this.names = 0;
		/** { source, wanted: names, offset, end } of every import */
		this.imports = [];
		/** [ exported name, local ] */
		this.exported = [];
		this.scope = new Scope(null, options.strict);
		/** Placeholders for declarations lifted out of a switch. */
		this.lifted = null;
	}

	put(text) {
		this.chunks.push(text);
	}

	/** What follows comes from here. */
	mark(offset) {
		this.marks.push([ this.chunks.length, offset ]);
	}

	fail(message, offset) {
		throw syntaxError(message, this.source, offset, this.options.name);
	}

	refuse(what, node) {
		const before = this.source.slice(0, node.start);

		throw new Refusal(`refused by the testbed's ucode runner: ${what}, ${this.options.filename}:${before.split('\n').length}`);
	}

	#emit(node) {
		const rule = this.rules[node.type];

		if (!rule)
			this.refuse(node.type, node);

		rule(this, node);
	}

	/** Emits the value of an expression. */
	expression(node) {
		this.#emit(node);
	}

	/** Emits one statement. */
	statement(node) {
		this.#emit(node);
		this.put('\n');
	}

	/** ucode lets a semicolon be missing before `}` and at the end of the file, after expressions alone. */
	semicolon(node, optional) {
		if (!this.options.inserted.has(node.end))
			return;

		const rest = this.source.slice(node.end).replace(/^(?:\s|\/\/.*|\/\*[^]*?\*\/)+/, '');

		if (!optional || (rest !== '' && rest[0] !== '}'))
			this.fail("Unexpected token\nExpecting ';'", node.end);
	}

	/** A name of the rewritten code for an intermediate value, declared by the function around. */
	temporary() {
		return `$${++this.scope.temporaries}`;
	}

	/** Declares a name; ready() makes it readable. */
	declare(node, constant = false) {
		if (KEYWORDS.has(node.name))
			this.fail(`Unexpected token '${node.name}'`, node.start);
		if (this.scope.taken(node.name))
			this.fail(`Variable '${node.name}' redeclared`, node.start);

		const local = new Local(node.name, `${node.name}$${++this.names}`, this.scope.depth, constant);

		this.scope.locals.push(local);

		return local;
	}

	declareReady(node, constant = false) {
		const local = this.declare(node, constant);

		local.ready = true;

		return local;
	}

	/** The local a name stands for, null for a global. */
	resolve(node) {
		const local = this.scope.find(node.name);

		if (local && !local.ready)
			this.fail(`Can't access lexical declaration '${node.name}' before initialization`, node.start);
		if (!local && KEYWORDS.has(node.name))
			this.fail(`Unexpected token '${node.name}'`, node.start);

		return local;
	}

	/** A constant of the whole program: the name it has in the rewritten code. */
	constant(value) {
		return `$k[${this.constants.push(value) - 1}]`;
	}

	/** Compiles a function's body in a scope of its own; `body(parameters)` emits it. */
	inFunction(name, strict, body) {
		const from = this.chunks.length;
		const { scope, lifted } = this;

		this.scope = new Scope(scope, strict);
		this.lifted = null;
		body();
		this.scope = scope;
		this.lifted = lifted;
		this.functions.push({ from, to: this.chunks.length, name });
	}

	/** A chunk that declares the temporaries of the current function, filled in when they are known. */
	temporariesHere() {
		const { scope } = this;
		const at = this.chunks.push('') - 1;

		return () => {
			if (scope.temporaries)
				this.chunks[at] = `let ${Array.from({ length: scope.temporaries }, (_, i) => `$${i + 1}`).join(', ')};`;
		};
	}

	/** { code, marks: [ offset in code, source offset ][], functions: { from, to, name }[] } */
	finish() {
		const offsets = [];
		let length = 0;

		for (const chunk of this.chunks) {
			offsets.push(length);
			length += chunk.length;
		}

		offsets.push(length);

		return {
			code: this.chunks.join(''),
			imports: this.imports,
			marks: this.marks.map(([ chunk, offset ]) => [ offsets[chunk], offset ]),
			functions: this.functions.map(({ from, to, name }) => ({ from: offsets[from], to: offsets[to], name }))
		};
	}
}
