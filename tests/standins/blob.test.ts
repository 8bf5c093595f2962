// SPDX-License-Identifier: Apache-2.0
/** blobmsg's types in JSON, as json-c and libubox read and write them. */
import { describe, expect, it } from 'vitest';
import { Double, format, parse, pick, serialize, typeOf } from '../../testbed/standins/lib/blob.mjs';
import { fnmatch } from '../../testbed/standins/lib/fnmatch.mjs';

describe('types', () => {
	it.each([
		['1', 'Integer'], ['-0', 'Integer'], ['2147483647', 'Integer'], ['-2147483648', 'Integer'], ['2147483648', 'Integer64'],
		['99999999999999999999', 'Integer64'], ['1.0', 'Double'], ['1e3', 'Double'], ['NaN', 'Double'], ['true', 'Boolean'],
		['null', 'Null'], ['""', 'String'], ['[]', 'Array'], ['{}', 'Table'],
	])('%s is %s', (text, type) => expect(typeOf(parse(text))).toBe(type));

	it('keeps them on the way through the bus', () => {
		const text = '{"a":1.0,"b":[1,9007199254740993,-0.5,null,true],"c":"é\\n\\u0001","__proto__":{"x":1e300}}';

		expect(serialize(parse(serialize(parse(text))))).toBe(serialize(parse(text)));
		expect(typeOf((parse(serialize(parse(text))) as { a: unknown }).a)).toBe('Double');
	});

	it('clamps integers to 64 bits', () => expect(format(parse('[99999999999999999999,-99999999999999999999]')))
		.toBe('[9223372036854775807,-9223372036854775808]'));

	it('ends strings at a NUL, and makes them well-formed', () => { expect(parse('["a\\u0000b","\\ud800"]')).toEqual(['a', '\ufffd']); });

	it.each(['', '{', '[1,]', '{"a":}', '{a:1}', '01', '1 x', '\'a\'', '['.repeat(40)])('refuses %j', (text) => expect(() => { parse(text); }).toThrow(SyntaxError));
});

describe('format', () => {
	it('prints doubles as %lf', () => expect(format([1.5, new Double(2), new Double(1e22), NaN, -Infinity]))
		.toBe('[1.500000,2.000000,10000000000000000000000.000000,nan,-inf]'));

	it('indents as the ubus command does', () => expect(format({ a: [], b: { c: 1 } }, true)).toBe('{\n\t"a": [\n\t\t\n\t],\n\t"b": {\n\t\t"c": 1\n\t}\n}'));

	it('escapes as blobmsg_format_string()', () => expect(format('/"\\\b\t\n\r\f\u007fé')).toBe('"/\\"\\\\\\b\\t\\n\\r\\u000c\u007fé"'));
});

it('pick() takes what has the right type, and ignores the rest', () => expect({ ...pick({ a: 'String', b: 'Integer' }, parse('{"a":1,"b":2,"c":3}')) }).toEqual({ b: 2 }));

it.each([
	['*', 'a/b', true], ['luci.*', 'luci.x', true], ['luci.*', 'lucix', false], ['a?c', 'abc', true], ['[!a]b', 'ab', false],
	['[a-c]x', 'bx', true], ['a.c', 'abc', false], ['luci', 'luci-base', false],
])('fnmatch(%j, %j) is %s', (pattern, text, result) => expect(fnmatch(pattern, text)).toBe(result));
