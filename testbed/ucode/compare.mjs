// SPDX-License-Identifier: Apache-2.0
/** ucode's order and its two equalities. */
import { toDouble, toNumber } from './numbers.mjs';
import { Double, Obj, Regexp, natives, refuse } from './values.mjs';

/**
 * ucv_compare's delta: -1, 0, 1; 2 when the two do not compare.
 */
export function delta(a, b) {
	if (typeof a === 'string' && typeof b === 'string')
		return a < b ? -1 : a > b ? 1 : 0;

	if (compound(a) && compound(b) && kind(a) === kind(b)) {
		if (a === b)
			return 0;

		refuse('the order of two arrays, objects or functions: ucode compares addresses');
	}

	const x = toNumber(a), y = toNumber(b);

	if (x == null || y == null)
		return 2;

	if (x instanceof Double || y instanceof Double) {
		const p = toDouble(x), q = toDouble(y);

		return p === q ? 0 : p < q ? -1 : 1;
	}

	return x === y ? 0 : x < y ? -1 : 1;
}

function compound(v) {
	return typeof v === 'function' || (typeof v === 'object' && v !== null && !(v instanceof Double));
}

function kind(v) {
	return typeof v === 'function' ? (natives.has(v) ? 1 : 2) : Array.isArray(v) ? 3 : v instanceof Obj ? 4 : v instanceof Regexp ? 5 : 6;
}

export function equal(a, b) {
	if (a == null || b == null)
		return (a ?? null) === (b ?? null);
	if (compound(a) && compound(b))
		return a === b;

	return delta(a, b) === 0;
}

/** === : the same type and the same value; NaN is nothing's equal. */
export function identical(a, b) {
	if (a instanceof Double && b instanceof Double)
		return a.value === b.value;

	return a === b;
}
