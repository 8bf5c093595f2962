// SPDX-License-Identifier: Apache-2.0
/** ucode's arithmetic: 64-bit integers beside doubles (uc_vm_value_arith, uc_number_parse). */
import { Double, isInteger, refuse } from './values.mjs';

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const UINT64 = 2n ** 64n;

/** The one form of an integer: number where it is exact. */
export function integer(big) {
	return big <= SAFE && big >= -SAFE ? Number(big) : big;
}

/** Wraps as uint64_t arithmetic does. */
function unsigned(big) {
	return integer(BigInt.asUintN(64, big));
}

function signed(big) {
	return integer(BigInt.asIntN(64, big));
}

const SPACE = /^[ \t\n\v\f\r]+/;
const PREFIXED = { x: [ 16n, /^[0-9a-f]*/i ], b: [ 2n, /^[01]*/ ], o: [ 8n, /^[0-7]*/ ] };
const DECIMAL = /^[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]+)?/i;

function digits(text, base) {
	let value = 0n;

	for (const c of text)
		value = value * base + BigInt(parseInt(c, 36));

	return value > UINT64 - 1n ? UINT64 - 1n : value;
}

/**
 * A number from text (uc_number_parse): ucode value, or null when it is none.
 * `octal`: a leading 0 means octal, as in source code.
 */
export function parseNumber(text, octal = false) {
	let rest = text.replace(SPACE, ''), negative = false, value;

	if (rest[0] === '-' || rest[0] === '+') {
		negative = rest[0] === '-';
		rest = rest.slice(1);
	}

	const prefix = rest[0] === '0' ? rest[1]?.toLowerCase() : undefined;

	if (prefix in PREFIXED) {
		const [ base, pattern ] = PREFIXED[prefix];
		const found = pattern.exec(rest.slice(2))[0];

		if (prefix === 'x' && found === '')
			return null;

		value = digits(found, base);
		rest = rest.slice(2 + found.length);
	}
	else if (octal && prefix >= '0' && prefix <= '7') {
		const found = /^[0-7]*/.exec(rest)[0];

		value = digits(found, 8n);
		rest = rest.slice(found.length);
	}
	else {
		const found = DECIMAL.exec(rest)?.[0] ?? '';

		// strtoull() takes nothing of '', of '.5' and of 'abc'
		if (found === '' && rest !== '' && !/^[ \t\n\v\f\r]/.test(rest))
			return null;

		value = /[.e]/i.test(found) ? Number(found) : digits(found, 10n);
		rest = rest.slice(found.length);
	}

	if (rest.replace(SPACE, '') !== '')
		return null;
	if (typeof value === 'number')
		return new Double(negative ? -value : value);
	if (!negative)
		return integer(value);

	return integer(value > INT64_MAX ? INT64_MIN : -value);
}

/** ucv_to_number: ucode number, or null for what is none (NaN included). */
export function toNumber(v) {
	if (v == null || v === false)
		return 0;
	if (v === true)
		return 1;
	if (isInteger(v))
		return v;
	if (typeof v === 'string')
		return parseNumber(v);
	if (v instanceof Double && v.value === v.value)
		return v;

	return null;
}

/** ucv_to_integer: [ bigint, whether it fitted ]. */
function toInt64(v) {
	if (v instanceof Double) {
		if (v.value !== v.value || v.value >= 2 ** 63)
			return [ v.value !== v.value ? INT64_MIN : INT64_MAX, false ];
		if (v.value < -(2 ** 63))
			return [ INT64_MIN, false ];

		return [ BigInt(Math.trunc(v.value)), true ];
	}

	const big = BigInt(v ?? 0);

	return big > INT64_MAX ? [ INT64_MAX, false ] : [ big, true ];
}

/** An argument as integer, like ucv_to_integer(): strings are parsed, anything else is 0. */
export function toInteger(v) {
	if (typeof v === 'number')
		return v;

	const n = toNumber(v);

	return n == null ? 0 : integer(toInt64(n)[0]);
}

/** Like toInteger, but null where ucv_to_integer() would have set errno. */
export function toIntegerStrict(v) {
	const n = toNumber(v);

	if (n == null)
		return null;

	const [ big, fits ] = toInt64(n);

	return fits ? integer(big) : null;
}

/** The 64 bits that printf's %d and %u take of an argument, signed or not. */
export function toBits(v, wantUnsigned) {
	const n = toNumber(v);

	if (n == null)
		return 0n;

	const big = n instanceof Double ? BigInt(Math.trunc(Number.isFinite(n.value) ? n.value : n.value > 0 ? 2 ** 65 : -(2 ** 64))) : BigInt(n);
	const fitsUnsigned = big >= 0n && big < UINT64;

	// each conversion falls back to the other's clamped value
	if (wantUnsigned)
		return fitsUnsigned ? big : big < 0n ? (big < INT64_MIN ? INT64_MIN : big) : INT64_MAX;
	if (big >= INT64_MIN && big <= INT64_MAX)
		return big;

	return big < 0n ? 0n : fitsUnsigned ? big : UINT64 - 1n;
}

export function toDouble(v) {
	const n = toNumber(v);

	return n == null ? NaN : n instanceof Double ? n.value : Number(n);
}

function divide(a, b) {
	if (b === 0)
		return Infinity;
	if (b === Infinity || b === -Infinity)
		return Number.isFinite(a) ? 0 : NaN;

	return a / b;
}

const DOUBLE = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': divide,
	'%': (a, b) => a % b,
	'**': Math.pow
};

const clamp = (big) => big > INT64_MAX ? INT64_MAX : big;

/** Where one operand is negative, the C reads both as int64_t, which clamps the other. */
const mixed = (a, b) => a < 0n || b < 0n ? [ clamp(a), clamp(b) ] : [ a, b ];

function product(a, b) {
	const [ x, y ] = mixed(a, b);

	return x < 0n === y < 0n ? unsigned(x * y) : signed(x * y);
}

function difference(a, b) {
	if (a < 0n && b >= 0n)
		return signed(a - clamp(b));

	return a >= b ? unsigned(a - b) : signed(a - b);
}

/** int64 and uint64 as the C code mixes them. */
const INTEGER = {
	'+': (a, b) => a < 0n || b < 0n ? (a > INT64_MAX || b > INT64_MAX ? unsigned(a + b) : signed(a + b)) : unsigned(a + b),
	'-': difference,
	'*': product,
	'/': (a, b) => {
		const [ x, y ] = mixed(a, b);

		return integer(x / y);
	},
	'%': (a, b) => {
		const [ x, y ] = mixed(a, b);

		return integer(x % y);
	},
	'**': (a, b) => {
		if (b < 0n || (a < 0n && b & 1n))
			return a ** b;

		return unsigned(a ** b);
	}
};

function power(a, b) {
	if (a < 0n && b < 0n)
		refuse('a negative integer to a negative power: ucode releases differ');
	if (a < 0n)
		refuse('a negative integer to a power: ucode releases differ');
	if (b < 0n)
		return new Double(1 / Number(BigInt.asUintN(64, a ** -b)));
	if (b > 64n && a > 1n)
		refuse(`${a} ** ${b}: beyond 64 bit`);

	return INTEGER['**'](a, b);
}

/** One arithmetic operation on any two values. */
export function arithmetic(operator, v1, v2) {
	const a = toNumber(v1), b = toNumber(v2);

	if (a == null || b == null)
		return new Double(NaN);
	if (a instanceof Double || b instanceof Double)
		return new Double(DOUBLE[operator](toDouble(a), toDouble(b)));

	const x = BigInt(a), y = BigInt(b);

	if (operator === '**')
		return power(x, y);

	if (y === 0n && operator === '/')
		return new Double(Infinity);
	if (y === 0n && operator === '%')
		refuse('integer modulo zero: ucode before 25.12 dies of SIGFPE');
	if (x === INT64_MIN && y === -1n && (operator === '/' || operator === '%'))
		refuse('the smallest integer divided by -1: ucode before 25.12 dies of SIGFPE');

	return INTEGER[operator](x, y);
}

/** + - * / % ** with the common case first. */
export function add(a, b) {
	if (typeof a === 'number' && typeof b === 'number') {
		const sum = a + b;

		if (Number.isSafeInteger(sum))
			return sum;
	}

	return arithmetic('+', a, b);
}

export function subtract(a, b) {
	if (typeof a === 'number' && typeof b === 'number') {
		const difference = a - b;

		if (Number.isSafeInteger(difference))
			return difference;
	}

	return arithmetic('-', a, b);
}

export function multiply(a, b) {
	if (typeof a === 'number' && typeof b === 'number') {
		const product = a * b;

		// + 0: there is no -0 among integers
		if (Number.isSafeInteger(product))
			return product + 0;
	}

	return arithmetic('*', a, b);
}

export function quotient(a, b) {
	if (typeof a === 'number' && typeof b === 'number' && b !== 0)
		return Math.trunc(a / b) + 0;

	return arithmetic('/', a, b);
}

export function modulo(a, b) {
	if (typeof a === 'number' && typeof b === 'number' && b !== 0)
		return a % b + 0;

	return arithmetic('%', a, b);
}

/** Unary + and - (uc_vm_insn_plus_minus). */
export function plus(v) {
	if (isInteger(v) || v instanceof Double)
		return v;
	if (v == null || typeof v === 'boolean')
		return Number(v ?? 0);

	return (typeof v === 'string' ? parseNumber(v) : null) ?? new Double(NaN);
}

export function minus(v) {
	const n = plus(v);

	if (typeof n === 'number')
		return 0 - n;
	if (n instanceof Double)
		return new Double(-n.value);

	return n > INT64_MAX ? INT64_MIN : n === INT64_MIN ? INT64_MAX : -n;
}

const SMALL = 0x7fffffff;

function bits(v) {
	const n = toNumber(v);

	if (n == null)
		return 0n;
	if (n instanceof Double)
		return n.value >= 2 ** 64 ? UINT64 - 1n : n.value >= 2 ** 63 ? BigInt(n.value) : n.value < -(2 ** 63) ? INT64_MAX : toInt64(n)[0];

	return BigInt(n);
}

/** & | ^ << >> on 64 bit (uc_vm_value_bitop). */
export function bitwise(operator, v1, v2) {
	if (typeof v1 === 'number' && typeof v2 === 'number' && v1 >= 0 && v2 >= 0 && v1 <= SMALL && v2 <= SMALL) {
		switch (operator) {
		case '&': return v1 & v2;
		case '|': return v1 | v2;
		case '^': return v1 ^ v2;
		}
	}

	const [ a, b ] = mixed(bits(v1), bits(v2)), result = a < 0n || b < 0n ? signed : unsigned;

	switch (operator) {
	case '&': return result(a & b);
	case '|': return result(a | b);
	case '^': return result(a ^ b);
	}

	if (b < 0n || (a < 0n && b > 63n))
		refuse('a shift by a negative or too large amount: undefined in C');

	return result(operator === '<<' ? a << b % 64n : a >> b % 64n);
}

export function complement(v) {
	const a = bits(v);

	return a < 0n ? signed(~a) : unsigned(~a);
}
