// SPDX-License-Identifier: Apache-2.0
/** Names as ucode's compiler resolves them: in source order, with no hoisting. */

export class Local {
	constructor(name, js, depth, constant) {
		this.name = name;
		/** The expression that reads it in the rewritten code. */
		this.js = js;
		this.depth = depth;
		this.constant = constant;
		this.imported = false;
		/** Its initializer is being compiled: reading it is an error. */
		this.ready = false;
	}
}

/** The names of one function. */
export class Scope {
	/** @param {Scope | null} parent @param {boolean} strict */
	constructor(parent, strict) {
		this.parent = parent;
		this.strict = strict;
		this.depth = 0;
		/** @type {Local[]} */
		this.locals = [];
		this.temporaries = 0;
	}

	enter() {
		this.depth++;
	}

	leave() {
		this.depth--;

		while (this.locals.length && this.locals.at(-1).depth > this.depth)
			this.locals.pop();
	}

	/** The innermost local of that name, also of enclosing functions. */
	find(name) {
		for (let i = this.locals.length - 1; i >= 0; i--)
			if (this.locals[i].name === name)
				return this.locals[i];

		return this.parent?.find(name) ?? null;
	}

	/** Whether the name is already declared in the innermost block. */
	taken(name) {
		return this.locals.some((local) => local.name === name && local.depth === this.depth);
	}
}
