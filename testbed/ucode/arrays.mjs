// SPDX-License-Identifier: Apache-2.0
/** ucode's builtin functions on arrays, objects and any value (lib.c). */
import { delta, identical } from './compare.mjs';
import { toInteger } from './numbers.mjs';
import { str } from './text.mjs';
import { Double, Namespace, OBJ, Obj, Regexp, Resource, UcodeError, isObject, keysOf, mark, own, refuse, truthy, typename, unmark } from './values.mjs';

function mutable(v) {
	if (v instanceof Namespace)
		throw new UcodeError('Type error', 'object value is immutable');

	return Array.isArray(v);
}

/** The equality of index() and uniq(): as ===, but NaN is NaN, and an array or object is itself. */
function found(a, b) {
	return identical(a, b) || (a instanceof Double && b instanceof Double && a.value !== a.value && b.value !== b.value);
}

function indexOf(stack, needle, right) {
	if (Array.isArray(stack))
		return right ? stack.findLastIndex((item) => found(item, needle ?? null)) : stack.findIndex((item) => found(item, needle ?? null));
	if (typeof stack !== 'string')
		return null;
	if (typeof needle !== 'string')
		return -1;

	return right ? stack.lastIndexOf(needle) : stack.indexOf(needle);
}

function clamp(offset, length) {
	return offset < 0 ? Math.max(0, length + offset) : Math.min(offset, length);
}

function compareDefault(a, b) {
	const number = (v) => typeof v === 'number' || typeof v === 'bigint' || v instanceof Double;

	if (number(a) && number(b))
		return delta(a, b);

	const x = str(a), y = str(b);

	return x < y ? -1 : x > y ? 1 : 0;
}

function sort(v, compare) {
	mutable(v);

	if (compare != null && typeof compare !== 'function')
		throw new UcodeError('Type error', 'left-hand side is not a function');

	if (Array.isArray(v))
		return v.sort(compare == null ? compareDefault : (a, b) => delta(compare(a, b) ?? null, 0));
	if (!(v instanceof Obj))
		return null;

	const names = Object.keys(v).map((name) => [ unmark(name), v[name] ]);

	names.sort(compare == null ? ([ a ], [ b ]) => (a < b ? -1 : a > b ? 1 : 0) :
		([ a, x ], [ b, y ]) => delta(compare(a, b, x, y) ?? null, 0));

	for (const [ name ] of names)
		delete v[mark(name)];
	for (const [ name, value ] of names)
		v[mark(name)] = value;

	return v;
}

function splice(array, offset, removed, ...added) {
	if (!mutable(array))
		return null;

	const n = arguments.length;
	const from = n === 1 ? 0 : clamp(Number(toInteger(offset)), array.length);
	let count = array.length - from;

	if (n > 2) {
		const wanted = Number(toInteger(removed));

		count = wanted < 0 ? Math.max(0, count + wanted) : Math.min(wanted, count);
	}

	array.splice(from, count, ...added);

	return array;
}

/** min() and max() by ucode's order. */
function extreme(sign, values) {
	let best = values[0] ?? null;

	for (const v of values.slice(1))
		if (delta(v, best) === sign)
			best = v;

	return best;
}

/** For each element, as map() and filter() call back. */
function each(array, callback) {
	if (!Array.isArray(array))
		return null;

	if (array.length && typeof callback !== 'function')
		throw new UcodeError('Type error', 'left-hand side is not a function');

	const results = [];

	for (let i = 0, n = array.length; i < n; i++)
		results.push(callback(array[i] ?? null, i, array) ?? null);

	return results;
}

export const arrays = {
	length: (v) => typeof v === 'string' || Array.isArray(v) ? v.length : isObject(v) ? keysOf(v).length : null,
	index: (stack, needle) => indexOf(stack, needle, false),
	rindex: (stack, needle) => indexOf(stack, needle, true),
	min: (...values) => extreme(-1, values),
	max: (...values) => extreme(1, values),
	sort,
	splice,

	push(array, ...items) {
		if (!mutable(array))
			return null;

		for (const item of items)
			array.push(item);

		return items.at(-1) ?? null;
	},

	pop: (array) => mutable(array) ? array.pop() ?? null : null,
	shift: (array) => mutable(array) ? array.shift() ?? null : null,

	unshift(array, ...items) {
		if (!mutable(array))
			return null;

		array.unshift(...items);

		return items.at(-1) ?? null;
	},

	map: function map(array, callback) {
		return each(array, callback);
	},

	filter: function filter(array, callback) {
		if (!Array.isArray(array))
			return null;

		const source = [ ...array ], kept = each(array, callback);

		return source.filter((_, i) => truthy(kept[i]));
	},

	slice(array, from, to) {
		if (!Array.isArray(array))
			return null;

		const n = array.length;

		return array.slice(from == null ? 0 : clamp(Number(toInteger(from)), n), to == null ? n : clamp(Number(toInteger(to)), n));
	},

	reverse(v) {
		if (typeof v === 'string')
			return v.split('').reverse().join('');

		return Array.isArray(v) ? [ ...v ].reverse() : null;
	},

	join: (separator, array) => Array.isArray(array) ? array.map(str).join(str(separator ?? null)) : null,

	keys: (v) => isObject(v) ? [ ...keysOf(v) ] : null,
	values: (v) => isObject(v) ? keysOf(v).map((key) => own(v, key)) : null,
	exists: (v, key) => isObject(v) && own(v, str(key ?? null)) !== undefined,

	uniq(array) {
		if (!Array.isArray(array))
			return null;

		const seen = new Set(), doubles = [];

		return array.filter((v) => {
			if (v instanceof Double) {
				if (doubles.some((other) => found(other, v)))
					return false;

				doubles.push(v);

				return true;
			}

			return !seen.has(v) && seen.add(v);
		});
	},

	type(v) {
		const name = typename(v);

		switch (name) {
		case 'null': return null;
		case 'closure': case 'cfunction': return 'function';
		case 'integer': return 'int';
		case 'boolean': return 'bool';
		default: return name;
		}
	},

	proto(v, prototype) {
		if (arguments.length < 2) {
			const parent = v instanceof Obj ? Object.getPrototypeOf(v) : OBJ;

			if (v instanceof Resource || v instanceof Regexp)
				refuse('proto() of a resource');

			return parent === OBJ ? null : parent;
		}

		if (Array.isArray(v) && prototype instanceof Obj)
			refuse('proto() on an array');
		if (!(v instanceof Obj) || !(prototype instanceof Obj))
			throw new UcodeError('Type error', 'Passed value is neither a prototype, resource or object');

		Object.setPrototypeOf(v, prototype);

		return v;
	}
};
