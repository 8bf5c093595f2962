// SPDX-License-Identifier: Apache-2.0
/**
 * How ucode's values are held in JavaScript.
 *
 * | ucode    | here                                                        |
 * | -------- | ----------------------------------------------------------- |
 * | null     | null (undefined only for "argument not given")              |
 * | bool     | boolean                                                     |
 * | int      | number within ±(2^53 - 1); bigint beyond, up to 64 bit      |
 * | double   | Double, so that 1.0 and 1 stay apart                        |
 * | string   | string whose char codes are bytes, 0 to 255                 |
 * | array    | Array                                                       |
 * | object   | Obj; keys that look like array indexes are marked, because  |
 * |          | JavaScript would move them to the front                     |
 * | function | function; `this` is ucode's `this`                          |
 * | regexp   | Regexp                                                      |
 * | resource | Resource                                                    |
 */

/** A ucode double. */
export class Double {
	constructor(value) {
		this.value = value;
	}
}

/** The root of every ucode object's JavaScript prototype chain: empty, so that ucode sees only its own keys. */
export const OBJ = Object.create(null);

/** A ucode object: `{ __proto__: OBJ, … }` in rewritten code, new Obj() elsewhere. */
export function Obj() {}
Obj.prototype = OBJ;

/** The read-only object of `import * as name`; its values are live. */
export class Namespace {
	/** @param {string[]} names @param {(name: string) => unknown} read */
	constructor(names, read) {
		this.names = names;
		this.read = read;
	}
}

/** A handle of a native module. ucode's methods are those of the class, by name. */
export class Resource {
	/** @param {string} kind ucode's name of the type, e.g. 'fs.file' */
	constructor(kind) {
		this.kind = kind;
	}
}

/** A regular expression; see regexp.mjs for its matchers. */
export class Regexp {
	/** @param {string} source POSIX ERE @param {string} flags of g, i, s */
	constructor(source, flags) {
		this.source = source;
		this.global = flags.includes('g');
		this.icase = flags.includes('i');
		this.newline = flags.includes('s');
	}
}

/** A ucode exception. `type` is ucode's word: 'Error', 'Type error', 'Reference error'… */
export class UcodeError extends Error {
	constructor(type, message) {
		super(message);
		this.type = type;
	}
}

/** exit(): unwinds everything. */
export class Exit {
	constructor(code) {
		this.code = code;
	}
}

/**
 * What this runner does not do, or what ucode's releases do differently. No
 * ucode `try` catches it: a test must fail, not adapt.
 */
export class Refusal extends Error {}

/** The functions that are not ucode's own closures. */
export const natives = new WeakSet();

export function refuse(what) {
	throw new Refusal(`refused by the testbed's ucode runner: ${what}`);
}

const MARK = '\u0100';
const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;

/** ucode key (bytes) → property name. */
export function mark(key) {
	const c = key.charCodeAt(0);

	return c >= 48 && c <= 57 && INDEX.test(key) ? MARK + key : key;
}

/** Property name → ucode key. */
export function unmark(name) {
	return name.charCodeAt(0) === 256 ? name.slice(1) : name;
}

/** An object's keys, in ucode's order. */
export function keysOf(object) {
	if (object instanceof Namespace)
		return object.names;

	const names = Object.keys(object);

	for (let i = 0; i < names.length; i++)
		names[i] = unmark(names[i]);

	return names;
}

export function isObject(v) {
	return v instanceof Obj || v instanceof Namespace;
}

export function isInteger(v) {
	return typeof v === 'number' || typeof v === 'bigint';
}

/** A value of an object by ucode key, own keys only; undefined when there is none. */
export function own(object, key) {
	if (object instanceof Namespace)
		return object.names.includes(key) ? object.read(key) : undefined;

	const name = mark(key);

	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** ucode's name of a value's type as error messages have it (ucv_typename). */
export function typename(v) {
	if (v == null)
		return 'null';

	switch (typeof v) {
	case 'boolean': return 'boolean';
	case 'number': case 'bigint': return 'integer';
	case 'string': return 'string';
	case 'function': return natives.has(v) ? 'cfunction' : 'closure';
	}

	if (v instanceof Double)
		return 'double';
	if (Array.isArray(v))
		return 'array';
	if (v instanceof Regexp)
		return 'regexp';

	return v instanceof Resource ? 'resource' : 'object';
}

export function truthy(v) {
	return v instanceof Double ? v.value !== 0 && v.value === v.value : !!v;
}

/** Bytes of a JavaScript string in UTF-8, as a ucode string. */
export function toBytes(text) {
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** A ucode string read as UTF-8. */
export function fromBytes(bytes) {
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Plain JSON value → ucode value. */
export function toUcode(v) {
	if (v == null)
		return null;

	switch (typeof v) {
	case 'string': return toBytes(v);
	case 'number': return Number.isSafeInteger(v) ? v : new Double(v);
	case 'object': break;
	default: return v;
	}

	if (Array.isArray(v))
		return v.map(toUcode);

	const object = new Obj();

	for (const key of Object.keys(v))
		object[mark(toBytes(key))] = toUcode(v[key]);

	return object;
}

/** ucode value → plain JSON value; functions and resources become null, as in ucode's replies. */
export function toPlain(v) {
	if (v == null || typeof v === 'boolean' || typeof v === 'number')
		return v ?? null;
	if (typeof v === 'string')
		return fromBytes(v);
	if (typeof v === 'bigint')
		return Number(v);
	if (v instanceof Double)
		return v.value;
	if (Array.isArray(v))
		return v.map(toPlain);
	if (!isObject(v))
		return null;

	const plain = {};

	for (const key of keysOf(v))
		plain[fromBytes(key)] = toPlain(own(v, key));

	return plain;
}
