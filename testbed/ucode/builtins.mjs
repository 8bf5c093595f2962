// SPDX-License-Identifier: Apache-2.0
/** ucode's builtin functions that reach outside: output, processes, time, modules (lib.c). */
import net from 'node:net';
import path from 'node:path';
import { arrays } from './arrays.mjs';
import { parseJson } from './json.mjs';
import { toInteger, toIntegerStrict } from './numbers.mjs';
import { system } from './process.mjs';
import { setSignal } from './signals.mjs';
import { callerFile } from './stacktrace.mjs';
import { pause } from './stdio.mjs';
import { strings } from './strings.mjs';
import { sprintf, str } from './text.mjs';
import { gmtime, localtime, timegm, timelocal } from './time.mjs';
import { Exit, Resource, UcodeError, isInteger, isObject, refuse, toBytes, truthy } from './values.mjs';

/** Functions of lib.c that nothing of ours uses. */
const REFUSED = [ 'include', 'render', 'trace' ];

function output(file, values) {
	let n = 0;

	for (const v of values)
		n += v == null ? 0 : file.write(str(v));

	return n;
}

function readAll(object) {
	const read = object instanceof Resource ? object.methods.read : isObject(object) ? object.read : null;

	if (typeof read !== 'function')
		throw new UcodeError('Type error', 'Input object does not implement read() method');

	let text = '';

	for (;;) {
		const part = read.call(object, 1024);

		if (part == null || part === '')
			return text;

		text += str(part);
	}
}

function addressBytes(ip) {
	if (net.isIPv4(ip))
		return ip.split('.').map(Number);

	if (!net.isIPv6(ip) || ip.includes('%'))
		return null;

	const dotted = /^(.*:)([0-9]+\.[0-9.]+)$/.exec(ip);
	const four = dotted && dotted[2].split('.').map(Number);
	const text = dotted ? `${dotted[1]}${(four[0] << 8 | four[1]).toString(16)}:${(four[2] << 8 | four[3]).toString(16)}` : ip;
	const [ head, tail ] = text.split('::').map((part) => part === '' ? [] : part.split(':'));
	const words = tail === undefined ? head : [ ...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail ];

	return words.flatMap((word) => [ parseInt(word, 16) >> 8, parseInt(word, 16) & 255 ]);
}

function addressText(bytes) {
	if (!Array.isArray(bytes) || (bytes.length !== 4 && bytes.length !== 16) || bytes.some((b) => !Number.isInteger(b) || b < 0 || b > 255))
		return null;
	if (bytes.length === 4)
		return bytes.join('.');

	const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i] << 8 | bytes[2 * i + 1]).toString(16));

	// inet_ntop(): the first longest run of two or more zeros
	let best = -1, size = 1;

	for (let i = 0; i < 8; i++) {
		let n = 0;

		while (words[i + n] === '0')
			n++;

		if (n > size) {
			best = i;
			size = n;
		}
	}

	if (best === 0 && (size === 6 || (size === 5 && words[5] === 'ffff')))
		return `${size === 5 ? '::ffff:' : '::'}${bytes.slice(12).join('.')}`;

	return best < 0 ? words.join(':') : `${words.slice(0, best).join(':')}::${words.slice(best + size).join(':')}`;
}

/** @param {import('./vm.mjs').Vm} vm */
export function builtins(vm) {
	const refused = Object.fromEntries(REFUSED.map((name) => [ name, () => refuse(`${name}()`) ]));

	return {
		...strings, ...arrays, ...refused, gmtime, localtime, timegm, timelocal,

		print: (...values) => output(vm.stdout, values),
		warn(...values) {
			const n = output(vm.stderr, values);

			vm.stderr.flush();

			return n;
		},
		printf: (...args) => vm.stdout.write(sprintf(args)),

		json(source) {
			if (typeof source === 'string')
				return parseJson(source);
			if (!(source instanceof Resource) && !isObject(source) && !Array.isArray(source))
				throw new UcodeError('Type error', 'Passed value is neither a string nor an object');

			return parseJson(readAll(source));
		},

		die(message) {
			throw new UcodeError('Error', message == null ? 'Died' : str(message));
		},

		assert(condition, message) {
			if (!truthy(condition))
				throw new UcodeError('Error', message == null ? 'Assertion failed' : str(message));

			return condition;
		},

		exit(code) {
			throw new Exit(Number(toInteger(code ?? null)) & 255);
		},

		getenv(name) {
			if (typeof name === 'string')
				return name in process.env ? toBytes(process.env[name]) : null;

			return name == null ? refuse('getenv() of everything: ucode 23.05 destroys the environment') : null;
		},

		time: () => Math.floor(Date.now() / 1000),

		clock(monotonic) {
			const now = truthy(monotonic) ? process.hrtime.bigint() : BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;

			return [ Number(now / 1000000000n), Number(now % 1000000000n) ];
		},

		sleep(duration) {
			const ms = toIntegerStrict(duration ?? null);

			if (ms == null || ms <= 0)
				return false;

			pause(Number(ms));

			return true;
		},

		system(command, timeout) {
			if (timeout != null && (!isInteger(timeout) || timeout < 0))
				throw new UcodeError('Type error', 'Invalid timeout specified');
			if (typeof command === 'string')
				return system([ '/bin/sh', '-c', command ], Number(timeout ?? 0));
			if (!Array.isArray(command))
				throw new UcodeError('Type error', 'Passed command is neither string nor array');
			if (!command.length)
				throw new UcodeError('Type error', 'Passed command array is empty');

			return system(command.map(str), Number(timeout ?? 0));
		},

		require: (name) => typeof name === 'string' ? vm.require(name) : null,

		loadfile(file, config) {
			if (config != null)
				refuse('loadfile() with a configuration');

			return typeof file === 'string' ? vm.loadProgram(`source file '${file}'`, () => vm.compileFile(file)) : null;
		},

		loadstring(code, config) {
			if (config != null)
				refuse('loadstring() with a configuration');

			return vm.loadProgram('source string', () => vm.compile(str(code ?? null), { filename: '[loadstring argument]', file: null }));
		},

		call(f, self, scope, ...args) {
			if (scope != null)
				refuse('call() with a scope');

			return typeof f === 'function' ? f.apply(self ?? null, args) : null;
		},

		sourcepath(depth, directory) {
			const file = callerFile(vm, Number(toIntegerStrict(depth ?? null) ?? 0));

			return file && toBytes(truthy(directory) ? path.dirname(file) : file);
		},

		signal(name, handler) {
			return setSignal(name, handler, arguments.length);
		},

		iptoarr: (ip) => typeof ip === 'string' ? addressBytes(ip) : null,
		arrtoip: addressText,

		gc(operation) {
			if (operation != null && operation !== 'collect')
				refuse(`gc(${str(operation)})`);

			return true;
		}
	};
}
