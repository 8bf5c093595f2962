// SPDX-License-Identifier: Apache-2.0
/** Rewrites expressions. Names of runtime functions are those of operators.mjs. */
import { COMPARISON, condition, isBoolean } from './conditions.mjs';
import { functionValue } from './functions.mjs';
import { BINARY, key, text } from './operands.mjs';
import { numberLiteral, regexpLiteral, unescape } from './parse.mjs';
import { Double, mark } from './values.mjs';

function list(e, nodes) {
	nodes.forEach((node, i) => {
		if (i)
			e.put(', ');

		if (!node)
			e.refuse('an array hole', nodes.find((n) => n) ?? { start: 0 });

		if (node.type === 'SpreadElement') {
			e.put('...$spread(');
			e.expression(node.argument);
			e.put(')');
		}
		else {
			e.expression(node);
		}
	});
}

function member(e, node) {
	e.mark(node.property.start);

	if (node.optional || node.computed) {
		e.put(node.optional ? '$optional(' : '$get(');
		e.expression(node.object);
		e.put(', ');
		key(e, node);
		e.put(')');

		return;
	}

	// the common case in place, where V8 can remember the object's shape
	const held = e.temporary();
	const name = mark(node.property.name);

	e.put(`((${held} = `);
	e.expression(node.object);
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
		e.expression(callee.object);
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
		e.expression(callee);
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

function property(e, node) {
	if (node.type === 'SpreadElement') {
		e.put('...$entries(');
		e.expression(node.argument);
		e.put(')');

		return;
	}

	if (node.kind !== 'init' || node.method)
		e.refuse('getters, setters and { method() } (ucode before 25.12 does not read it)', node);

	if (node.computed) {
		e.put('[$key(');
		e.expression(node.key);
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

	e.expression(node.value);
}

export const EXPRESSIONS = {
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
				e.expression(node.expressions[i]);
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
		e.expression(node.expression);
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
		e.expression(node.consequent);
		e.put(' : ');
		e.expression(node.alternate);
		e.put(')');
	},
	LogicalExpression(e, node) {
		if (isBoolean(node))
			return condition(e, node);

		e.put('(');

		if (node.operator === '??') {
			e.expression(node.left);
			e.put(' ?? ');
			e.expression(node.right);
		}
		else {
			const held = e.temporary();

			e.put(`$true(${held} = `);
			e.expression(node.left);
			e.put(node.operator === '&&' ? ') ? ' : `) ? ${held} : `);
			e.expression(node.right);

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
			e.expression(argument);

			return e.put(')');

		case 'delete':
			if (argument.type !== 'MemberExpression')
				e.fail('expecting a property access expression', argument.end);

			e.mark(argument.property.start);
			e.put('$delete(');
			e.expression(argument.object);
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
		e.expression(left);
		e.put(', ');
		e.expression(right);
		e.put(')');
	},
	ParenthesizedExpression(e, node) {
		e.expression(node.expression);
	}
};
