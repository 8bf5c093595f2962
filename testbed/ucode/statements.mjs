// SPDX-License-Identifier: Apache-2.0
/** Rewrites statements and declarations. */
import { condition } from './conditions.mjs';
import { functionValue } from './functions.mjs';
import { text } from './operands.mjs';

/** Emits statements in a scope of their own. */
function block(e, statements) {
	e.scope.enter();
	statements.forEach((node) => e.statement(node));
	e.scope.leave();
}

function declaration(e, node) {
	if (node.kind === 'var')
		e.refuse('var', node);

	for (const { id, init } of node.declarations) {
		if (id.type !== 'Identifier')
			e.refuse('destructuring', id);

		const local = e.declare(id, node.kind === 'const');

		if (e.lifted)
			e.lifted.push(local.js);

		e.mark(id.start);
		e.put(`${e.lifted ? '' : 'let '}${local.js} = `);

		if (init)
			e.expression(init);
		else
			e.put('null');

		local.ready = true;
		e.put(';');
	}
}

/** The value of an expression is not used: x++ needs no second step. */
function unused(node) {
	if (node.type === 'UpdateExpression')
		node.unused = true;
	if (node.type === 'SequenceExpression')
		node.expressions.forEach(unused);

	return node;
}

/** A statement that is the body of if, for or while. */
function body(e, node) {
	const { lifted } = e;

	e.lifted = null;
	e.put('{ ');
	e.statement(node);
	e.put(' }');
	e.lifted = lifted;
}

export const STATEMENTS = {
	EmptyStatement() {},
	ExpressionStatement(e, node) {
		e.semicolon(node, true);
		e.mark(node.start);
		e.expression(unused(node.expression));
		e.put(';');
	},
	VariableDeclaration(e, node) {
		e.semicolon(node, false);
		declaration(e, node);
	},
	FunctionDeclaration(e, node) {
		const local = e.declareReady(node.id);

		if (e.lifted)
			e.lifted.push(local.js);

		e.put(`${e.lifted ? '' : 'let '}${local.js} = `);
		functionValue(e, node, node.id.name);
		e.put(';');
	},
	BlockStatement(e, node) {
		const { lifted } = e;

		e.lifted = null;
		e.put('{ ');
		block(e, node.body);
		e.put(' }');
		e.lifted = lifted;
	},
	IfStatement(e, node) {
		e.put('if (');
		condition(e, node.test);
		e.put(') ');
		body(e, node.consequent);

		if (node.alternate) {
			e.put(' else ');
			body(e, node.alternate);
		}
	},
	WhileStatement(e, node) {
		e.put('while (');
		condition(e, node.test);
		e.put(') ');
		body(e, node.body);
	},
	ForStatement(e, node) {
		const { lifted } = e;

		e.lifted = null;
		e.scope.enter();
		e.put('{ ');

		if (node.init?.type === 'VariableDeclaration') {
			if (node.init.kind !== 'let')
				e.refuse(`for (${node.init.kind} …)`, node.init);

			declaration(e, node.init);
		}
		else if (node.init) {
			e.expression(unused(node.init));
			e.put(';');
		}

		// one variable for all turns, also for closures: not JavaScript's for (let …)
		e.put(' for (; ');

		if (node.test)
			condition(e, node.test);

		e.put('; ');

		if (node.update)
			e.expression(unused(node.update));

		e.put(') ');
		body(e, node.body);
		e.put(' }');
		e.scope.leave();
		e.lifted = lifted;
	},
	ForInStatement(e, node) {
		const { lifted } = e;
		const declared = node.left.type === 'VariableDeclaration';
		const id = declared ? node.left.declarations[0].id : node.left;

		if (declared && (node.left.kind !== 'let' || node.left.declarations[0].init))
			e.refuse(`for (${node.left.kind} … in …)`, node.left);
		if (id.type !== 'Identifier')
			e.refuse('for … in over something that is no plain name', id);

		e.lifted = null;
		e.scope.enter();
		e.put('{ ');

		const local = declared ? e.declareReady(id) : e.resolve(id);

		if (local?.constant)
			e.fail(`Invalid assignment to constant '${id.name}'`, id.start);
		if (declared)
			e.put(`let ${local.js} = null; `);

		const iterator = e.temporary();

		e.put(`${iterator} = $iterate(`);
		e.expression(node.right);

		// held in a block's own name, because the function may come here again while it runs
		const own = `$i${++e.names}`;

		e.put(`); const ${own} = ${iterator}; while (${own}.next()) { `);
		e.put(local ? `${local.js} = ${own}.value; ` : `$vm.setGlobal(${text(id.name)}, ${own}.value, ${e.scope.strict}); `);
		body(e, node.body);
		e.put(' } }');
		e.scope.leave();
		e.lifted = lifted;
	},
	SwitchStatement(e, node) {
		const { lifted } = e;

		// ucode knows the names of skipped branches, as null
		e.lifted = [];
		e.scope.enter();
		e.put('{ ');

		const at = e.chunks.push('') - 1;

		e.put('switch ($switched(');
		e.expression(node.discriminant);
		e.put(')) { ');

		for (const branch of node.cases) {
			if (branch.test) {
				e.put('case ');
				e.expression(branch.test);
				e.put(': ');
			}
			else {
				e.put('default: ');
			}

			branch.consequent.forEach((inner) => e.statement(inner));
		}

		e.put(' } }');

		if (e.lifted.length)
			e.chunks[at] = `let ${e.lifted.map((js) => `${js} = null`).join(', ')}; `;

		e.scope.leave();
		e.lifted = lifted;
	},
	TryStatement(e, node) {
		if (node.finalizer || !node.handler)
			e.refuse('finally', node);

		const { param, body: { body: handler } } = node.handler;
		const { lifted } = e;

		e.lifted = null;
		e.put('try { ');
		block(e, node.block.body);
		e.put(' } catch ($e) { ');
		e.scope.enter();

		if (param) {
			if (param.type !== 'Identifier')
				e.refuse('destructuring', param);

			e.put(`let ${e.declareReady(param).js} = $caught($e, $vm); `);
		}
		else {
			e.put('$caught($e, $vm); ');
		}

		handler.forEach((inner) => e.statement(inner));
		e.scope.leave();
		e.put(' }');
		e.lifted = lifted;
	},
	ReturnStatement(e, node) {
		e.semicolon(node, true);

		if (e.options.module && !e.scope.parent)
			e.fail('return must be inside function body', node.end);

		e.put('return ');

		if (node.argument)
			e.expression(node.argument);
		else
			e.put('null');

		e.put(';');
	},
	BreakStatement(e, node) {
		e.semicolon(node, false);

		if (node.label)
			e.refuse('labels', node);

		e.put('break;');
	},
	ContinueStatement(e, node) {
		e.semicolon(node, false);

		if (node.label)
			e.refuse('labels', node);

		e.put('continue;');
	}
};

/** Emits a whole program; the value of its last expression is what it returns. */
export function program(e, statements) {
	statements.forEach((node, i) => {
		const last = i === statements.length - 1 && node.type === 'ExpressionStatement' && !e.options.module;

		if (!last)
			return e.statement(node);

		e.semicolon(node, true);
		e.mark(node.start);
		e.put('return ');
		e.expression(node.expression);
		e.put(';\n');
	});
}
