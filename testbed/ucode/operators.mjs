// SPDX-License-Identifier: Apache-2.0
/** What rewritten code calls, under these names with a $ before. */
import { delta, equal, identical } from './compare.mjs';
import * as n from './numbers.mjs';
import { str } from './text.mjs';
import {
	Double, Exit, Namespace, OBJ, Obj, Refusal, Resource, UcodeError,
	isObject, keysOf, mark, own, refuse, truthy, typename, unmark
} from './values.mjs';

export { Obj, OBJ, str };
export { truthy as true };

export const sub = n.subtract, mul = n.multiply, div = n.quotient, mod = n.modulo, plusOne = n.add;
export const plus = n.plus, minus = n.minus, not = n.complement;
export const and = (a, b) => n.bitwise('&', a, b);
export const or = (a, b) => n.bitwise('|', a, b);
export const xor = (a, b) => n.bitwise('^', a, b);
export const shl = (a, b) => n.bitwise('<<', a, b);
export const shr = (a, b) => n.bitwise('>>', a, b);
export const pow = (a, b) => n.arithmetic('**', a, b);

export function add(a, b) {
	if (typeof a === 'string' || typeof b === 'string')
		return str(a) + str(b);

	return n.add(a, b);
}

export function eq(a, b) {
	return typeof a === typeof b && typeof a !== 'object' ? a === b : equal(a, b);
}

export { identical as same };

export function lt(a, b) {
	return typeof a === 'number' && typeof b === 'number' ? a < b : delta(a, b) < 0;
}

export function le(a, b) {
	return typeof a === 'number' && typeof b === 'number' ? a <= b : delta(a, b) <= 0;
}

export function gt(a, b) {
	return typeof a === 'number' && typeof b === 'number' ? a > b : delta(a, b) === 1;
}

export function ge(a, b) {
	if (typeof a === 'number' && typeof b === 'number')
		return a >= b;

	const order = delta(a, b);

	return order === 0 || order === 1;
}

/** `needle in object`, `needle in array`. */
export function has(needle, haystack) {
	if (Array.isArray(haystack)) {
		for (const item of haystack)
			if (identical(needle, item) || (needle instanceof Double && item instanceof Double && needle.value !== needle.value && item.value !== item.value))
				return true;

		if (haystack.some((item) => equal(needle, item)))
			refuse('`in` an array that holds an equal value of another type: ucode 23.05 finds it, later ones do not');

		return false;
	}

	return isObject(haystack) && typeof needle === 'string' && own(haystack, needle) !== undefined;
}

function nothing(v, what) {
	throw new UcodeError('Reference error', `left-hand side expression is ${v == null ? 'null' : what}`);
}

/** A key of any type as ucode_key_to_string has it, marked. */
export function key(k) {
	return mark(typeof k === 'string' ? k : str(k));
}

/** ucv_key_to_index: an array index, NaN when the key is none. */
function index(k) {
	if (typeof k === 'number')
		return k;
	if (k instanceof Double)
		return Number.isInteger(k.value) ? k.value : NaN;
	if (typeof k !== 'string')
		return NaN;

	const m = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i.exec(k);

	if (!m)
		return NaN;

	const size = /^0[0-7]+$/.test(m[2]) ? parseInt(m[2], 8) : Number(m[2]);

	return m[1] === '-' ? -size : size;
}

function at(array, k) {
	const i = index(k);

	return i < 0 ? i + array.length : i;
}

/** object[k] */
export function get(object, k) {
	if (object instanceof Obj)
		return object[typeof k === 'string' ? mark(k) : key(k)] ?? null;

	if (Array.isArray(object)) {
		if (typeof k === 'number' && k >= 0)
			return k < object.length ? object[k] : null;

		return object[at(object, k)] ?? null;
	}

	if (object instanceof Resource)
		return (typeof k === 'string' && object.methods[k]) || null;
	if (object instanceof Namespace)
		return own(object, str(k)) ?? null;

	return nothing(object, 'not an array or object');
}

function container(v) {
	return Array.isArray(v) || v instanceof Resource || isObject(v);
}

/** object?.[k] */
export function optional(object, k) {
	return container(object) ? get(object, k) : null;
}

/** object[k] = value */
export function set(object, k, value) {
	if (object instanceof Obj) {
		// ucode's ucv_key_set() ignores a null key
		if (k === null)
			return null;

		return object[typeof k === 'string' ? mark(k) : key(k)] = value;
	}

	if (Array.isArray(object)) {
		const i = at(object, k);

		if (!(i >= 0))
			return null;

		while (object.length < i)
			object.push(null);

		return object[i] = value;
	}

	if (object instanceof Namespace)
		throw new UcodeError('Type error', 'object value is immutable');

	throw new UcodeError('Type error', `attempt to set property on ${typename(object)} value`);
}

/** object[k] op= value, ++ and -- */
export function update(object, k, operation, value) {
	if (!Array.isArray(object) && !(object instanceof Obj)) {
		if (object instanceof Namespace)
			throw new UcodeError('Type error', 'object value is immutable');

		nothing(object, 'not an array or object');
	}

	return set(object, k, operation(get(object, k), value));
}

function remove(object, k) {
	if (object instanceof Namespace)
		throw new UcodeError('Type error', 'object value is immutable');
	if (!(object instanceof Obj))
		nothing(object, 'not an object');

	const name = k === null ? undefined : key(k);

	return name !== undefined && Object.hasOwn(object, name) && delete object[name];
}

export { remove as delete };

function notFunction() {
	throw new UcodeError('Type error', 'left-hand side is not a function');
}

function callable(f) {
	return typeof f === 'function' ? f : notFunction();
}

export { callable as function };

/** A global that is called. */
export function global(f, vm, name, strict) {
	return typeof f === 'function' ? f : callable(vm.global(f, name, strict));
}

/** object[k] that is called; `optionally`: written object?.[k]. */
export function method(object, k, optionally) {
	const f = object instanceof Obj && typeof k === 'string' ? object[mark(k)] : (optionally ? optional : get)(object, k);

	return typeof f === 'function' ? f : notFunction();
}

/** f?.(): undefined where there is nothing to call. */
export function optionalFunction(f) {
	return typeof f === 'function' ? f : undefined;
}

export function optionalMethod(object, k, optionally) {
	return optionalFunction((optionally ? optional : get)(object, k));
}

/** …array in a list. */
export function spread(v) {
	if (!Array.isArray(v))
		throw new UcodeError('Type error', `(${str(v)}) is not iterable`);

	return v;
}

/** …value in an object. */
export function entries(v) {
	if (v instanceof Obj)
		return v;

	if (!Array.isArray(v) && !isObject(v))
		throw new UcodeError('Type error', `Value (${str(v)}) is not iterable`);

	const object = new Obj();

	if (Array.isArray(v))
		v.forEach((item, i) => { object[mark(String(i))] = item; });
	else
		for (const k of keysOf(v))
			object[mark(k)] = own(v, k);

	return object;
}

/** What `switch` compares: by identity, which boxed doubles do not have. */
export function switched(v) {
	return v instanceof Double ? refuse('switch over a double') : v;
}

class ArrayIterator {
	constructor(array) {
		this.array = array;
		this.i = 0;
		this.value = null;
	}

	next() {
		if (this.i >= this.array.length)
			return false;

		this.value = this.array[this.i++];

		return true;
	}
}

/** Keys in order; those added meanwhile come last. */
class ObjectIterator {
	constructor(object) {
		this.object = object;
		this.names = Object.keys(object);
		this.i = 0;
		this.value = null;
	}

	next() {
		if (this.i >= this.names.length && !this.grow())
			return false;

		const name = this.names[this.i++];

		if (!Object.hasOwn(this.object, name))
			refuse('a key deleted while for … in walks the object: ucode 23.05 reads freed memory');

		this.value = unmark(name);

		return true;
	}

	grow() {
		const names = Object.keys(this.object);

		const known = new Set(this.names);

		this.names.push(...names.filter((name) => !known.has(name)));

		return this.i < this.names.length;
	}
}

const NOTHING = { next: () => false };

/** `for (… in v)` */
export function iterate(v) {
	if (Array.isArray(v))
		return new ArrayIterator(v);
	if (v instanceof Obj)
		return new ObjectIterator(v);

	return v instanceof Namespace ? new ArrayIterator(v.names) : NOTHING;
}

/** What a ucode `catch (e)` binds; anything that is no ucode exception passes through. */
export function caught(error, vm) {
	if (error instanceof RangeError && /call stack/.test(error.message))
		error = new UcodeError('Runtime error', 'Too much recursion');

	if (!(error instanceof UcodeError) || error instanceof Exit || error instanceof Refusal)
		throw error;

	return vm.exceptionObject(error);
}

