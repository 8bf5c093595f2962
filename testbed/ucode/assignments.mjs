// SPDX-License-Identifier: Apache-2.0
/** Rewrites what changes variables and properties: =, +=, ||=, ++ and their kin. */
import { BINARY, key, text } from './operands.mjs';

/** Whether evaluating it cannot change a variable or a property. */
function isPure(node) {
	switch (node.type) {
	case 'Literal': case 'Identifier': case 'ThisExpression': return true;
	case 'BinaryExpression': return isPure(node.left) && isPure(node.right);
	case 'MemberExpression': return isPure(node.object) && (!node.computed || isPure(node.property));
	case 'UnaryExpression': return node.operator !== 'delete' && isPure(node.argument);
	default: return false;
	}
}

function constantOf(e, node) {
	const local = e.resolve(node);

	if (local?.constant)
		e.fail(`Invalid assignment to constant '${node.name}'`, node.start);

	return local;
}

/** `write()` emits the value. */
function assignVariable(e, node, write) {
	const local = constantOf(e, node);

	if (local) {
		e.put(`(${local.js} = `);
		write();
		e.put(')');
	}
	else {
		e.mark(node.start);
		e.put(`$vm.setGlobal(${text(node.name)}, `);
		write();
		e.put(`, ${e.scope.strict})`);
	}
}

/** left op= right for a variable: the right side first, as ucode does. */
function updateVariable(e, node, operation, right) {
	const local = constantOf(e, node);
	let held = null;

	if (right && !isPure(right)) {
		held = e.temporary();
		e.put(`(${held} = `);
		e.expression(right);
		e.put(', ');
	}

	assignVariable(e, node, () => {
		e.mark(node.start);
		e.put(`${operation}(`);

		if (local)
			e.put(local.js);
		else
			e.expression(node);

		e.put(', ');

		if (held)
			e.put(held);
		else if (right)
			e.expression(right);
		else
			e.put('1');

		e.put(')');
	});

	if (held)
		e.put(')');
}

function updateMember(e, node, operation, right) {
	if (node.optional)
		e.refuse('assigning through ?.', node);

	e.mark(node.property.start);
	e.put('$update(');
	e.expression(node.object);
	e.put(', ');
	key(e, node);
	e.put(`, ${operation}, `);

	if (right)
		e.expression(right);
	else
		e.put('1');

	e.put(')');
}

function update(e, node, operation, right) {
	if (node.type === 'Identifier')
		updateVariable(e, node, operation, right);
	else if (node.type === 'MemberExpression')
		updateMember(e, node, operation, right);
	else
		e.refuse(`assignment to ${node.type}`, node);
}

/** a ||= b, a &&= b, a ??= b: `test(name)` is the condition under which b is assigned. */
function logicalAssignment(e, { left, right, operator }) {
	const old = e.temporary();
	const test = { '||=': `!$true(${old})`, '&&=': `$true(${old})`, '??=': `${old} === null` }[operator];

	if (left.type === 'Identifier') {
		e.put(`(${old} = `);
		e.expression(left);
		e.put(`, ${test} ? `);
		assignVariable(e, left, () => e.expression(right));
		e.put(` : ${old})`);

		return;
	}

	if (left.type !== 'MemberExpression')
		e.refuse(`assignment to ${left.type}`, left);

	const object = e.temporary(), property = e.temporary();

	e.put(`(${object} = `);
	e.expression(left.object);
	e.put(`, ${property} = `);
	key(e, left);
	e.mark(left.property.start);
	e.put(`, ${old} = $get(${object}, ${property}), ${test} ? $set(${object}, ${property}, `);
	e.expression(right);
	e.put(`) : ${old})`);
}

/** ++ and -- */
function increment(e, node) {
	const [ forth, back ] = node.operator === '++' ? [ '$plusOne', '$sub' ] : [ '$sub', '$plusOne' ];

	if (node.prefix || node.unused)
		return update(e, node.argument, forth, null);

	e.put(`${back}(`);
	update(e, node.argument, forth, null);
	e.put(', 1)');
}

/** = and its kin */
function assignment(e, node) {
	const { operator, left, right } = node;

	if (operator === '||=' || operator === '&&=' || operator === '??=')
		return logicalAssignment(e, node);

	if (operator !== '=') {
		const name = BINARY[operator.slice(0, -1)];

		if (!name)
			e.refuse(operator, node);

		return update(e, left, name, right);
	}

	if (left.type === 'Identifier')
		return assignVariable(e, left, () => e.expression(right));
	if (left.type !== 'MemberExpression' || left.optional)
		e.refuse(`assignment to ${left.type}`, left);

	e.mark(left.property.start);
	e.put('$set(');
	e.expression(left.object);
	e.put(', ');
	key(e, left);
	e.put(', ');
	e.expression(right);
	e.put(')');
}

export const ASSIGNMENTS = {
	UpdateExpression: increment,
	AssignmentExpression: assignment
};
