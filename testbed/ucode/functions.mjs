// SPDX-License-Identifier: Apache-2.0
/** Rewrites functions, wherever they stand. */

/** A function expression, an arrow function or a declaration's value. */
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
			node.body.body.forEach((inner) => e.statement(inner));
			e.scope.leave();
			e.put(' return null; })');
		}
		else {
			e.put('return ');
			e.expression(node.body);
			e.put('; })');
		}

		declare();
	});
}
