// SPDX-License-Identifier: Apache-2.0
/** Rewrites what decides: comparisons, and any value as a JavaScript condition. */

/** Operators whose result is a JavaScript boolean → runtime function. */
export const COMPARISON = {
	'==': '$eq', '!=': '!$eq', '===': '$same', '!==': '!$same',
	'<': '$lt', '<=': '$le', '>': '$gt', '>=': '$ge', in: '$has'
};

/** Whether the rewritten expression is a JavaScript boolean. */
export function isBoolean(node) {
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
		e.expression(node);
	}
	else {
		e.put('$true(');
		e.expression(node);
		e.put(')');
	}
}
