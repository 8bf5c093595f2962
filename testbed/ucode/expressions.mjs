// SPDX-License-Identifier: Apache-2.0
/** Rewrites expressions. Names of runtime functions are those of operators.mjs. */
import { assignment, increment } from './assignments.mjs';
import { functionBody } from './statements.mjs';
import { numberLiteral, regexpLiteral, unescape } from './parse.mjs';
import { Double, mark } from './values.mjs';

/** A string as JavaScript code. */
export const text = (value) => JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

/** Operators → runtime function; in += and its kin too. */
export const BINARY = {
	'+': '$add', '-': '$sub', '*': '$mul', '/': '$div', '%': '$mod', '**': '$pow',
	'&': '$and', '|': '$or', '^': '$xor', '<<': '$shl', '>>': '$shr'
};

const COMPARISON = {
	'==': '$eq', '!=': '!$eq', '===': '$same', '!==': '!$same',
	'<': '$lt', '<=': '$le', '>': '$gt', '>=': '$ge', in: '$has'
};

/** Whether the rewritten expression is a JavaScript boolean. */
function isBoolean(node) {
	switch (node.type) {
	case 'Literal': return typeof node.value === 'boolean';
	case 'BinaryExpression': return node.operator in COMPARISON;
	case 'UnaryExpression': return node.operator === '!' || node.operator === 'delete';
	case 'LogicalExpression': return node.operator !== '??' && isBoolean(node.left) && isBoolean(node.right);
	default: return false;
	}
}

/** As a JavaScript condition. */
export function condition(e, node) {
	if (node.type === 'LogicalExpression' && node.operator !== '??') {
		e.put('(');
		condition(e, node.left);
		e.put(node.operator);
		condition(e, node.right);
		e.put(')');
	}
	else if (node.type === 'UnaryExpression' && node.operator === '!') {
		e.put('!');
		condition(e, node.argument);
	}
	else if (isBoolean(node)) {
		expression(e, node);
	}
	else {
		e.put('$true(');
		expression(e, node);
		e.put(')');
	}
}

function list(e, nodes) {
	nodes.forEach((node, i) => {
		if (i)
			e.put(', ');

		if (!node)
			e.refuse('an array hole', nodes.find((n) => n) ?? { start: 0 });

		if (node.type === 'SpreadElement') {
			e.put('...$spread(');
			expression(e, node.argument);
			e.put(')');
		}
		else {
			expression(e, node);
		}
	});
}

/** Emits the key of a member. */
export function key(e, node) {
	if (node.computed)
		expression(e, node.property);
	else
		e.put(text(node.property.name));
}

function member(e, node) {
	e.mark(node.property.start);

	if (node.optional || node.computed) {
		e.put(node.optional ? '$optional(' : '$get(');
		expression(e, node.object);
		e.put(', ');
		key(e, node);
		e.put(')');

		return;
	}

	// the common case in place, where V8 can remember the object's shape
	const held = e.temporary();
	const name = mark(node.property.name);

	e.put(`((${held} = `);
	expression(e, node.object);
	e.mark(node.property.start);
	e.put(`) instanceof $Obj ? ${held}[${text(name)}] ?? null : $get(${held}, ${text(name)}))`);
}

function call(e, node) {
	const { callee } = node;
	const end = node.arguments.at(-1)?.end ?? 0;

	for (const at of e.options.trailing)
		if (end && at >= end && at < node.end)
			e.fail('Expecting expression', at + 1);

	if (callee.type === 'Super' || callee.type === 'Import')
		e.refuse(callee.type, node);

	if (callee.type === 'MemberExpression') {
		const object = e.temporary();

		e.put(node.optional ? '($optionalMethod(' : '($method(');
		e.put(`${object} = `);
		expression(e, callee.object);
		e.put(', ');
		key(e, callee);
		e.mark(node.end - 1);
		e.put(`, ${callee.optional})${node.optional ? '?.' : '.'}call(${object}${node.arguments.length ? ', ' : ''}`);
	}
	else if (callee.type === 'Identifier' && !e.resolve(callee)) {
		e.mark(node.end - 1);
		e.put(node.optional ? `($optionalFunction(${globalRead(e, callee)})?.(` : `($global(G[${text(mark(callee.name))}], $vm, ${text(callee.name)}, ${e.scope.strict})(`);
	}
	else {
		e.mark(node.end - 1);
		e.put(node.optional ? '($optionalFunction(' : '($function(');
		expression(e, callee);
		e.mark(node.end - 1);
		e.put(node.optional ? ')?.(' : ')(');
	}

	list(e, node.arguments);
	e.mark(node.end - 1);
	e.put(node.optional ? ') ?? null)' : '))');
}

function globalRead(e, node) {
	return `$vm.global(G[${text(mark(node.name))}], ${text(node.name)}, ${e.scope.strict})`;
}

/** A function expression, an arrow function or (by statements.mjs) a declaration's value. */
export function functionValue(e, node, name) {
	if (node.async || node.generator)
		e.refuse('async and generator functions', node);

	const arrow = node.type === 'ArrowFunctionExpression';
	const directive = !arrow && node.body.body[0]?.type === 'ExpressionStatement' && node.body.body[0].directive === 'use strict';

	e.mark(node.start);
	e.put(arrow ? '((' : `(function ${name ? `${name}$` : ''}(`);

	e.inFunction(name || (arrow ? '[arrow function]' : '[anonymous function]'), e.scope.strict || directive, () => {
		e.scope.enter();
		node.params.forEach((parameter, i) => {
			const rest = parameter.type === 'RestElement';
			const id = rest ? parameter.argument : parameter;

			if (id.type !== 'Identifier')
				e.refuse('destructured and default parameters', parameter);

			const local = e.declareReady(id);

			e.put(`${i ? ', ' : ''}${rest ? '...' : ''}${local.js}${rest ? '' : ' = null'}`);
		});
		e.put(arrow ? ') => {' : ') {');

		const declare = e.temporariesHere();

		if (node.body.type === 'BlockStatement') {
			functionBody(e, node.body.body);
			e.put(' return null; })');
		}
		else {
			e.put('return ');
			expression(e, node.body);
			e.put('; })');
		}

		declare();
	});
}

function property(e, node) {
	if (node.type === 'SpreadElement') {
		e.put('...$entries(');
		expression(e, node.argument);
		e.put(')');

		return;
	}

	if (node.kind !== 'init' || node.method)
		e.refuse('getters, setters and { method() } (ucode before 25.12 does not read it)', node);

	if (node.computed) {
		e.put('[$key(');
		expression(e, node.key);
		e.put(')]: ');
	}
	else {
		const name = node.key.type === 'Identifier' ? node.key.name : node.key.value;

		if (typeof name !== 'string')
			e.fail('Expecting label', node.key.start);

		const bytes = node.key.type === 'Identifier' ? name : unescape(node.key.raw.slice(1, -1));

		// computed, because { "__proto__": … } is JavaScript's prototype
		e.put(bytes === '__proto__' ? '["__proto__"]: ' : `${text(mark(bytes))}: `);
	}

	expression(e, node.value);
}

const RULES = {
	Literal(e, node) {
		if (node.regex)
			return e.put(e.constant(regexpLiteral(node.regex.pattern, node.regex.flags)));
		if (typeof node.value === 'string')
			return e.put(text(unescape(node.raw.slice(1, -1))));
		if (typeof node.value !== 'number')
			return e.put(node.value === null || typeof node.value === 'boolean' ? node.raw : e.refuse(node.raw, node));

		const value = numberLiteral(node.raw);

		e.put(value instanceof Double ? e.constant(value) : `${value}${typeof value === 'bigint' ? 'n' : ''}`);
	},
	TemplateLiteral(e, node) {
		node.quasis.forEach((quasi, i) => {
			e.put(`${i ? ' + ' : '('}${text(unescape(quasi.value.raw))}`);

			if (i < node.expressions.length) {
				e.put(' + $str(');
				expression(e, node.expressions[i]);
				e.put(')');
			}
		});
		e.put(')');
	},
	Identifier(e, node) {
		const local = e.resolve(node);

		e.mark(node.start);
		e.put(local ? local.js : globalRead(e, node));
	},
	ThisExpression(e) {
		e.put('(this ?? null)');
	},
	ArrayExpression(e, node) {
		e.put('[ ');
		list(e, node.elements);
		e.put(' ]');
	},
	ObjectExpression(e, node) {
		e.put('({ __proto__: $OBJ');

		for (const p of node.properties) {
			e.put(', ');
			property(e, p);
		}

		e.put(' })');
	},
	FunctionExpression(e, node) {
		functionValue(e, node, node.id?.name ?? '');
	},
	ArrowFunctionExpression(e, node) {
		functionValue(e, node, '');
	},
	MemberExpression: member,
	CallExpression: call,
	ChainExpression(e, node) {
		expression(e, node.expression);
	},
	SequenceExpression(e, node) {
		e.put('(');
		list(e, node.expressions);
		e.put(')');
	},
	ConditionalExpression(e, node) {
		e.put('(');
		condition(e, node.test);
		e.put(' ? ');
		expression(e, node.consequent);
		e.put(' : ');
		expression(e, node.alternate);
		e.put(')');
	},
	LogicalExpression(e, node) {
		if (isBoolean(node))
			return condition(e, node);

		e.put('(');

		if (node.operator === '??') {
			expression(e, node.left);
			e.put(' ?? ');
			expression(e, node.right);
		}
		else {
			const held = e.temporary();

			e.put(`$true(${held} = `);
			expression(e, node.left);
			e.put(node.operator === '&&' ? ') ? ' : `) ? ${held} : `);
			expression(e, node.right);

			if (node.operator === '&&')
				e.put(` : ${held}`);
		}

		e.put(')');
	},
	UnaryExpression(e, node) {
		const { operator, argument } = node;

		switch (operator) {
		case '!':
			e.put('!');

			return condition(e, argument);

		case '-': case '+': case '~':
			e.put({ '-': '$minus(', '+': '$plus(', '~': '$not(' }[operator]);
			expression(e, argument);

			return e.put(')');

		case 'delete':
			if (argument.type !== 'MemberExpression')
				e.fail('expecting a property access expression', argument.end);

			e.mark(argument.property.start);
			e.put('$delete(');
			expression(e, argument.object);
			e.put(', ');
			key(e, argument);

			return e.put(')');
		}

		e.refuse(operator, node);
	},
	BinaryExpression(e, node) {
		const { operator, left, right } = node;
		const name = BINARY[operator] ?? COMPARISON[operator];

		if (!name)
			e.refuse(operator, node);
		if (operator === '**' && right.type === 'BinaryExpression' && right.operator === '**' && e.source[right.start - 1] !== '(')
			e.refuse('a ** b ** c without parentheses: ucode groups it to the left', node);

		e.mark(node.start);
		e.put(`${name}(`);
		expression(e, left);
		e.put(', ');
		expression(e, right);
		e.put(')');
	},
	UpdateExpression: increment,
	AssignmentExpression: assignment,
	ParenthesizedExpression(e, node) {
		expression(e, node.expression);
	}
};

/** Emits the value of an expression. */
export function expression(e, node) {
	const rule = RULES[node.type];

	if (!rule)
		e.refuse(node.type, node);

	rule(e, node);
}
